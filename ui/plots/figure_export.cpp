#include "ui/plots/figure_export.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr double kMmPerInch = 25.4;
constexpr const char* kMaskLayer = "figure mask";

int dots(double mm, double perInch)
{
    return std::max(1, static_cast<int>(std::lround(mm / kMmPerInch * perInch)));
}

/// Paints everything but the insides of the axes in white.
class OutsideAxes : public QCPLayerable {
public:
    OutsideAxes(QCustomPlot& plot, const QString& layer)
        : QCPLayerable(&plot, layer)
    {
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override
    {
        painter->setAntialiasing(false);
    }

    void draw(QCPPainter* painter) override
    {
        QRegion outside(parentPlot()->viewport());
        for (const QCPLayoutElement* element : parentPlot()->plotLayout()->elements(true)) {
            if (qobject_cast<const QCPAxisRect*>(element) != nullptr)
                outside -= element->rect();
            else if (element != nullptr && qobject_cast<const QCPLayout*>(element) == nullptr)
                outside -= element->outerRect(); // legends, titles, colour scales
        }
        for (const QRect& part : outside)
            painter->fillRect(part, Qt::white);
    }
};

} // namespace

QSize figurePixels(const FigureSettings& settings)
{
    return { dots(settings.widthMm, settings.dotsPerInch),
        dots(settings.heightMm, settings.dotsPerInch) };
}

std::optional<FigureFormat> figureFormat(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    for (const auto format : { FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png })
        if (suffix == figureSuffix(format))
            return format;
    return std::nullopt;
}

QString figureSuffix(FigureFormat format)
{
    switch (format) {
    case FigureFormat::Pdf:
        return QStringLiteral("pdf");
    case FigureFormat::Svg:
        return QStringLiteral("svg");
    case FigureFormat::Png:
        return QStringLiteral("png");
    }
    return {};
}

QByteArray drawFigure(FigureFormat format, const FigureSettings& settings, const QString& title,
    const std::function<void(QCPPainter&, const QSize&)>& draw)
{
    // Fonts are measured at the screen's resolution, so the page is laid out in it.
    QImage nowhere(1, 1, QImage::Format_ARGB32_Premultiplied);
    const int screen = nowhere.logicalDpiX();
    const QSize size { dots(settings.widthMm, screen), dots(settings.heightMm, screen) };
    const auto paint = [&](QPaintDevice& device, const QSize& target, bool vectors) {
        QCPPainter painter(&device);
        painter.setMode(QCPPainter::pmVectorized, vectors);
        painter.setMode(QCPPainter::pmNoCaching);
        painter.scale(static_cast<double>(target.width()) / size.width(),
            static_cast<double>(target.height()) / size.height());
        painter.fillRect(QRect({}, size), Qt::white);
        draw(painter, size);
    };
    paint(nowhere, size, false);

    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (format == FigureFormat::Png) {
        const QSize pixels = figurePixels(settings);
        QImage image(pixels, QImage::Format_RGB32);
        paint(image, pixels, false);
        const int perMeter = dots(1000.0, settings.dotsPerInch);
        image.setDotsPerMeterX(perMeter);
        image.setDotsPerMeterY(perMeter);
        image.save(&buffer, "PNG");
    } else if (format == FigureFormat::Svg) {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setTitle(title);
        svg.setResolution(screen);
        svg.setSize(size);
        svg.setViewBox(QRect({}, size));
        paint(svg, size, true);
    } else {
        QPdfWriter pdf(&buffer);
        pdf.setTitle(title);
        pdf.setResolution(screen);
        pdf.setPageSize(QPageSize(QSizeF(settings.widthMm, settings.heightMm),
            QPageSize::Millimeter, {}, QPageSize::ExactMatch));
        pdf.setPageMargins({});
        paint(pdf, size, true);
    }
    return bytes;
}

FigureMask::FigureMask(QCustomPlot& plot)
    : m_plot(plot)
{
    plot.addLayer(kMaskLayer, plot.layer("axes"), QCustomPlot::limBelow);
    new OutsideAxes(plot, kMaskLayer); // the layer's, until the mask ends
}

FigureMask::~FigureMask()
{
    QCPLayer* layer = m_plot.layer(kMaskLayer);
    qDeleteAll(layer->children());
    m_plot.removeLayer(layer);
}

} // namespace maury::ui

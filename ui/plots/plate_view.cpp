#include "ui/plots/plate_view.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/plate_strips.h"

#include <QScopedValueRollback>

#include <qcustomplot.h>

namespace maury::ui {

namespace {

constexpr int kLeft = 84;
constexpr int kRight = 16;
constexpr int kTop = 2;
constexpr double kInchMm = 25.4;

} // namespace

PlateView::PlateView(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Spectra as on a photographic plate"));
    m_panel = plot().axisRect();
    m_panel->setAutoMargins(QCP::msBottom);
    setSideMargins(kLeft, kRight);
    for (const auto side : { QCPAxis::atLeft, QCPAxis::atTop, QCPAxis::atRight })
        m_panel->axis(side)->setVisible(false);
    QCPAxis& wavelengths = *m_panel->axis(QCPAxis::atBottom);
    wavelengths.grid()->setVisible(false);
    m_strips = new PlateStrips(*m_panel, QStringLiteral("main"));
    allowZoom(*m_panel, Qt::Horizontal);
    addCrosshair(*m_panel);
    connect(&wavelengths, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
        [this](const QCPRange& range) {
            if (!m_following && !style().plateScale)
                emit rangeShown(range.lower, range.upper);
        });
    applyTheme(theme());
    setAxisText({});
}

void PlateView::setStrips(const QVector<Trace>& strips)
{
    m_strips->setTraces(strips);
    showNewData();
}

const QVector<Trace>& PlateView::strips() const
{
    return m_strips->traces();
}

void PlateView::setMarkers(const QVector<LineMarker>& markers)
{
    m_strips->setMarkers(markers);
    queueReplot();
}

void PlateView::setStyle(const PlateStyle& style)
{
    const bool sameScale = style.plateScale == m_strips->style().plateScale;
    m_strips->setStyle(style);
    if (sameScale)
        queueReplot();
    else
        resetZoom();
}

const PlateStyle& PlateView::style() const
{
    return m_strips->style();
}

void PlateView::setAxisText(const QString& wavelength)
{
    QCPAxis& axis = *m_panel->axis(QCPAxis::atBottom);
    axis.setLabel(wavelength);
    axis.setVisible(!wavelength.isEmpty());
    queueReplot();
}

void PlateView::setWavelengthRange(double firstAngstrom, double lastAngstrom)
{
    if (style().plateScale)
        return;
    const QScopedValueRollback following(m_following, true);
    m_panel->axis(QCPAxis::atBottom)->setRange(firstAngstrom, lastAngstrom);
    queueReplot();
}

std::pair<double, double> PlateView::wavelengthRange() const
{
    const QCPRange range = m_panel->axis(QCPAxis::atBottom)->range();
    return { range.lower, range.upper };
}

void PlateView::setSideMargins(int left, int right)
{
    const QMargins margins(left, kTop, right, m_panel->margins().bottom());
    if (margins == m_panel->margins())
        return;
    m_panel->setMargins(margins);
    queueReplot();
}

QStringList PlateView::shownLineNames() const
{
    return m_strips->shownNames();
}

PlotTable PlateView::table() const
{
    PlotTable table;
    for (const Trace& strip : strips()) {
        table.add(tr("Wavelength (Å)"), strip.wavelength);
        table.add(strip.name, strip.flux);
    }
    return table;
}

void PlateView::fitRanges()
{
    double first = 0.0;
    double last = 0.0;
    for (const Trace& strip : strips()) {
        if (strip.isEmpty())
            continue;
        first = last > 0.0 ? std::min(first, strip.wavelength.first()) : strip.wavelength.first();
        last = std::max(last, strip.wavelength.last());
    }
    if (last <= first)
        return;
    if (style().plateScale) {
        const QMargins free = m_panel->margins();
        const double millimetres
            = (plot().width() - free.left() - free.right()) / (logicalDpiX() / kInchMm);
        const double middle = 0.5 * (first + last);
        const double half = std::max(0.5 * millimetres * kPlateScale, 1.0);
        first = middle - half;
        last = middle + half;
    }
    const QScopedValueRollback following(m_following, true);
    m_panel->axis(QCPAxis::atBottom)->setRange(first, last);
}

void PlateView::resizeEvent(QResizeEvent* event)
{
    PlotBase::resizeEvent(event);
    if (style().plateScale)
        showNewData(); // a millimetre stays a millimetre
}

void PlateView::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_strips->setColours(theme.text, theme.marker, small);
}

QString PlateView::readoutAt(const QPointF& pixel)
{
    if (!m_panel->rect().contains(pixel.toPoint()))
        return {};
    const double wavelength = m_panel->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    return QStringLiteral("λ ") + quantityText(wavelength, 1, QStringLiteral("Å"));
}

} // namespace maury::ui

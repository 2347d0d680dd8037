#include "ui/plots/plot_base.h"

#include "ui/bridge/file_writer.h"
#include "ui/bridge/status_reporter.h"
#include "ui/plots/plot_actions.h"

#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QKeyEvent>

#include <qcustomplot.h>

#include <optional>

namespace maury::ui {

namespace {

constexpr const char* kCrosshairLayer = "crosshair";
constexpr qint64 kMostPixels = 100'000'000; // of a picture: 400 MB while it is drawn
constexpr int kLegendGap = 16;
constexpr int kLegendLine = 24;

void styleAxis(QCPAxis& axis, const PlotTheme& theme, const QFont& font)
{
    const QPen line(theme.axis, 1.0);
    axis.setBasePen(line);
    axis.setTickPen(line);
    axis.setSubTickPen(line);
    axis.setTickLabelColor(theme.text);
    axis.setLabelColor(theme.text);
    axis.setLayer("axes");
    axis.grid()->setLayer("grid");
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.grid()->setPen(QPen(theme.grid, 1.0));
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setZeroLinePen(QPen(theme.grid, 1.0));
}

/// On the screen a curve is thinned to what its pixels can show; a file has finer ones, or none.
QList<QCPGraph*> thinnedCurves(const QCustomPlot& plot)
{
    QList<QCPGraph*> graphs;
    for (int i = 0; i < plot.graphCount(); ++i)
        if (plot.graph(i)->adaptiveSampling())
            graphs.append(plot.graph(i));
    return graphs;
}

} // namespace

PlotBase::PlotBase(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_actions(new PlotActions(*this))
    , m_theme(PlotTheme::from(palette()))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setAntialiasedElements(QCP::aeAll);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setPlottingHint(QCP::phCacheLabels, true);
    // Noisy lines drawn piece by piece: Qt fills the outline of a whole wide line forty times as
    // long.
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->addLayer(kCrosshairLayer, m_plot->layer("overlay"), QCustomPlot::limBelow);
    m_plot->layer(kCrosshairLayer)->setMode(QCPLayer::lmBuffered);
    m_plot->installEventFilter(this);
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, [this] { resetZoom(); });
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this](const QWheelEvent* event) {
        chooseWheelDirection(event->position(), event->modifiers());
    });
    connect(m_plot, &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
        const bool rectangle = event->modifiers().testFlag(Qt::ShiftModifier);
        m_plot->setSelectionRectMode(rectangle ? QCP::srmZoom : QCP::srmNone);
    });
    connect(m_plot, &QCustomPlot::mouseMove, this,
        [this](const QMouseEvent* event) { moveCrosshair(event->position()); });
}

PlotBase::~PlotBase() = default;

void PlotBase::resetZoom()
{
    setZoomed(false);
    showNewData();
}

void PlotBase::zoomBy(double factor)
{
    for (QCPAxisRect* rect : m_plot->axisRects()) {
        QCPAxis* axis = rect->axis(QCPAxis::atBottom);
        if (rect->rangeZoom().testFlag(Qt::Horizontal)) {
            axis->scaleRange(factor, axis->range().center());
            break; // the others are linked to it
        }
    }
    queueReplot();
}

double PlotBase::timeReplot()
{
    QElapsedTimer clock;
    clock.start();
    m_plot->replot(QCustomPlot::rpImmediateRefresh);
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

void PlotBase::reportTo(StatusReporter& status)
{
    m_reported = true;
    connect(this, &PlotBase::readoutChanged, &status, &StatusReporter::showReadout);
    connect(m_actions, &PlotActions::reported, &status, &StatusReporter::showMessage);
}

base::Result<void> PlotBase::writeFigure(const QString& file, const FigureSettings& settings)
{
    const auto format = figureFormat(file);
    if (!format)
        return base::failure(base::ErrorCode::OptionInvalid, file.toStdString(),
            QFileInfo(file).suffix().toStdString(), "pdf, svg or png");
    const QSize pixels = figurePixels(settings);
    if (*format == FigureFormat::Png
        && static_cast<qint64>(pixels.width()) * pixels.height() > kMostPixels)
        return base::failure(base::ErrorCode::OptionInvalid, file.toStdString(),
            std::to_string(pixels.width()) + " × " + std::to_string(pixels.height()) + " pixels",
            "at most " + std::to_string(kMostPixels) + " pixels");
    const PlotTheme onScreen = m_theme;
    applyTheme(PlotTheme::paper());
    m_plot->setBackground(Qt::white);
    hideCrosshair();
    const QList<QCPGraph*> thinned = thinnedCurves(*m_plot);
    for (QCPGraph* graph : thinned)
        graph->setAdaptiveSampling(false);
    QByteArray bytes;
    {
        std::optional<FigureMask> mask;
        if (*format == FigureFormat::Svg)
            mask.emplace(*m_plot);
        bytes = drawFigure(*format, settings, accessibleName(),
            [this](QCPPainter& painter, const QSize& size) { drawPage(painter, size); });
    }
    for (QCPGraph* graph : thinned)
        graph->setAdaptiveSampling(true);
    applyTheme(onScreen);
    queueReplot();
    return writeFile(file, bytes);
}

void PlotBase::drawPage(QCPPainter& painter, const QSize& size)
{
    QRect place({}, size);
    const QList<LegendEntry> legend = outsideLegend();
    if (!legend.isEmpty()) {
        const QFontMetrics metrics(font());
        painter.setFont(font());
        int x = kLegendGap;
        const int base = kLegendGap / 2 + metrics.ascent();
        for (const LegendEntry& entry : legend) {
            painter.setPen(entry.pen);
            painter.drawLine(QLineF(x, base - metrics.xHeight() / 2.0, x + kLegendLine,
                base - metrics.xHeight() / 2.0));
            x += kLegendLine + kLegendGap / 2;
            painter.setPen(m_theme.text);
            painter.drawText(QPointF(x, base), entry.name);
            x += metrics.horizontalAdvance(entry.name) + kLegendGap;
        }
        place.setTop(kLegendGap / 2 + metrics.height());
    }
    place = place.marginsRemoved(paddingFor(place.size()));
    painter.translate(place.topLeft());
    m_plot->toPainter(&painter, place.width(), place.height());
}

void PlotBase::fit()
{
    if (m_zoomed)
        return;
    m_fitting = true;
    fitRanges();
    m_fitting = false;
}

void PlotBase::showNewData()
{
    fit();
    queueReplot();
}

void PlotBase::showNewDataOf(const QString& layer)
{
    const auto before = shownRanges();
    fit();
    if (isVisible() && shownRanges() == before)
        m_plot->layer(layer)->replot();
    else
        queueReplot();
}

QList<std::pair<double, double>> PlotBase::shownRanges() const
{
    QList<std::pair<double, double>> ranges;
    for (const QCPAxisRect* rect : m_plot->axisRects())
        for (const QCPAxis* axis : rect->axes())
            ranges.append({ axis->range().lower, axis->range().upper });
    return ranges;
}

void PlotBase::queueReplot()
{
    m_stale = !isVisible();
    if (!m_stale)
        m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotBase::setZoomed(bool zoomed)
{
    if (m_zoomed == zoomed)
        return;
    m_zoomed = zoomed;
    emit zoomedChanged(zoomed);
}

void PlotBase::allowZoom(QCPAxisRect& rect, Qt::Orientations orientations)
{
    rect.setRangeDrag(orientations);
    rect.setRangeZoom(orientations);
    rect.setProperty("orientations", static_cast<int>(orientations));
    for (QCPAxis* axis : rect.axes())
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
            if (!m_fitting)
                setZoomed(true);
        });
}

void PlotBase::chooseWheelDirection(const QPointF& pixel, Qt::KeyboardModifiers modifiers)
{
    for (QCPAxisRect* rect : m_plot->axisRects()) {
        const auto allowed = Qt::Orientations(rect->property("orientations").toInt());
        const bool vertical = modifiers.testFlag(Qt::ControlModifier) || pixel.x() < rect->left();
        const auto wanted = Qt::Orientations(vertical ? Qt::Vertical : Qt::Horizontal);
        rect->setRangeZoom((allowed & wanted) != 0 ? wanted : allowed);
    }
}

QCPItemStraightLine* PlotBase::addVerticalLine(QCPAxisRect& rect)
{
    auto* line = new QCPItemStraightLine(m_plot);
    line->setClipAxisRect(&rect);
    for (QCPItemPosition* position : { line->point1, line->point2 }) {
        position->setAxisRect(&rect);
        position->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
        position->setTypeX(QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    line->setSelectable(false);
    return line;
}

void PlotBase::addCrosshair(QCPAxisRect& rect)
{
    QCPItemStraightLine* line = addVerticalLine(rect);
    line->setLayer(kCrosshairLayer);
    line->setVisible(false);
    line->setPen(QPen(m_theme.axis, 1.0, Qt::DotLine));
    m_crosshair.append(line);
}

void PlotBase::moveCrosshair(const QPointF& pixel)
{
    for (QCPItemStraightLine* line : m_crosshair) {
        const QCPAxis* axis = line->point1->keyAxis();
        const double x = axis->pixelToCoord(pixel.x());
        line->setVisible(axis->range().contains(x));
        line->point1->setCoords(x, 0.0);
        line->point2->setCoords(x, 1.0);
    }
    if (!m_crosshair.isEmpty())
        m_plot->layer(kCrosshairLayer)->replot();
    emit readoutChanged(readoutAt(pixel));
}

void PlotBase::hideCrosshair()
{
    for (QCPItemStraightLine* line : m_crosshair)
        line->setVisible(false);
    if (!m_crosshair.isEmpty())
        m_plot->layer(kCrosshairLayer)->replot();
    emit readoutChanged({});
}

QString PlotBase::readoutAt(const QPointF&)
{
    return {};
}

void PlotBase::applyTheme(const PlotTheme& theme)
{
    m_theme = theme;
    m_plot->setBackground(theme.background);
    for (QCPAxisRect* rect : m_plot->axisRects())
        for (QCPAxis* axis : rect->axes())
            styleAxis(*axis, theme, font());
    for (QCPItemStraightLine* line : m_crosshair)
        line->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
    m_plot->selectionRect()->setPen(QPen(theme.accent, 1.0));
}

void PlotBase::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        queueReplot();
}

void PlotBase::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyTheme(PlotTheme::from(palette()));
        queueReplot();
    }
}

void PlotBase::contextMenuEvent(QContextMenuEvent* event)
{
    m_actions->popup(event->globalPos());
}

void PlotBase::keyPressEvent(QKeyEvent* event)
{
    const bool menu = event->key() == Qt::Key_Menu
        || (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier);
    if (menu)
        m_actions->popup(mapToGlobal(rect().center()));
    else
        QWidget::keyPressEvent(event);
}

bool PlotBase::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_plot && event->type() == QEvent::Leave)
        hideCrosshair();
    return QWidget::eventFilter(watched, event);
}

} // namespace maury::ui

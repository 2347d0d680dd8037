#include "ui/plots/plot_base.h"

#include <QElapsedTimer>

#include <qcustomplot.h>

namespace maury::ui {

namespace {

constexpr const char* kCrosshairLayer = "crosshair";

void styleAxis(QCPAxis& axis, const PlotTheme& theme, const QFont& font)
{
    const QPen line(theme.axis, 1.0);
    axis.setBasePen(line);
    axis.setTickPen(line);
    axis.setSubTickPen(line);
    axis.setTickLabelColor(theme.text);
    axis.setLabelColor(theme.text);
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.grid()->setPen(QPen(theme.grid, 1.0));
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setZeroLinePen(QPen(theme.grid, 1.0));
}

} // namespace

PlotBase::PlotBase(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_theme(PlotTheme::from(palette()))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setAntialiasedElements(QCP::aeAll);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setPlottingHint(QCP::phCacheLabels, true);
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

void PlotBase::showNewData()
{
    if (!m_zoomed) {
        m_fitting = true;
        fitRanges();
        m_fitting = false;
    }
    queueReplot();
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

bool PlotBase::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_plot && event->type() == QEvent::Leave)
        hideCrosshair();
    return QWidget::eventFilter(watched, event);
}

} // namespace maury::ui

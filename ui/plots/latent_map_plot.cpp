#include "ui/plots/latent_map_plot.h"

#include "ui/plots/point_cloud.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace maury::ui {

namespace {

constexpr const char* kCloudLayer = "cloud";
constexpr double kClickPixels = 4.0; // a press and release nearer than this is no drag
constexpr double kMargin = 0.06;

} // namespace

LatentMapPlot::LatentMapPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Map of the stars"));
    setMinimumSize(220, 200);
    plot().addLayer(kCloudLayer, plot().layer("main"));
    plot().layer(kCloudLayer)->setMode(QCPLayer::lmBuffered);
    QCPAxisRect& rect = *plot().axisRect();
    rect.setupFullAxesBox();
    rect.setMinimumMargins({ 8, 8, 8, 4 });
    m_cloud = new PointCloud(rect, kCloudLayer);
    for (QCPAxis* axis : { plot().xAxis, plot().yAxis })
        axis->ticker()->setTickCount(4);
    plot().setAutoAddPlottableToLegend(false);
    // Beside the axes: there is no corner where no stars are.
    m_legend = new QCPLegend;
    auto* side = new QCPLayoutGrid;
    plot().plotLayout()->addElement(0, 1, side);
    side->addElement(0, 0, m_legend);
    side->addElement(1, 0, new QCPLayoutElement(&plot())); // takes the room below
    side->setRowStretchFactor(0, 0.001);
    plot().plotLayout()->setColumnStretchFactor(1, 0.001);
    m_legend->setLayer("legend");
    m_legend->setSelectableParts(QCPLegend::spNone);
    m_legend->setBorderPen(Qt::NoPen);
    m_legend->setBrush(Qt::NoBrush);
    m_legend->setRowSpacing(0);
    m_legend->setIconSize(12, 12);
    m_legend->setMargins(QMargins(0, 8, 8, 8));
    allowZoom(rect, Qt::Horizontal | Qt::Vertical);
    connectMouse();
    applyTheme(theme());
    setDrag(Drag::Move);
    showNewData();
}

LatentMapPlot::~LatentMapPlot() = default;

void LatentMapPlot::connectMouse()
{
    connect(&plot(), &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
        if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier)
            press(event->position());
    });
    connect(&plot(), &QCustomPlot::mouseMove, this, [this](const QMouseEvent* event) {
        if (m_pressed)
            move(event->position());
    });
    connect(&plot(), &QCustomPlot::mouseRelease, this, [this](const QMouseEvent* event) {
        if (m_pressed)
            release(event->position());
    });
}

void LatentMapPlot::press(const QPointF& pixel)
{
    m_pressed = pixel;
    m_lasso = { pixel };
}

void LatentMapPlot::move(const QPointF& pixel)
{
    if (m_drag == Drag::Walk) {
        walkTo(pixel);
    } else if (m_drag == Drag::Lasso) {
        m_lasso << pixel;
        m_cloud->setLasso(m_lasso);
        plot().layer(kCloudLayer)->replot();
    }
}

void LatentMapPlot::release(const QPointF& pixel)
{
    const QPointF apart = pixel - *std::exchange(m_pressed, std::nullopt);
    const QPolygonF lasso = std::exchange(m_lasso, {});
    m_cloud->setLasso({});
    if (std::hypot(apart.x(), apart.y()) < kClickPixels && lasso.size() < 4) {
        if (const int row = m_cloud->at(pixel); row >= 0)
            emit starClicked(row);
        else if (m_drag == Drag::Walk)
            walkTo(pixel);
    } else if (m_drag == Drag::Lasso) {
        emit lassoed(m_cloud->within(lasso));
    }
    queueReplot();
}

void LatentMapPlot::walkTo(const QPointF& pixel)
{
    const QPointF place { plot().xAxis->pixelToCoord(pixel.x()),
        plot().yAxis->pixelToCoord(pixel.y()) };
    setWalker(place);
    emit walked(place);
}

void LatentMapPlot::setPoints(
    const QVector<QPointF>& points, const std::function<QString(int)>& describe)
{
    m_cloud->setPoints(points);
    m_cloud->setChosen({});
    m_cloud->setStar(-1);
    m_describe = describe;
    showNewData();
}

const QVector<QPointF>& LatentMapPlot::points() const
{
    return m_cloud->points();
}

void LatentMapPlot::setAxisTexts(const QString& x, const QString& y)
{
    plot().xAxis->setLabel(x);
    plot().yAxis->setLabel(y);
    queueReplot();
}

void LatentMapPlot::setPaint(const MapPaint& paint)
{
    m_paint = paint;
    applyTheme(theme());
    queueReplot();
}

void LatentMapPlot::setStar(int row)
{
    m_cloud->setStar(row);
    queueReplot();
}

int LatentMapPlot::star() const
{
    return m_cloud->star();
}

void LatentMapPlot::setChosen(const QVector<int>& rows)
{
    m_cloud->setChosen(rows);
    queueReplot();
}

const QVector<int>& LatentMapPlot::chosen() const
{
    return m_cloud->chosen();
}

void LatentMapPlot::setWalker(const std::optional<QPointF>& place)
{
    m_cloud->setWalker(place);
    plot().layer(kCloudLayer)->replot();
}

void LatentMapPlot::setDrag(Drag drag)
{
    m_drag = drag;
    plot().setInteraction(QCP::iRangeDrag, drag == Drag::Move);
    plot().setCursor(drag == Drag::Move ? Qt::ArrowCursor : Qt::CrossCursor);
}

QPointF LatentMapPlot::placeOf(const QPointF& point) const
{
    return m_cloud->pixelOf(point);
}

void LatentMapPlot::fitRanges()
{
    QCPRange x(-1.0, 1.0);
    QCPRange y(-1.0, 1.0);
    const auto& points = m_cloud->points();
    if (!points.isEmpty()) {
        x = QCPRange(points.front().x(), points.front().x());
        y = QCPRange(points.front().y(), points.front().y());
        for (const QPointF& point : points) {
            x.expand(point.x());
            y.expand(point.y());
        }
    }
    const auto padded = [](const QCPRange& range) {
        const double margin = kMargin * std::max(range.size(), 1e-6);
        return QCPRange(range.lower - margin, range.upper + margin);
    };
    plot().xAxis->setRange(padded(x));
    plot().yAxis->setRange(padded(y));
}

QColor LatentMapPlot::colourOf(double value) const
{
    if (!std::isfinite(value))
        return theme().residual;
    switch (m_paint.scale) {
    case MapPaint::Scale::SpectralClass:
        return theme().spectralClass(value);
    case MapPaint::Scale::Luminosity:
        return theme().luminosity(static_cast<mk::LuminosityGroup>(std::lround(value)));
    case MapPaint::Scale::Density:
        return theme().density(value);
    case MapPaint::Scale::Category:
        break;
    }
    const QVector<QColor> categories { theme().luminosityV, theme().test, theme().luminosityIII,
        theme().luminosityI, theme().standardFirst, theme().standardSecond, theme().accent,
        theme().text };
    return categories[std::lround(value) % categories.size()];
}

void LatentMapPlot::makeLegend()
{
    m_legend->clear();
    while (plot().graphCount() > 0)
        plot().removeGraph(plot().graphCount() - 1);
    for (const MapPaint::Entry& entry : std::as_const(m_paint.legend)) {
        QCPGraph* sample = plot().addGraph();
        sample->setName(entry.name);
        sample->setLineStyle(QCPGraph::lsNone);
        sample->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle,
            QPen(theme().background, 1.0), colourOf(entry.value), 9.0));
        sample->addToLegend(m_legend);
    }
    m_legend->setTextColor(theme().text);
    m_legend->setFont(font());
}

void LatentMapPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QVector<QColor> colours;
    for (const double value : std::as_const(m_paint.values))
        colours << colourOf(value);
    m_cloud->setColours(colours);
    m_cloud->setTheme(theme.background, theme.text, theme.accent);
    makeLegend();
}

QString LatentMapPlot::readoutAt(const QPointF& pixel)
{
    const int row = m_cloud->at(pixel);
    return row < 0 || !m_describe ? QString() : m_describe(row);
}

// The arrow keys go from star to star, in the order of the map's first axis.
void LatentMapPlot::keyPressEvent(QKeyEvent* event)
{
    int step = 0;
    if (event->key() == Qt::Key_Right)
        step = 1;
    else if (event->key() == Qt::Key_Left)
        step = -1;
    const auto& points = m_cloud->points();
    if (step == 0 || points.isEmpty()) {
        PlotBase::keyPressEvent(event);
        return;
    }
    QVector<int> order(points.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
        [&points](int a, int b) { return points[a].x() < points[b].x(); });
    const qsizetype now = order.indexOf(m_cloud->star());
    const qsizetype next = now < 0 ? 0 : std::clamp<qsizetype>(now + step, 0, order.size() - 1);
    emit starClicked(order[next]);
}

} // namespace maury::ui

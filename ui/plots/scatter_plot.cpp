#include "ui/plots/scatter_plot.h"

#include "core/train/metrics.h"
#include "ui/bridge/number_text.h"
#include "ui/plots/bubble_layer.h"
#include "ui/plots/class_ticks.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr const char* kBubbleLayer = "bubbles";
constexpr double kMargin = 0.8; // classes beyond the first and the last one
constexpr double kLegendSymbol = 9.0;
constexpr double kClickPixels = 4.0; // a press and release nearer than this is no drag

QString luminosityName(int luminosity)
{
    return QString::fromStdString(train::luminosityNames()[static_cast<std::size_t>(luminosity)]);
}

} // namespace

ScatterPlot::ScatterPlot(QWidget* parent)
    : PlotBase(parent)
    , m_bubbles(nullptr)
    , m_ticks(std::make_unique<ClassTicks>())
{
    setMinimumSize(180, 160);
    plot().addLayer(kBubbleLayer, plot().layer("main"));
    QCPAxisRect& rect = *plot().axisRect();
    m_bubbles = new BubbleLayer(rect, kBubbleLayer);
    plot().xAxis->setLabel(tr("True class"));
    plot().yAxis->setLabel(tr("Predicted class"));
    rect.setupFullAxesBox();
    rect.setMinimumMargins({ 8, 8, 8, 4 });
    for (QCPAxis* axis : { plot().xAxis2, plot().yAxis2 }) {
        axis->setTicks(false);
        axis->setTickLabels(false);
    }
    for (QCPAxis* axis : { plot().xAxis, plot().yAxis })
        axis->setSubTicks(false);
    makeLines();
    makeLegend();
    allowZoom(rect, Qt::Horizontal | Qt::Vertical);
    // How many labels have room is known when the margins are.
    connect(&plot(), &QCustomPlot::afterLayout, this, [this] {
        if (m_ticks->place(*plot().axisRect(), m_classes, font()))
            queueReplot();
    });
    connect(&plot(), &QCustomPlot::mousePress, this,
        [this](const QMouseEvent* event) { m_pressed = event->position(); });
    connect(&plot(), &QCustomPlot::mouseRelease, this, [this](const QMouseEvent* event) {
        const QPointF moved = event->position() - m_pressed;
        if (event->button() == Qt::LeftButton && std::hypot(moved.x(), moved.y()) < kClickPixels)
            choose(m_bubbles->at(event->position()));
    });
    applyTheme(theme());
    showNewData();
}

ScatterPlot::~ScatterPlot() = default;

void ScatterPlot::makeLines()
{
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
        const int off = static_cast<int>(line) - 1;
        m_lines[line] = new QCPItemStraightLine(&plot());
        m_lines[line]->setLayer("grid");
        m_lines[line]->setSelectable(false);
        m_lines[line]->point1->setCoords(0.0, off);
        m_lines[line]->point2->setCoords(1.0, 1.0 + off);
    }
}

void ScatterPlot::makeLegend()
{
    QCPLegend& legend = *plot().legend;
    m_legendHead = new QCPTextElement(&plot(), tr("True luminosity class"));
    m_legendHead->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    m_legendHead->setLayer("legend"); // over the ground of the legend
    legend.addElement(0, 0, m_legendHead);
    plot().setAutoAddPlottableToLegend(false);
    for (int group = 0; group < mk::kLuminosityGroups; ++group) {
        QCPGraph* graph = plot().addGraph();
        graph->setName(luminosityName(group));
        graph->setLineStyle(QCPGraph::lsNone);
        graph->addToLegend(&legend);
        m_samples.at(static_cast<std::size_t>(group)) = graph;
    }
    legend.setVisible(true);
    legend.setSelectableParts(QCPLegend::spNone);
    legend.setRowSpacing(0);
    legend.setIconSize(14, 14);
    // Above the diagonal, where a hot star was taken for a cool one: almost always empty.
    plot().axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignTop);
}

void ScatterPlot::setPoints(const QStringList& classes, const std::vector<ScatterPoint>& points)
{
    m_classes = classes;
    m_points = points;
    m_chosen = -1;
    m_bubbles->setPoints(points);
    showNewData();
}

void ScatterPlot::setStale(bool stale)
{
    if (m_stale == stale)
        return;
    m_stale = stale;
    applyTheme(theme());
    queueReplot();
}

void ScatterPlot::setChosenCell(const MatrixCell& cell)
{
    const auto same = [&cell](const ScatterPoint& point) {
        return cell.head == Head::Spectral && point.truth == cell.truth
            && point.predicted == cell.predicted && point.luminosity == cell.luminosity;
    };
    const auto mine = std::find_if(m_points.begin(), m_points.end(), same);
    m_chosen = mine == m_points.end() ? -1 : static_cast<int>(mine - m_points.begin());
    const auto& drawn = m_bubbles->points();
    const auto found = std::find_if(drawn.begin(), drawn.end(), same);
    m_bubbles->setChosen(found == drawn.end() ? -1 : static_cast<int>(found - drawn.begin()));
    queueReplot();
}

void ScatterPlot::setStarPoints(const std::vector<ScatterPoint>& points)
{
    m_bubbles->setStar(points);
    queueReplot();
}

const std::vector<ScatterPoint>& ScatterPlot::starPoints() const
{
    return m_bubbles->star();
}

QPointF ScatterPlot::placeOf(const ScatterPoint& point) const
{
    return m_bubbles->centre(point);
}

PlotTable ScatterPlot::table() const
{
    QStringList truths;
    QStringList predictions;
    QStringList luminosities;
    QVector<double> samples;
    for (const ScatterPoint& point : m_points) {
        truths.append(m_classes.value(point.truth));
        predictions.append(m_classes.value(point.predicted));
        luminosities.append(luminosityName(point.luminosity));
        samples.append(point.samples);
    }
    PlotTable table;
    table.add(tr("True class"), truths);
    table.add(tr("Predicted class"), predictions);
    table.add(tr("True luminosity class"), luminosities);
    table.add(tr("Samples"), samples);
    return table;
}

void ScatterPlot::fitRanges()
{
    const double end = std::max<double>(1.0, static_cast<double>(m_classes.size())) - 1.0 + kMargin;
    plot().xAxis->setRange(-kMargin, end);
    plot().yAxis->setRange(-kMargin, end);
}

void ScatterPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    m_bubbles->setColours(theme, m_stale);
    m_lines[1]->setPen(QPen(theme.axis, 1.0));
    for (const std::size_t beside : { 0U, 2U })
        m_lines[beside]->setPen(QPen(theme.marker, 1.0, Qt::DashLine));
    QCPLegend& legend = *plot().legend;
    legend.setBorderPen(QPen(theme.grid));
    legend.setBrush(theme.background);
    legend.setTextColor(theme.text);
    legend.setFont(font());
    m_legendHead->setTextColor(theme.text);
    m_legendHead->setFont(font());
    for (int group = 0; group < mk::kLuminosityGroups; ++group)
        m_samples.at(static_cast<std::size_t>(group))
            ->setScatterStyle(m_bubbles->style(group, kLegendSymbol));
}

QString ScatterPlot::describe(const ScatterPoint& point) const
{
    return tr("true %1, luminosity class %2 → predicted %3: %4 samples")
        .arg(m_classes.value(point.truth), luminosityName(point.luminosity),
            m_classes.value(point.predicted), countText(point.samples));
}

QString ScatterPlot::readoutAt(const QPointF& pixel)
{
    const int point = m_bubbles->at(pixel);
    return point < 0 ? QString() : describe(m_bubbles->points()[static_cast<std::size_t>(point)]);
}

void ScatterPlot::choose(int point)
{
    if (point < 0)
        return;
    const ScatterPoint chosen = m_bubbles->points()[static_cast<std::size_t>(point)];
    setChosenCell({ Head::Spectral, chosen.truth, chosen.predicted, chosen.luminosity });
    emit readoutChanged(describe(chosen));
    emit pointClicked(chosen.truth, chosen.predicted, chosen.luminosity);
}

void ScatterPlot::keyPressEvent(QKeyEvent* event)
{
    int step = 0;
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down)
        step = 1;
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up)
        step = -1;
    const int next = m_chosen < 0 ? 0 : m_chosen + step;
    if (step == 0 || next < 0 || next >= static_cast<int>(m_points.size())) {
        PlotBase::keyPressEvent(event);
        return;
    }
    const auto& drawn = m_bubbles->points();
    choose(static_cast<int>(
        std::find(drawn.begin(), drawn.end(), m_points[static_cast<std::size_t>(next)])
        - drawn.begin()));
}

} // namespace maury::ui

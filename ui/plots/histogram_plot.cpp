#include "ui/plots/histogram_plot.h"

#include "ui/bridge/number_text.h"
#include "ui/models/network_text.h"
#include "ui/plots/decade_ticker.h"
#include "ui/plots/panel_setup.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kTicks = 4;

/// Width of a bin on the axis; numbers that are all equal get a bar that can be seen.
double barWidth(const nn::Distribution& numbers)
{
    constexpr double kOfValue = 1e-3;
    return numbers.binWidth() > 0.0 ? numbers.binWidth()
                                    : kOfValue * std::max(1e-6, std::abs(numbers.smallest));
}

double density(const nn::Distribution& numbers, std::int64_t inBin)
{
    return static_cast<double>(inBin) / (static_cast<double>(numbers.count) * barWidth(numbers));
}

double highest(const nn::Distribution& numbers)
{
    const auto most = std::max_element(numbers.bins.begin(), numbers.bins.end());
    return most == numbers.bins.end() ? 0.0 : density(numbers, *most);
}

/// A single number in a bin: the lowest that logarithmic heights must show.
double lowest(const nn::Distribution& numbers)
{
    return density(numbers, 1);
}

/// Steps from edge to edge of the bins, closed at both ends.
void draw(QCPGraph& graph, const nn::Distribution& numbers)
{
    QVector<double> edges;
    QVector<double> heights;
    if (!numbers.isEmpty()) {
        const double width = barWidth(numbers);
        for (std::size_t bin = 0; bin < numbers.bins.size(); ++bin) {
            edges.append(numbers.smallest + width * static_cast<double>(bin));
            heights.append(density(numbers, numbers.bins[bin]));
        }
        edges.append(numbers.smallest + width * static_cast<double>(numbers.bins.size()));
        heights.append(0.0);
        edges.prepend(edges.first());
        heights.prepend(0.0);
    }
    graph.setData(edges, heights, true);
}

QCPRange together(const nn::Distribution& a, const nn::Distribution& b)
{
    if (a.isEmpty() && b.isEmpty())
        return { 0.0, 1.0 };
    const nn::Distribution& first = a.isEmpty() ? b : a;
    QCPRange range(first.smallest, first.largest);
    if (!b.isEmpty())
        range.expand(QCPRange(b.smallest, b.largest));
    const double margin = range.size() > 0.0 ? 0.03 * range.size() : 32.0 * barWidth(first);
    return { range.lower - margin, range.upper + margin };
}

} // namespace

HistogramPlot::HistogramPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Histograms of the chosen layer"));
    setMinimumSize(320, 104);
    beginPanelRow(plot());
    applyTheme(theme());
}

void HistogramPlot::addPlace()
{
    Place place;
    place.rect = addPanel(plot());
    QCPAxis* numbers = place.rect->axis(QCPAxis::atBottom);
    QCPAxis* heights = place.rect->axis(QCPAxis::atLeft);
    numbers->ticker()->setTickCount(kTicks);
    numbers->setNumberFormat("gb");
    numbers->setNumberPrecision(2);
    heights->setTicks(false);
    heights->setTickLabels(false);
    heights->grid()->setVisible(false);
    place.now = plot().addGraph(numbers, heights);
    place.before = plot().addGraph(numbers, heights);
    for (QCPGraph* graph : { place.now, place.before }) {
        graph->setLineStyle(QCPGraph::lsStepLeft);
        graph->setAntialiased(false);
        graph->setAdaptiveSampling(false);
        graph->setSelectable(QCP::stNone);
    }
    allowZoom(*place.rect, Qt::Horizontal);
    m_places.append(place);
}

void HistogramPlot::setPanels(const QList<HistogramPanel>& panels)
{
    m_panels = panels;
    const bool more = m_places.size() < panels.size();
    while (m_places.size() < panels.size())
        addPlace();
    if (more)
        applyTheme(theme());
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        const HistogramPanel shown = i < panels.size() ? panels[i] : HistogramPanel {};
        m_places[i].rect->axis(QCPAxis::atBottom)->setLabel(shown.title);
        draw(*m_places[i].now, shown.now);
        draw(*m_places[i].before, shown.before);
    }
    showNewData();
}

void HistogramPlot::setLogarithmic(bool logarithmic)
{
    m_logarithmic = logarithmic;
    scaleHeights();
    queueReplot();
}

PlotTable HistogramPlot::table() const
{
    PlotTable table;
    const auto add = [&table](const QString& heading, const nn::Distribution& numbers) {
        if (numbers.isEmpty())
            return;
        QVector<double> edges;
        QVector<double> counts;
        for (std::size_t bin = 0; bin < numbers.bins.size(); ++bin) {
            edges.append(numbers.smallest + barWidth(numbers) * static_cast<double>(bin));
            counts.append(static_cast<double>(numbers.bins[bin]));
        }
        table.add(tr("%1: bin from").arg(heading), edges);
        table.add(tr("%1: number").arg(heading), counts);
    };
    for (const HistogramPanel& panel : m_panels) {
        add(panel.title, panel.now);
        add(tr("%1 at the start").arg(panel.title), panel.before);
    }
    return table;
}

QList<PlotBase::LegendEntry> HistogramPlot::outsideLegend() const
{
    QList<LegendEntry> legend;
    for (qsizetype i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i].before.isEmpty())
            continue;
        legend.append({ tr("now"), m_places[i].now->pen() });
        legend.append({ tr("at the start"), m_places[i].before->pen() });
        break;
    }
    return legend;
}

void HistogramPlot::fitRanges()
{
    for (qsizetype i = 0; i < m_panels.size(); ++i)
        m_places[i]
            .rect->axis(QCPAxis::atBottom)
            ->setRange(together(m_panels[i].now, m_panels[i].before));
    scaleHeights();
}

void HistogramPlot::scaleHeights()
{
    for (qsizetype i = 0; i < m_panels.size(); ++i) {
        const auto& [title, now, before] = m_panels[i];
        QCPAxis* heights = m_places[i].rect->axis(QCPAxis::atLeft);
        const bool drawn = !now.isEmpty() || !before.isEmpty();
        const double top = std::max(highest(now), highest(before));
        heights->setScaleType(m_logarithmic && drawn ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        if (m_logarithmic && drawn) {
            const double least = now.isEmpty() ? lowest(before)
                : before.isEmpty()             ? lowest(now)
                                               : std::min(lowest(now), lowest(before));
            heights->setRange(0.5 * least, 2.0 * top);
        } else {
            heights->setRange(0.0, drawn ? 1.06 * top : 1.0);
        }
    }
}

void HistogramPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QColor fill = theme.train;
    fill.setAlphaF(0.35F);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    for (const Place& place : std::as_const(m_places)) {
        place.now->setPen(QPen(theme.train, 1.0));
        place.now->setBrush(fill);
        place.before->setPen(QPen(theme.test, 1.0));
        place.rect->axis(QCPAxis::atBottom)->setTickLabelFont(small);
    }
}

QString HistogramPlot::readoutAt(const QPointF& pixel)
{
    for (qsizetype i = 0; i < m_panels.size(); ++i) {
        if (!m_places[i].rect->rect().contains(pixel.toPoint()))
            continue;
        const nn::Distribution& numbers = m_panels[i].now;
        if (numbers.isEmpty())
            return tr("%1: n/a").arg(m_panels[i].title);
        const double x = m_places[i].rect->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
        const auto bin
            = static_cast<std::int64_t>(std::floor((x - numbers.smallest) / barWidth(numbers)));
        const std::int64_t inBin = bin >= 0 && bin < std::ssize(numbers.bins)
            ? numbers.bins[static_cast<std::size_t>(bin)]
            : 0;
        return tr("%1 near %2: %3 of %4")
            .arg(m_panels[i].title, compactText(x), countText(inBin), countText(numbers.count));
    }
    return {};
}

} // namespace maury::ui

#include "ui/plots/spread_history_plot.h"

#include "ui/bridge/number_text.h"
#include "ui/models/network_text.h"
#include "ui/plots/panel_setup.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kTicks = 4;
constexpr std::size_t kLowest = 0; // places in SpreadHistory::kFractions
constexpr std::size_t kOuterLow = 1;
constexpr std::size_t kInnerLow = 2;
constexpr std::size_t kInnerHigh = 4;
constexpr std::size_t kOuterHigh = 5;
constexpr std::size_t kHighest = 6;

/// The place of the look nearest to an epoch; −1 without any.
qsizetype nearest(const QVector<double>& epochs, double epoch)
{
    qsizetype found = -1;
    for (qsizetype i = 0; i < epochs.size(); ++i)
        if (found < 0 || std::abs(epochs[i] - epoch) < std::abs(epochs[found] - epoch))
            found = i;
    return found;
}

QCPRange rangeOf(const SpreadHistory& history)
{
    QCPRange range;
    bool any = false;
    for (const std::size_t at : { kLowest, kHighest })
        for (const double value : history.percentiles.at(at))
            if (std::isfinite(value)) {
                range = any ? QCPRange(std::min(range.lower, value), std::max(range.upper, value))
                            : QCPRange(value, value);
                any = true;
            }
    const double margin = range.size() > 0.0 ? 0.04 * range.size() : 1e-3;
    return { range.lower - margin, range.upper + margin };
}

} // namespace

SpreadHistoryPlot::SpreadHistoryPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("How the numbers of the chosen layer spread over the epochs"));
    setMinimumSize(320, 104);
    beginPanelRow(plot());
    applyTheme(theme());
}

void SpreadHistoryPlot::addPlace()
{
    Place place;
    place.rect = addPanel(plot());
    for (QCPAxis* axis : place.rect->axes())
        axis->ticker()->setTickCount(kTicks);
    QCPAxis* epochs = place.rect->axis(QCPAxis::atBottom);
    QCPAxis* values = place.rect->axis(QCPAxis::atLeft);
    values->setNumberFormat("gb");
    values->setNumberPrecision(2);
    for (QCPGraph*& graph : place.graphs) {
        graph = plot().addGraph(epochs, values);
        graph->setSelectable(QCP::stNone);
        graph->setAdaptiveSampling(false);
    }
    place.graphs.at(kOuterHigh)->setChannelFillGraph(place.graphs.at(kOuterLow));
    place.graphs.at(kInnerHigh)->setChannelFillGraph(place.graphs.at(kInnerLow));
    allowZoom(*place.rect, Qt::Horizontal | Qt::Vertical);
    addCrosshair(*place.rect);
    m_places.append(place);
}

void SpreadHistoryPlot::setPanels(const QList<SpreadPanel>& panels)
{
    m_panels = panels;
    const bool more = m_places.size() < panels.size();
    while (m_places.size() < panels.size())
        addPlace();
    if (more)
        applyTheme(theme());
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        const SpreadPanel shown = i < panels.size() ? panels[i] : SpreadPanel {};
        m_places[i].rect->axis(QCPAxis::atBottom)->setLabel(tr("%1, by epoch").arg(shown.title));
        for (std::size_t at = 0; at < m_places[i].graphs.size(); ++at)
            m_places[i].graphs.at(at)->setData(
                shown.history.epochs, shown.history.percentiles.at(at), true);
    }
    showNewData();
}

PlotTable SpreadHistoryPlot::table() const
{
    PlotTable table;
    if (m_panels.isEmpty() || m_panels.first().history.epochs.isEmpty())
        return table;
    table.add(tr("Epochs done"), m_panels.first().history.epochs);
    for (const SpreadPanel& panel : m_panels)
        for (std::size_t at = 0; at < SpreadHistory::kFractions.size(); ++at)
            table.add(
                tr("%1: %2 % lie below")
                    .arg(panel.title, numberText(100.0 * SpreadHistory::kFractions.at(at), 0)),
                panel.history.percentiles.at(at));
    return table;
}

void SpreadHistoryPlot::fitRanges()
{
    for (qsizetype i = 0; i < m_panels.size(); ++i) {
        const auto& epochs = m_panels[i].history.epochs;
        m_places[i]
            .rect->axis(QCPAxis::atBottom)
            ->setRange(epochs.isEmpty() ? 0.0 : epochs.first(),
                epochs.isEmpty() ? 1.0 : std::max(epochs.last(), epochs.first() + 1.0));
        m_places[i].rect->axis(QCPAxis::atLeft)->setRange(rangeOf(m_panels[i].history));
    }
}

void SpreadHistoryPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QColor outer = theme.train;
    outer.setAlphaF(0.18F);
    QColor inner = theme.train;
    inner.setAlphaF(0.34F);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    for (const Place& place : std::as_const(m_places)) {
        for (QCPGraph* graph : place.graphs)
            graph->setPen(Qt::NoPen);
        place.graphs.at(kOuterHigh)->setBrush(outer);
        place.graphs.at(kInnerHigh)->setBrush(inner);
        place.graphs.at(SpreadHistory::kMedian)->setPen(QPen(theme.train, 1.6));
        for (const std::size_t at : { kLowest, kHighest })
            place.graphs.at(at)->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
        for (const auto side : { QCPAxis::atBottom, QCPAxis::atLeft })
            place.rect->axis(side)->setTickLabelFont(small);
    }
}

QString SpreadHistoryPlot::textAt(qsizetype panel, double epoch) const
{
    const auto& [title, history] = m_panels[panel];
    const qsizetype look = nearest(history.epochs, epoch);
    if (look < 0)
        return {};
    const auto value = [&, &spread = history](
                           std::size_t at) { return compactText(spread.percentiles.at(at)[look]); };
    return tr("%1 after epoch %2: median %3, half between %4 and %5, 90 % between %6 and %7, all "
              "between %8 and %9")
        .arg(title, numberText(history.epochs[look], 0), value(SpreadHistory::kMedian),
            value(kInnerLow), value(kInnerHigh), value(kOuterLow), value(kOuterHigh),
            value(kLowest), value(kHighest));
}

QString SpreadHistoryPlot::readoutAt(const QPointF& pixel)
{
    for (qsizetype i = 0; i < m_panels.size(); ++i)
        if (m_places[i].rect->rect().contains(pixel.toPoint()))
            return textAt(i, m_places[i].rect->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x()));
    return {};
}

} // namespace maury::ui

#include "ui/plots/evidence_panel.h"

#include "ui/plots/panel_setup.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kHeight = 72;
constexpr float kFill = 0.35F;

} // namespace

EvidencePanel::EvidencePanel(QCustomPlot& plot, QCPMarginGroup& margins)
    : m_rect(*new QCPAxisRect(&plot))
{
    setUpPanels({ &m_rect }, margins);
    for (QCPAxis* axis : m_rect.axes()) {
        axis->setLayer("axes");
        axis->grid()->setLayer("grid");
    }
    m_rect.axis(QCPAxis::atBottom)->setTickLabels(false);
    QCPAxis* value = m_rect.axis(QCPAxis::atLeft);
    value->ticker()->setTickCount(2);
    m_zero = plot.addGraph(m_rect.axis(QCPAxis::atBottom), value);
    m_for = plot.addGraph(m_rect.axis(QCPAxis::atBottom), value);
    m_against = plot.addGraph(m_rect.axis(QCPAxis::atBottom), value);
    setTrace({});
}

void EvidencePanel::setTrace(const EvidenceTrace& trace)
{
    m_trace = trace;
    QVector<double> above;
    QVector<double> below;
    for (const double each : trace.contribution) {
        above.append(std::max(0.0, each));
        below.append(std::min(0.0, each));
    }
    m_for->setData(trace.wavelength, above, true);
    m_against->setData(trace.wavelength, below, true);
    const bool shown = !trace.isEmpty();
    if (shown)
        m_zero->setData({ trace.wavelength.first(), trace.wavelength.last() }, { 0.0, 0.0 });
    m_rect.setVisible(shown);
    m_rect.setMinimumSize(shown ? QSize(40, kHeight) : QSize(0, 0));
    m_rect.setMaximumSize(QWIDGETSIZE_MAX, shown ? kHeight : 0);
    for (QCPGraph* graph : { m_for, m_against, m_zero })
        graph->setVisible(shown);
}

void EvidencePanel::fitRange()
{
    double largest = 0.0;
    for (const double each : m_trace.contribution)
        largest = std::max(largest, std::abs(each));
    const double size = largest > 0.0 ? 1.15 * largest : 1.0;
    m_rect.axis(QCPAxis::atLeft)->setRange(-size, size);
}

void EvidencePanel::applyTheme(const PlotTheme& theme)
{
    const auto paint = [](QCPGraph& graph, QColor colour) {
        graph.setPen(QPen(colour, 1.0));
        colour.setAlphaF(kFill);
        graph.setBrush(colour);
    };
    paint(*m_for, theme.train);
    paint(*m_against, theme.test);
    m_zero->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
    for (const auto side : { QCPAxis::atTop, QCPAxis::atRight })
        m_rect.axis(side)->setTicks(false);
}

} // namespace maury::ui

#pragma once

#include "ui/models/evidence_trace.h"
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

namespace maury::ui {

/// A low panel that shows where a spectrum speaks for an answer (above its zero line) and where
/// against it (below), in the blue and orange that every reader can tell apart. It takes no room
/// while it has nothing to show. Only for ui/plots.
class EvidencePanel {
public:
    EvidencePanel(QCustomPlot& plot, QCPMarginGroup& margins);

    [[nodiscard]] QCPAxisRect& rect() { return m_rect; }
    void setTrace(const EvidenceTrace& trace);
    [[nodiscard]] const EvidenceTrace& trace() const { return m_trace; }
    void fitRange();
    void applyTheme(const PlotTheme& theme);

private:
    QCPAxisRect& m_rect;
    EvidenceTrace m_trace;
    QCPGraph* m_for;
    QCPGraph* m_against;
    QCPGraph* m_zero;
};

} // namespace maury::ui

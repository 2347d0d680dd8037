#pragma once

#include <QList>

class QCPAxis;
class QCPAxisRect;
class QCPMarginGroup;
class QCustomPlot;

namespace maury::ui {

/// Panels of wavelengths that stand below each other: one left and one right edge, a box of axes, as
/// many ticks.
void setUpPanels(const QList<QCPAxisRect*>& panels, QCPMarginGroup& margins);

/// A range that one of the axes is given becomes that of all.
void linkRanges(const QList<QCPAxis*>& axes);

/// Makes room for small plots side by side instead of the single one that a figure begins with.
void beginPanelRow(QCustomPlot& plot);

/// The next small plot to the right: its axes lie over its grid and have no ticks between ticks.
/// The figure owns it.
QCPAxisRect* addPanel(QCustomPlot& plot);

} // namespace maury::ui

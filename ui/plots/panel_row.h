#pragma once

class QCPAxisRect;
class QCustomPlot;

namespace maury::ui {

/// Makes room for small plots side by side instead of the single one that a figure begins with.
void beginPanelRow(QCustomPlot& plot);

/// The next small plot to the right: its axes lie over its grid and have no ticks between ticks.
/// The figure owns it.
QCPAxisRect* addPanel(QCustomPlot& plot);

} // namespace maury::ui

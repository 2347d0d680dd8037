#pragma once

#include <QSharedPointer>

class QCPAxisTicker;

namespace maury::ui {

/// Ticks of a logarithmic axis at 1, 2, 5 × powers of ten, more of them when the range is short and
/// powers alone when it is long. QCustomPlot's own falls back to even steps below a few decades.
[[nodiscard]] QSharedPointer<QCPAxisTicker> decadeTicker();

} // namespace maury::ui

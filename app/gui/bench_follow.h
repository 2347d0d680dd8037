#pragma once

#include "app/gui/bench_interaction.h"

namespace maury::gui {

/// `--bench markers`: a list of 200 lines over a star as in its file, while the velocity is
/// dragged: frames a second (each with the markers where the velocity puts them), median and 95th
/// percentile of one.
void benchMarkers(Workbench& workbench, const BenchDone& done);

/// `--bench whatif`: drags every slider of What if: from its change until the probabilities of the
/// changed star are painted, median and 95th percentile.
void benchWhatIf(Workbench& workbench, const BenchDone& done);

} // namespace maury::gui

#pragma once

#include "app/gui/bench_interaction.h"

namespace maury::gui {

/// "scrub": trains the paper's network for a few epochs, and then goes through them with the slider
/// of the time machine, none of them seen before: the time until matrix, answers and filter of an
/// epoch are drawn.
void benchScrub(Workbench& workbench, const BenchDone& done);

} // namespace maury::gui

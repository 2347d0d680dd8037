#pragma once

#include "app/gui/bench_interaction.h"

namespace maury::gui {

/// `--bench classify`: walks the grid of types by the keys of the Classify page, each step with its
/// commit to a project and the drawing: median, 95th percentile and longest, and what the processor
/// spends on one. Calls `done` once, from the event loop.
void benchClassify(Workbench& workbench, const BenchDone& done);

} // namespace maury::gui

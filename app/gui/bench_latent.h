#pragma once

#include "app/gui/bench_interaction.h"

namespace maury::gui {

class Workbench;

/// Trains a network on the atlas, then measures on the Latent page a stroke of the brush (from each
/// move to its repair on the screen, the repair computed in the background) and a walk over the map
/// (from each move to the decoded spectrum on the screen); milliseconds.
void benchLatent(Workbench& workbench, const BenchDone& done);

} // namespace maury::gui

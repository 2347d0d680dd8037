#pragma once

#include "app/gui/bench_interaction.h"

namespace maury::gui {

/// "store": a store of 100,000 spectra that is made for it in a temporary folder: the time to open
/// it, of a frame while its table is scrolled through (in the store's order and sorted), until the
/// lines of a place are read, of a condition; and the memory that all this takes.
void benchStore(Workbench& workbench, const BenchDone& done);

} // namespace maury::gui

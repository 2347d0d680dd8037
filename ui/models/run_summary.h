#pragma once

#include "ui/models/run_progress.h"

#include <QString>

namespace maury::ui {

/// A run in words.

/// "Training: epoch 12 of 250, 18,000 samples/s".
[[nodiscard]] QString progressText(const RunProgress& progress, bool paused, double now);
/// What it works on, and how well its last epoch did (null: none yet); empty before it has begun.
[[nodiscard]] QString factsText(const train::RunStarted& run, const train::EpochDone* last);
/// Of what a table of classes is; null: of nothing yet.
[[nodiscard]] QString classesText(const train::EpochDone* last, int epochs);

} // namespace maury::ui

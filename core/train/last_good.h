#pragma once

#include "core/train/trainer.h"

#include <filesystem>

namespace maury::train {

/// What a run that came to a bad end had reached at its last checkpoint, as the report of a stopped
/// run; the speed is that of its last epoch, stepMilliseconds is not known (0). Errors: those of
/// readCheckpoint().
[[nodiscard]] base::Result<TrainingReport> lastGoodReport(const std::filesystem::path& checkpoint);

} // namespace maury::train

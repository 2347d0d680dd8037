#pragma once

#include "core/base/result.h"
#include "core/train/training_config.h"

#include <string>

namespace maury::train {

/// All hyper-parameters as one JSON text (not the checkpoint's place): provenance, and what
/// resuming compares.
[[nodiscard]] std::string configToJson(const TrainingConfig& config);

/// The inverse; `place` names the file in messages. Errors: FileDamaged, ValueMissing,
/// OptionInvalid.
[[nodiscard]] base::Result<TrainingConfig> configFromJson(
    const std::string& text, const std::string& place);

} // namespace maury::train

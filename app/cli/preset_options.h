#pragma once

#include "app/cli/verb.h"
#include "core/train/presets.h"

#include <string>

namespace maury::cli {

/// Adds --preset with the list of presets in its help.
void addPresetOption(CLI::App& verb, std::string& id);

/// The settings of a preset with those that were given to the verb on the command line in their
/// place. Precondition: the verb has addTrainingOptions().
[[nodiscard]] train::TrainingConfig withGivenOptions(
    const CLI::App& verb, train::TrainingConfig preset);

} // namespace maury::cli

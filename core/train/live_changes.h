#pragma once

#include "core/train/training_config.h"

#include <string>
#include <vector>

namespace maury::train {

/// One number of the live settings that differs between two states.
struct LiveChange {
    std::string setting; ///< as on the command line: "lr", "weights-sc", "doppler-sigma", …
    double before = 0.0;
    double after = 0.0;
};

/// Everything that differs, in a fixed order; empty when the settings are equal.
[[nodiscard]] std::vector<LiveChange> liveChanges(
    const LiveSettings& before, const LiveSettings& after);

} // namespace maury::train

#pragma once

#include "core/base/result.h"
#include "core/train/training_config.h"

#include <string>
#include <vector>

namespace maury::train {

/// The settings of a known experiment: of the paper (AutoClassMK, Short 2026), a lesson, or the
/// robust protocol as it types real stars best.
struct Preset {
    std::string id; ///< as on the command line
    std::string summary; ///< in English
    bool robust = false; ///< of the robust protocol with its own defaults; `config` is not used
    std::vector<std::string> libraries; ///< folders of MKCLASS by name, or "builtin"
    std::string testLibrary; ///< empty: other variations of the training standards
    TrainingConfig config;
};

/// All of them, in the order in which they are offered.
[[nodiscard]] const std::vector<Preset>& presets();
/// Errors: OptionInvalid, naming those that there are.
[[nodiscard]] base::Result<Preset> presetOf(const std::string& id);

} // namespace maury::train

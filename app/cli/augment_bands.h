#pragma once

#include "app/cli/verb.h"
#include "core/dataset/augmentation.h"

#include <string>

namespace maury::cli {

/// What `augment --bands` needs.
struct BandsRequest {
    std::string spectrum; ///< a file, or a standard of the atlas by name
    std::string atlas; ///< that a file is brought to
    int variations = 300;
    dataset::AugmentationSettings augmentation;
    std::string out; ///< CSV
};

/// `augment --bands`: percentiles of the variations of one spectrum, the numbers that the window
/// draws as bands. Returns the exit status.
[[nodiscard]] int runBands(const CommonOptions& common, const BandsRequest& request);

} // namespace maury::cli

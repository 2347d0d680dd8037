#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace maury::mk::synthetic {

struct AtlasOptions {
    std::filesystem::path tables; ///< folder of the resource tables (share/maury/synthetic)
    int threads = 1;
};

struct ComputedAtlas {
    AtlasPtr atlas;
    std::string provenance; ///< one sentence for the stored file
    std::string inputsSha256; ///< of the tables
};

/// Computes the built-in atlas on spectrum::mkGrid(): one rectified spectrum for every row of
/// standards.csv, named as in MKCLASS. `progress` is called with the fraction done, 0 … 1, from the
/// calling thread. The result depends on the tables alone, not on the number of threads. Errors:
/// OptionInvalid (threads < 1), those of the tables, Cancelled.
[[nodiscard]] base::Result<ComputedAtlas> computeSyntheticAtlas(const AtlasOptions& options,
    const std::stop_token& stop = {}, const std::function<void(double)>& progress = {});

} // namespace maury::mk::synthetic

#pragma once

#include "app/cli/continuum_options.h"
#include "app/cli/read_options.h"
#include "core/preprocess/recipe.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace maury::cli {

/// What `rectify`, `resample` and `convert` do to spectra, beside reading and writing them.
struct ReduceFlags {
    ReadFlags read;
    std::string medium; ///< empty: as it is
    std::string toFrame;
    std::optional<double> velocityKms;
    std::optional<double> barycentricKms;
    bool cosmicRays = false;
    double cosmicRayThreshold = preprocess::CosmicRaySettings {}.threshold;
    bool tellurics = false;
    bool weakTellurics = false;
    ContinuumFlags continuum;
    std::string grid;
    std::optional<double> resolvingPower;
    std::string recipe; ///< a file; empty: none

    /// The steps; `rectify`: divide by a continuum even when no method was said. Errors:
    /// OptionInvalid, and those of reading the recipe.
    [[nodiscard]] base::Result<preprocess::Recipe> steps(bool rectify) const;
};

/// Adds them all. `flags` outlives the parsing.
void addReduceFlags(CLI::App& verb, ReduceFlags& flags);

} // namespace maury::cli

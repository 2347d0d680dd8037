#pragma once

#include "app/cli/continuum_options.h"
#include "app/cli/read_options.h"
#include "core/base/result.h"
#include "core/classify/prepare.h"

#include <CLI/CLI.hpp>

#include <string>

namespace maury::cli {

/// What the user says about reading and preparing spectra.
struct PrepareFlags {
    ReadFlags read;
    bool noShift = false;
    bool noRectify = false;
    classify::PrepareOptions values; ///< the numbers, with their defaults
    ContinuumFlags continuum;
    std::string recipe; ///< a file

    /// Errors: those of classify::validate(), of ContinuumFlags and of reading the recipe.
    [[nodiscard]] base::Result<classify::PrepareOptions> prepareOptions() const;
};

/// The recipe in a file of JSON. Errors: those of reading, and of preprocess::recipeFromJson().
[[nodiscard]] base::Result<preprocess::Recipe> readRecipe(const std::string& file);

/// Adds the options. `flags` outlives the parsing.
void addPrepareFlags(CLI::App& verb, PrepareFlags& flags);

} // namespace maury::cli

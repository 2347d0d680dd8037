#pragma once

#include "core/preprocess/continuum.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace maury::cli {

/// What the user says about the continuum; what is not said is usual for the method.
struct ContinuumFlags {
    std::string method; ///< empty: not said
    std::optional<double> width;
    std::string widthUnit = "angstrom";
    std::optional<double> percentile;
    std::optional<int> degree;
    std::optional<double> clipLow;
    std::optional<double> clipHigh;
    std::optional<int> rounds;
    std::optional<double> splitGap;
    bool noWeights = false;
    preprocess::EnvelopeSettings envelope;

    /// With the envelope where no method is said. Errors: those of preprocess::validate().
    [[nodiscard]] base::Result<preprocess::ContinuumSettings> settings() const;
};

/// Adds --method and the settings of all methods. `flags` outlives the parsing.
void addContinuumFlags(CLI::App& verb, ContinuumFlags& flags, const std::string& group);

} // namespace maury::cli

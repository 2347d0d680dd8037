#pragma once

#include "core/dataset/augmentation.h"
#include "core/dataset/sample_set.h"

#include <CLI/CLI.hpp>

namespace maury::cli {

/// Adds every sigma, --gain and --noise to a verb, with the values in `settings` as defaults.
/// `settings` outlives the parsing. Ranges are checked by dataset::validate(); show its error with
/// asOption().
void addAugmentationOptions(CLI::App& verb, dataset::AugmentationSettings& settings);

/// Adds --edges to a verb, with the value of `edges` as the default. `edges` outlives the parsing.
void addEdgesOption(CLI::App& verb, dataset::EdgePixels& edges, const char* group);

/// The error of a setting out of range with its place written as the option ("--gain").
[[nodiscard]] base::Error asOption(base::Error error);

} // namespace maury::cli

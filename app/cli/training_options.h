#pragma once

#include "core/train/training_config.h"

#include <CLI/CLI.hpp>

namespace maury::cli {

/// Adds --precision with the value in `precision` as default.
void addPrecisionOption(CLI::App& verb, train::Precision& precision);

/// Adds every hyper-parameter to a verb, with the values in `config` as defaults. `config` outlives
/// the parsing. Ranges are checked by train::validate().
void addTrainingOptions(CLI::App& verb, train::TrainingConfig& config);

} // namespace maury::cli

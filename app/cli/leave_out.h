#pragma once

#include "app/cli/model_options.h"
#include "app/cli/verb.h"

#include <vector>

namespace maury::cli {

/// What `evaluate --leave-standards-out` works on.
struct LeaveOutOptions {
    bool wanted = false;
    int folds = 5;
    std::vector<double> fwhms; ///< resolution of each library, or of all; empty: the model's
};

/// Adds --leave-standards-out, --folds and --native-fwhm.
void addLeaveOutOptions(CLI::App& verb, LeaveOutOptions& options);

/// Trains anew with the settings of --model (without it the recipe's) on its libraries, or on
/// --atlas, without each fold of standards in turn, types those, and reports; returns the exit
/// status.
[[nodiscard]] int runLeaveOut(
    const LeaveOutOptions& options, const ModelOptions& model, const CommonOptions& common);

} // namespace maury::cli

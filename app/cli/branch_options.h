#pragma once

#include "core/base/result.h"
#include "core/train/training_config.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace maury::cli {

/// Where a run begins that goes on from an epoch of another one.
struct BranchOptions {
    std::string from; ///< checkpoint of the other run; empty: no branch
    int epoch = 0; ///< 1-based
};

/// Adds --branch and --at-epoch.
void addBranchOptions(CLI::App& verb, BranchOptions& options);

/// Writes the checkpoint of the branch; of `given` those live settings hold that stand on the
/// command line. Errors: OptionInvalid, and those of train::branchRun().
[[nodiscard]] base::Result<void> makeBranch(const CLI::App& verb, const BranchOptions& options,
    const train::LiveSettings& given, const std::filesystem::path& checkpoint);

} // namespace maury::cli

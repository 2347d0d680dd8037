#pragma once

#include "core/base/result.h"
#include "core/train/backend.h"
#include "core/train/checkpoint.h"
#include "core/train/model.h"

#include <filesystem>
#include <vector>

namespace maury::train {

/// The network of one epoch of a run, kept beside its checkpoint FILE as a model in FILE.epochs/.
struct KeptEpoch {
    int epoch = 0; ///< 0-based
    std::filesystem::path file;
};

[[nodiscard]] std::filesystem::path keptEpochsFolder(const std::filesystem::path& checkpoint);
/// Ascending; empty when there are none.
[[nodiscard]] std::vector<KeptEpoch> keptEpochs(const std::filesystem::path& checkpoint);

/// All that a run needs to go on after an epoch, but its history.
struct EpochState {
    Model model; ///< whose settings hold the live settings as they stood at the end of the epoch
    OptimizerState optimizer;
    double fitLoss = 0.0; ///< on a tenth of the training set: what tells the best epoch
};

/// Keeps the epoch that `checkpoint` was made after, if it is a multiple of k. When the kept epochs
/// outgrow the budget of its settings, k doubles and those in between are removed, so that a long
/// run stays evenly covered. Errors: WriteFailed.
[[nodiscard]] base::Result<void> keepEpoch(const Checkpoint& checkpoint, double fitLoss);

/// Errors: those of readModel(); ValueMissing in a file of a program that did not keep optimisers.
[[nodiscard]] base::Result<EpochState> readKeptEpoch(const std::filesystem::path& file);

/// EpochState::fitLoss alone. Errors: as readKeptEpoch().
[[nodiscard]] base::Result<double> fitLossOf(const std::filesystem::path& file);

/// What an earlier run left under the same name. Errors: WriteFailed.
[[nodiscard]] base::Result<void> forgetKeptEpochs(const std::filesystem::path& checkpoint);

} // namespace maury::train

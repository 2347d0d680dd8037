#pragma once

#include "core/base/result.h"
#include "core/train/backend.h"
#include "core/train/model.h"
#include "core/train/training_event.h"

#include <filesystem>
#include <string>
#include <vector>

namespace maury::train {

/// All that a run needs to go on as if it had never stopped, as of the end of an epoch.
struct Checkpoint {
    TrainingConfig config; ///< with the live settings as they stood
    Model model; ///< after the last epoch
    OptimizerState optimizer;
    nn::Parameters best; ///< of bestEpoch
    int bestEpoch = 0;
    double bestLoss = 0.0;
    std::string trainIdentity; ///< identityOf() of the data sets
    std::string testIdentity;
    std::vector<EpochDone> history; ///< one per finished epoch
    std::vector<SettingChanged> changes;
};

/// One HDF5 file, replaced in one step. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeCheckpoint(
    const Checkpoint& checkpoint, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged, FileTruncated, FormatVersion, ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<Checkpoint> readCheckpoint(const std::filesystem::path& file);

/// FILE.best: the model of the best epoch.
[[nodiscard]] std::filesystem::path bestModelFile(const std::filesystem::path& checkpoint);

} // namespace maury::train

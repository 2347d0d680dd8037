#pragma once

#include "core/robust/robust_config.h"
#include "core/train/backend.h"
#include "core/train/parameters_file.h"
#include "core/train/training_event.h"

#include <filesystem>
#include <string>
#include <vector>

namespace maury::robust {

/// All that a robust run needs to go on as if it had never stopped, as of the end of an epoch.
/// Standards, standardisation and test stars follow from the libraries and `config`.
struct RobustCheckpoint {
    RobustConfig config; ///< as the run began
    RobustLive live; ///< as the settings stood
    std::string identity; ///< of the standards and the test stars
    std::vector<std::string> classes; ///< that `history` counts
    std::vector<train::StoredNetwork> members; ///< finished ones, those of the blue part first
    train::StoredNetwork current; ///< of the member that is being trained
    train::OptimizerState optimizer;
    std::vector<train::EpochDone> history; ///< one per finished epoch of all members
    std::vector<train::SettingChanged> changes;
};

/// One HDF5 file, replaced in one step. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeCheckpoint(
    const RobustCheckpoint& checkpoint, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged, FileTruncated, FormatUnknown (a checkpoint of the paper's
/// protocol, too), FormatVersion, ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<RobustCheckpoint> readRobustCheckpoint(
    const std::filesystem::path& file);

/// Whether a run with these settings can be the one that the checkpoint is of: everything agrees
/// but for what may change in mid-run, threads and places. Errors: ModelMismatch.
[[nodiscard]] base::Result<void> checkSameRun(
    const RobustConfig& config, const RobustCheckpoint& checkpoint);

} // namespace maury::robust

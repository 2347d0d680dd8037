#pragma once

#include "core/gon/gon_trainer.h"
#include "core/gon/training_network.h"

namespace maury::gon {

/// A run after a whole number of epochs: all that is needed to go on.
struct GonCheckpoint {
    GonConfig config; ///< as the run began
    GonLive live; ///< as it stood
    std::string identity; ///< of the data
    NetworkState network;
    std::vector<train::EpochDone> history;
    std::vector<train::SettingChanged> changes;
};

/// Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeCheckpoint(
    const GonCheckpoint& checkpoint, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged, FormatUnknown, FormatVersion, ValueMissing,
/// ValueInvalid.
[[nodiscard]] base::Result<GonCheckpoint> readGonCheckpoint(const std::filesystem::path& file);

/// Whether a run has the settings that it must share with the checkpoint it resumes. Errors:
/// ModelMismatch.
[[nodiscard]] base::Result<void> checkSameRun(
    const GonConfig& config, const GonCheckpoint& checkpoint);

/// SHA-256 of the training and test spectra and how they are varied.
[[nodiscard]] std::string identityOf(const GonData& data);

} // namespace maury::gon

#pragma once

#include "core/train/checkpoint.h"
#include "core/train/trainer.h"

namespace maury::train {

/// Whether a run with these settings can work on the data. Errors: OptionInvalid (no samples, batch
/// larger than the set, --fresh without atlases), ModelMismatch (train and test set differ in grid
/// or classes).
[[nodiscard]] base::Result<void> checkData(const TrainingConfig& config, const TrainingData& data);

/// Whether a run has the hyper-parameters that it must share with the checkpoint it resumes.
/// Errors: ModelMismatch.
[[nodiscard]] base::Result<void> checkSameRun(
    const TrainingConfig& config, const Checkpoint& checkpoint);

/// Whether the settings of a run, as JSON, are those of the checkpoint it resumes. Errors:
/// ModelMismatch.
[[nodiscard]] base::Result<void> checkSameSettings(const std::filesystem::path& checkpoint,
    const std::string& found, const std::string& expected);

/// Whether the data are those of the run that is resumed. Errors: ModelMismatch.
[[nodiscard]] base::Result<void> checkSameData(
    const TrainingConfig& config, const TrainingData& data, const Checkpoint& checkpoint);

/// What a run knows of its model before the first step: all but the parameters.
[[nodiscard]] Model untrainedModel(const TrainingConfig& config, const dataset::SampleSet& train);

} // namespace maury::train

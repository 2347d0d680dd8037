#pragma once

#include "core/train/trainer.h"

namespace maury::train {

/// Tells the backend of the sets of a run. Errors: BackendFailed.
[[nodiscard]] base::Result<void> keepSets(Backend& backend, const TrainingData& data);

/// The training set of a run that augments anew for every epoch.
class FreshSet {
public:
    /// New variations of the training spectra, in a set of the run's own, of which the backend is
    /// told. Errors: those of refreshSampleSet(), BackendFailed.
    [[nodiscard]] base::Result<void> remake(TrainingData& data, const TrainingConfig& config,
        const dataset::AugmentationSettings& augmentation, int epoch, Backend& backend,
        const std::stop_token& stop);

private:
    std::shared_ptr<dataset::SampleSet> m_own;
};

} // namespace maury::train

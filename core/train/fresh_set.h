#pragma once

#include "core/train/trainer.h"

namespace maury::train {

/// Tells the backend of the sets of a run. Errors: BackendFailed.
[[nodiscard]] base::Result<void> keepSets(Backend& backend, const TrainingData& data);

/// The training set of a run that augments anew for every epoch.
class FreshSet {
public:
    /// New variations of the training spectra: where the backend keeps them or, when it does not
    /// make any, in a set of the run's own, of which the backend is told. Errors: those of
    /// standardsOfSet(), those of refreshSampleSet(), BackendFailed.
    [[nodiscard]] base::Result<void> remake(TrainingData& data, const TrainingConfig& config,
        const dataset::AugmentationSettings& augmentation, int epoch, Backend& backend,
        const std::stop_token& stop);

private:
    [[nodiscard]] base::Result<bool> remakeOnDevice(const TrainingData& data,
        const dataset::BuildOptions& options, int epoch, Backend& backend);

    std::shared_ptr<dataset::SampleSet> m_own;
    mk::SpectraMatrix m_standards; ///< of the set, for backends that make variations
    bool m_onDevice = true; ///< until a backend says that it does not
};

} // namespace maury::train

#pragma once

#include "core/dataset/augmentation.h"
#include "core/gon/gon_config.h"
#include "core/gon/gon_model.h"
#include "core/gon/spectrum_set.h"
#include "core/train/pause_gate.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace maury::gon {

/// What a run works on. With `variation` the training set holds noise-free templates on a regular
/// grid, of which every batch makes fresh variations with noise of the settings' gain; without, the
/// spectra as they are.
struct GonData {
    SpectrumSet train;
    std::optional<dataset::AugmentationSettings> variation;
    /// Scored after every epoch (χ² per degree of freedom, one affine inference) and used for the
    /// calibration of bands afterwards; may be empty.
    SpectrumSet test;
};

struct GonReport {
    GonModel model;
    std::vector<train::EpochDone> history; ///< one per epoch, from epoch 0 also when resumed
    std::vector<train::SettingChanged> changes;
    double seconds = 0.0; ///< without pauses
    double stepMilliseconds = 0.0; ///< median
    double spectraPerSecond = 0.0;
    double loss = 0.0; ///< of the last batch
    std::string backend; ///< that trained it ("cpu", …); empty: nothing was trained
    bool stopped = false; ///< ended by the stop token
};

/// Trains one network with the classifier's events and controls. In StepDone and TrainSummary `loss`
/// is the mean over the batch of (½χ² + ½|z|²)/pixels, `lossSc` the mean of χ²/pixels and `lossLc`
/// that of |z|²/pixels; in EpochDone::test `loss` is the median of χ²/dof on the test set and
/// `sc.loss` its mean. Accuracies are 0. An epoch is kStepsPerEpoch steps.
class GonTrainer {
public:
    /// Runs in the calling thread until done or stopped. A pure function of data, config, threads
    /// and what the control changes. Errors: OptionInvalid (validate(); latent larger than the
    /// pixels or the spectra's number), ValueInvalid, WavelengthsInvalid (check(); another grid of
    /// the test set), TrainingDiverged (the last good checkpoint stands), BackendUnavailable.
    [[nodiscard]] static base::Result<GonReport> run(const GonConfig& config, const GonData& data,
        GonControl& control, const train::TrainingObserver& observer, std::stop_token stop);

    /// Continues from config.checkpoint: equal to an uninterrupted run bit for bit (same threads).
    /// Errors as run(), those of reading the checkpoint; ModelMismatch when data or settings differ.
    [[nodiscard]] static base::Result<GonReport> resume(const GonConfig& config,
        const GonData& data, GonControl& control, const train::TrainingObserver& observer,
        std::stop_token stop);
};

/// What a run that came to a bad end had reached at its last checkpoint, as a usable model. Errors:
/// those of reading the checkpoint.
[[nodiscard]] base::Result<GonReport> lastGoodReport(
    const std::filesystem::path& checkpoint, const GonData& data);

/// The ivar-weighted principal components of a training set as a model (the PCA/Wiener baseline):
/// the same inference, prior and bands as a GON. Errors: as GonTrainer::run().
[[nodiscard]] base::Result<GonModel> principalComponentModel(
    const GonConfig& config, const GonData& data);

} // namespace maury::gon

#pragma once

#include "core/dataset/sample_set.h"
#include "core/train/backend.h"
#include "core/train/model.h"
#include "core/train/pause_gate.h"
#include "core/train/training_control.h"
#include "core/train/training_event.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace maury::train {

/// What a run works on. `atlases` are needed for fresh-every-epoch runs only, which work on a copy
/// of `train`: move the only pointer in, and the set is held once all the same.
struct TrainingData {
    dataset::SampleSetPtr train;
    dataset::SampleSetPtr test; ///< may be empty
    std::vector<mk::AtlasPtr> atlases;
};

struct TrainingReport {
    Model model; ///< last epoch
    Model best; ///< of bestEpoch; that of the last step when no epoch was finished
    /// 0-based; the epoch whose weights had the lowest loss on a tenth of the training set. Gradient
    /// descent at a constant rate jumps: a run that happens to end in a jump does not lose its work.
    /// The test set has no say, so that its figures for this epoch are those of unseen data.
    int bestEpoch = 0;
    std::vector<EpochDone> history; ///< one per epoch, from epoch 0 also when resumed
    std::vector<SettingChanged> changes;
    double seconds = 0.0;
    double stepMilliseconds = 0.0; ///< median
    double samplesPerSecond = 0.0;
    bool stopped = false; ///< ended by the stop token; the model is that of the last step
};

/// Trains one network. Runs in the calling thread until done or stopped.
class Trainer {
public:
    /// Preconditions: validate(config) succeeds; backend outlives the call.
    /// Errors: OptionInvalid (batch larger than the set …), ModelMismatch (train and test set
    /// differ in grid or classes), TrainingDiverged (loss not finite; the last checkpoint stands),
    /// BackendFailed.
    [[nodiscard]] static base::Result<TrainingReport> run(const TrainingConfig& config,
        TrainingData data, Backend& backend, TrainingControl& control,
        const TrainingObserver& observer, std::stop_token stop);

    /// Continues from config.checkpoint: equal to an uninterrupted run bit for bit on the CPU (same
    /// threads). Errors as run(), and those of reading the checkpoint; ModelMismatch when data or
    /// network differ.
    [[nodiscard]] static base::Result<TrainingReport> resume(const TrainingConfig& config,
        TrainingData data, Backend& backend, TrainingControl& control,
        const TrainingObserver& observer, std::stop_token stop);
};

/// A text that tells whether two data sets are the same: SHA-256 of labels, names and a part of the
/// spectra.
[[nodiscard]] std::string identityOf(const dataset::SampleSet& set);

/// Scores a model on a set with a backend that has it loaded. Errors: BackendFailed, ModelMismatch.
[[nodiscard]] base::Result<Metrics> evaluateSet(Backend& backend, const Model& model,
    const dataset::SampleSet& set, double weightSc = 2.0, double weightLc = 1.0);

/// The weighted loss of a model on every `stride`-th sample of a set. Errors: as evaluateSet().
[[nodiscard]] base::Result<double> lossOf(Backend& backend, const Model& model,
    const dataset::SampleSet& set, std::size_t stride, double weightSc, double weightLc);

/// Predicted classes [samples] beside the metrics, for views that open the stars of a cell.
struct Predictions {
    std::vector<std::uint16_t> sc;
    std::vector<std::uint16_t> lc;
    std::vector<float> scProbability;
    std::vector<float> lcProbability;
};
[[nodiscard]] base::Result<Predictions> predictSet(
    Backend& backend, const Model& model, const dataset::SampleSet& set);

} // namespace maury::train

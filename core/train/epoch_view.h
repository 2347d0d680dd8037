#pragma once

#include "core/dataset/sample_set.h"
#include "core/nn/first_layer.h"
#include "core/train/backend.h"
#include "core/train/kept_epochs.h"

#include <memory>
#include <vector>

namespace maury::train {

/// What a network makes of a standard: the most probable classes of the mean probabilities over its
/// samples.
struct StandardAnswer {
    int sc = 0; ///< index into the scheme
    int lc = 0; ///< 0 I, 1 III, 2 V
    double scProbability = 0.0;
    double lcProbability = 0.0;
};

/// Samples of each standard that are asked: as many as leave time to scrub through a run.
inline constexpr int kAskedPerStandard = 3;

/// The answers for the standards of a set, in the order of its names, from the first
/// kAskedPerStandard samples that it has of each. Errors: BackendFailed; ModelMismatch (grid or
/// classes differ).
[[nodiscard]] base::Result<std::vector<StandardAnswer>> answerStandards(
    Backend& backend, const Model& model, const dataset::SampleSet& set);

/// A run as it stood after one epoch.
struct EpochView {
    int epoch = 0; ///< 0-based
    mk::ClassScheme scheme;
    spectrum::WavelengthGrid grid;
    std::vector<StandardAnswer> answers; ///< of the standards of the set; empty without one
    nn::FirstLayer firstLayer;
};
using EpochViewPtr = std::shared_ptr<const EpochView>;

/// Reads a kept epoch and asks it. `set` may be null. Errors: those of readModel() and
/// answerStandards().
[[nodiscard]] base::Result<EpochViewPtr> viewEpoch(
    const KeptEpoch& kept, const dataset::SampleSetPtr& set, int threads);

} // namespace maury::train

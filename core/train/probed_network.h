#pragma once

#include "core/dataset/sample_set.h"
#include "core/nn/first_layer.h"
#include "core/nn/network_probe.h"
#include "core/train/model.h"
#include "core/train/training_config.h"

#include <memory>

namespace maury::train {

/// A network before its first step.
struct InitialNetwork {
    nn::NetworkProbe probe; ///< weights and biases only
    nn::Matrix<float> firstWeights; ///< [inputs, units of the first hidden layer]
};

/// The inside of a network as it stood at one moment: immutable, shared with the views.
struct ProbedNetwork {
    nn::NetworkSpec spec;
    mk::ClassScheme scheme;
    std::vector<double> wavelengthAngstrom; ///< [inputs] in air
    int epoch = 0; ///< epochs finished
    nn::NetworkProbe probe;
    nn::FirstLayer firstLayer; ///< its paths lead to the classes of the scheme, and to I, III, V
    std::shared_ptr<const InitialNetwork> initial; ///< null when unknown
};
using ProbedNetworkPtr = std::shared_ptr<const ProbedNetwork>;

/// As many samples are looked at: enough to see the spread, few enough to cost one batch's time.
inline constexpr std::size_t kProbeSamples = 48;

/// The initial weights of a run: a pure function of its settings (seed and initialisation).
[[nodiscard]] nn::Parameters initialParameters(
    const nn::NetworkSpec& spec, const TrainingConfig& config);

/// Looks at the networks of one run, always on the same samples: kProbeSamples of a set (or all it
/// has), evenly spread over its rows.
class NetworkProber {
public:
    /// The set may be null: then only weights and biases are looked at. Precondition: its grid and
    /// classes are the model's.
    NetworkProber(const Model& model, const dataset::SampleSet* set, const TrainingConfig& config,
        bool initialKnown = true);

    /// weightSc, weightLc: of the heads in the loss.
    [[nodiscard]] ProbedNetworkPtr probe(
        const nn::Parameters& parameters, int epoch, double weightSc, double weightLc);

private:
    ProbedNetwork m_frame; ///< what all probes share
    nn::ProbeBatch m_batch;
};

/// Looks at a finished model on the standards of an atlas that belong to its classes. Without an
/// atlas, or where grid or classes do not fit, only weights and biases are known. The initial
/// network is known for models that this version of the program trained.
[[nodiscard]] ProbedNetworkPtr probeModel(const Model& model, const mk::AtlasPtr& atlas);

} // namespace maury::train

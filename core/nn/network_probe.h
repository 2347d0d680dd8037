#pragma once

#include "core/nn/distribution.h"
#include "core/nn/parameters.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace maury::nn {

/// A few samples with their labels on which a network is looked at.
struct ProbeBatch {
    Matrix<float> input; ///< [samples, inputs]
    std::vector<std::uint16_t> sc; ///< [samples]
    std::vector<std::uint16_t> lc;
    Matrix<float> softSc; ///< in place of the labels: [samples, scClasses], rows that sum to 1
    Matrix<float> softLc;
    double weightSc = 2.0; ///< of the heads in the loss
    double weightLc = 1.0;

    [[nodiscard]] Eigen::Index samples() const { return input.rows(); }
    [[nodiscard]] bool isSoft() const { return softSc.size() > 0; }
};

/// What one dense layer holds and does. Without samples only weights and biases are known.
struct LayerProbe {
    enum class Kind { Hidden, SpectralHead, LuminosityHead };
    Kind kind = Kind::Hidden;
    int number = 0; ///< of a hidden layer, from 1
    int fanIn = 0;
    int fanOut = 0;
    Distribution weights; ///< [fanIn, fanOut]
    Distribution biases; ///< [fanOut]
    Distribution sums; ///< Z = A·W + b before the activation, [samples, fanOut]
    Distribution outputs; ///< f(Z); probabilities of a head; [samples, fanOut]
    Distribution gradients; ///< dLoss/dW, [fanIn, fanOut]
    /// Units of a hidden layer whose output stays within ±silentLevel() for every sample.
    int silentUnits = 0;

    [[nodiscard]] std::int64_t parameterCount() const
    {
        return (std::int64_t { fanIn } + 1) * fanOut;
    }
};

struct NetworkProbe {
    std::vector<LayerProbe> layers; ///< hidden layers from the input on, then SC, then LC head
    int samples = 0;
    double loss = std::numeric_limits<double>::quiet_NaN(); ///< on the samples; NaN without any
};

/// Below this a unit says nothing: 0 for ReLU (a dead unit learns no more), 0.01 for GELU, whose
/// outputs of negative sums fade without ever being 0.
[[nodiscard]] float silentLevel(Activation activation);

/// Looks at a network by one forward and one backward pass over the batch, which may be empty. A
/// pure function of its arguments. Preconditions: the parameters fit; the batch, unless it has no
/// samples, has `spec.inputs` columns and labels below the numbers of classes, or soft targets of their shape.
[[nodiscard]] NetworkProbe probeNetwork(
    const NetworkSpec& spec, const Parameters& parameters, const ProbeBatch& batch);

} // namespace maury::nn

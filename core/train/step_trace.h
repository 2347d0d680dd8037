#pragma once

#include "core/mk/class_scheme.h"
#include "core/nn/network.h"
#include "core/train/backend.h"

#include <memory>
#include <vector>

namespace maury::train {

/// One training step number by number: what went in, every result of the forward and of the
/// backward pass as the reference backend computes them (the paper's Eqs. 12–22), and the
/// parameters before and after as the backend of the run had them. Immutable, shared with the
/// views.
struct StepTrace {
    int epoch = 0; ///< 0-based
    std::int64_t step = 0; ///< within the epoch, 0-based
    nn::NetworkSpec spec;
    std::vector<std::string> classes; ///< [scClasses]
    std::vector<double> wavelengthAngstrom; ///< [inputs] in air
    OptimizerSettings optimizer;
    StepSettings settings;
    std::vector<std::uint16_t> sc; ///< [batch] labels
    std::vector<std::uint16_t> lc;
    nn::ForwardState<float> forward;
    nn::Matrix<float> scProbabilities; ///< [batch, scClasses]
    nn::Matrix<float> lcProbabilities; ///< [batch, lcClasses]
    nn::BackwardState<float> backward;
    double lossSc = 0.0; ///< means over the batch
    double lossLc = 0.0;
    double loss = 0.0; ///< weighted
    nn::Parameters before;
    nn::Parameters after;

    [[nodiscard]] Eigen::Index samples() const { return forward.activations.front().rows(); }
};
using StepTracePtr = std::shared_ptr<const StepTrace>;

/// What a step without dropout is described by, besides its numbers.
struct StepFrame {
    int epoch = 0;
    std::int64_t step = 0;
    nn::NetworkSpec spec;
    std::vector<std::string> classes;
    std::vector<double> wavelengthAngstrom;
    OptimizerSettings optimizer;
    StepSettings settings;
};

/// Goes through the forward and the backward pass of a step that a backend has taken from `before`
/// to `after`. Preconditions: both fit frame.spec; the batch has labels and at least one row.
[[nodiscard]] StepTracePtr traceStep(
    const StepFrame& frame, const Batch& batch, nn::Parameters before, nn::Parameters after);

} // namespace maury::train

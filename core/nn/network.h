#pragma once

#include "core/nn/layers.h"

#include <span>
#include <vector>

namespace maury::nn {

/// Everything that the backward pass needs of a forward pass.
template <typename Scalar> struct ForwardState {
    std::vector<Matrix<Scalar>> preActivations; ///< Z of each hidden layer, [batch, width]
    /// [0] the input, then f(Z) of each hidden layer, times its dropout scales if there are any.
    std::vector<Matrix<Scalar>> activations;
    std::vector<Matrix<Scalar>> dropout; ///< scales as given to forward(); empty without dropout
    Matrix<Scalar> scLogits; ///< [batch, scClasses]
    Matrix<Scalar> lcLogits; ///< [batch, lcClasses]
};

/// Labels [batch] of both heads and their weights in the loss
/// (w_SC · CE_SC + w_LC · CE_LC) / (w_SC + w_LC).
struct HeadTargets {
    std::span<const std::uint16_t> sc;
    std::span<const std::uint16_t> lc;
    double weightSc = 2.0;
    double weightLc = 1.0;
};

/// Soft targets of both heads: probabilities [batch, classes] whose rows sum to 1.
template <typename Scalar> struct SoftTargets {
    Matrix<Scalar> sc;
    Matrix<Scalar> lc;
    double weightSc = 2.0;
    double weightLc = 1.0;
};

/// Forward pass of the two-headed network; input [batch, inputs]. `dropout` holds what the outputs
/// of each hidden layer are multiplied by, [batch, width] (see dropoutScales()); empty for none.
template <typename Scalar>
[[nodiscard]] ForwardState<Scalar> forward(const NetworkSpec& spec,
    const NetworkParameters<Scalar>& parameters, Matrix<Scalar> input,
    std::vector<Matrix<Scalar>> dropout = {})
{
    ForwardState<Scalar> state;
    state.dropout = std::move(dropout);
    state.activations.push_back(std::move(input));
    for (std::size_t at = 0; at < parameters.hidden.size(); ++at) {
        state.preActivations.push_back(
            denseForward(state.activations.back(), parameters.hidden[at]));
        state.activations.push_back(
            activationForward(spec.activation, state.preActivations.back()));
        if (!state.dropout.empty())
            state.activations.back().array() *= state.dropout[at].array();
    }
    state.scLogits = denseForward(state.activations.back(), parameters.sc);
    state.lcLogits = denseForward(state.activations.back(), parameters.lc);
    return state;
}

/// The weighted loss of a forward pass. The gradient is divided by w_SC + w_LC like the loss:
/// without that, three times the step fits libr18 better (SC 0.97 instead of 0.94 on libr18_27) but
/// two of three runs on the built-in atlas never come off their first plateau.
/// `Targets` is HeadTargets or SoftTargets<Scalar>.
template <typename Scalar, typename Targets>
[[nodiscard]] double loss(const ForwardState<Scalar>& state, const Targets& targets)
{
    return (targets.weightSc * crossEntropy(state.scLogits, targets.sc)
               + targets.weightLc * crossEntropy(state.lcLogits, targets.lc))
        / (targets.weightSc + targets.weightLc);
}

/// What back-propagation makes on its way: dX is dLoss/dX in the shape of X.
template <typename Scalar> struct BackwardState {
    Matrix<Scalar> dScLogits; ///< [batch, scClasses]
    Matrix<Scalar> dLcLogits; ///< [batch, lcClasses]
    std::vector<Matrix<Scalar>> dActivations; ///< to f(Z) of each hidden layer, [batch, width]
    std::vector<Matrix<Scalar>> dSums; ///< to Z of each hidden layer, [batch, width]
    NetworkParameters<Scalar> gradient;
};

/// Back-propagation with all that it makes on its way. `Targets` is HeadTargets or
/// SoftTargets<Scalar>.
template <typename Scalar, typename Targets>
[[nodiscard]] BackwardState<Scalar> backwardState(const NetworkSpec& spec,
    const NetworkParameters<Scalar>& parameters, const ForwardState<Scalar>& state,
    const Targets& targets)
{
    const double total = targets.weightSc + targets.weightLc;
    const std::size_t layers = parameters.hidden.size();
    BackwardState<Scalar> back;
    back.dScLogits = softmaxCrossEntropyBackward(
        softmax(state.scLogits), targets.sc, static_cast<Scalar>(targets.weightSc / total));
    back.dLcLogits = softmaxCrossEntropyBackward(
        softmax(state.lcLogits), targets.lc, static_cast<Scalar>(targets.weightLc / total));

    back.dActivations.resize(layers);
    back.dSums.resize(layers);
    back.gradient.hidden.resize(layers);
    denseBackwardParameters(state.activations.back(), back.dScLogits, back.gradient.sc);
    denseBackwardParameters(state.activations.back(), back.dLcLogits, back.gradient.lc);
    Matrix<Scalar> dActivation = denseBackwardInput(back.dScLogits, parameters.sc)
        + denseBackwardInput(back.dLcLogits, parameters.lc);
    for (std::size_t layer = layers; layer-- > 0;) {
        if (!state.dropout.empty())
            dActivation.array() *= state.dropout[layer].array();
        back.dSums[layer]
            = activationBackward(spec.activation, state.preActivations[layer], dActivation);
        back.dActivations[layer] = std::move(dActivation);
        denseBackwardParameters(
            state.activations[layer], back.dSums[layer], back.gradient.hidden[layer]);
        if (layer > 0)
            dActivation = denseBackwardInput(back.dSums[layer], parameters.hidden[layer]);
    }
    return back;
}

/// Back-propagation: the gradient of loss() in the shapes of the parameters. `Targets` as there.
template <typename Scalar, typename Targets>
[[nodiscard]] NetworkParameters<Scalar> backward(const NetworkSpec& spec,
    const NetworkParameters<Scalar>& parameters, const ForwardState<Scalar>& state,
    const Targets& targets)
{
    return backwardState(spec, parameters, state, targets).gradient;
}

} // namespace maury::nn

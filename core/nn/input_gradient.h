#pragma once

#include "core/nn/network.h"

namespace maury::nn {

/// dF/dZ of the first hidden layer, [batch, width], of any quantity F of the logits whose gradients
/// are dSc = dF/dscLogits [batch, scClasses] and dLc [batch, lcClasses]. Each row of the batch has
/// its own F.
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> backwardToFirstLayer(const NetworkSpec& spec,
    const NetworkParameters<Scalar>& parameters, const ForwardState<Scalar>& state,
    const Matrix<Scalar>& dSc, const Matrix<Scalar>& dLc)
{
    Matrix<Scalar> dActivation
        = denseBackwardInput(dSc, parameters.sc) + denseBackwardInput(dLc, parameters.lc);
    for (std::size_t layer = parameters.hidden.size();;) {
        --layer;
        if (!state.dropout.empty())
            dActivation.array() *= state.dropout[layer].array();
        Matrix<Scalar> dZ
            = activationBackward(spec.activation, state.preActivations[layer], dActivation);
        if (layer == 0)
            return dZ;
        dActivation = denseBackwardInput(dZ, parameters.hidden[layer]);
    }
}

/// dF/dX, [batch, inputs], of the same quantity: how F changes with every input pixel.
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> backwardToInput(const NetworkSpec& spec,
    const NetworkParameters<Scalar>& parameters, const ForwardState<Scalar>& state,
    const Matrix<Scalar>& dSc, const Matrix<Scalar>& dLc)
{
    return denseBackwardInput(
        backwardToFirstLayer(spec, parameters, state, dSc, dLc), parameters.hidden.front());
}

} // namespace maury::nn

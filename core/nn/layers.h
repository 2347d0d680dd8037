#pragma once

// The layers of the paper's network, each as one forward and one backward function that a student
// can check by hand. All matrices are [batch, features]; gradients dX have the shape of X and hold
// dLoss/dX.

#include "core/nn/activation.h"
#include "core/nn/parameters.h"

#include <cstdint>
#include <span>

namespace maury::nn {

/// Dense layer, forward propagation: Z = A·W + b, with A [batch, fanIn], Z [batch, fanOut].
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> denseForward(
    const Matrix<Scalar>& input, const DenseParameters<Scalar>& layer)
{
    Matrix<Scalar> output = input * layer.weights;
    output.rowwise() += layer.biases;
    return output;
}

/// Dense layer, back-propagation to its parameters: dW = Aᵀ·dZ, db = Σ over the batch of dZ.
/// Overwrites.
template <typename Scalar>
void denseBackwardParameters(
    const Matrix<Scalar>& input, const Matrix<Scalar>& dOutput, DenseParameters<Scalar>& gradient)
{
    gradient.weights.noalias() = input.transpose() * dOutput;
    gradient.biases = dOutput.colwise().sum();
}

/// Dense layer, back-propagation to its input: dA = dZ·Wᵀ.
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> denseBackwardInput(
    const Matrix<Scalar>& dOutput, const DenseParameters<Scalar>& layer)
{
    return dOutput * layer.weights.transpose();
}

/// Activation, forward: A = f(Z) element by element.
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> activationForward(Activation activation, const Matrix<Scalar>& z)
{
    return z.unaryExpr([activation](Scalar a) { return activate(activation, a); });
}

/// Activation, backward: dZ = dA ⊙ f′(Z).
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> activationBackward(
    Activation activation, const Matrix<Scalar>& z, const Matrix<Scalar>& dOutput)
{
    return dOutput.cwiseProduct(
        z.unaryExpr([activation](Scalar a) { return activationDerivative(activation, a); }));
}

/// Softmax over each row, max-shifted so that no exponential overflows.
template <typename Scalar> [[nodiscard]] Matrix<Scalar> softmax(const Matrix<Scalar>& logits)
{
    Matrix<Scalar> result(logits.rows(), logits.cols());
    for (Eigen::Index row = 0; row < logits.rows(); ++row) {
        result.row(row) = (logits.row(row).array() - logits.row(row).maxCoeff()).exp();
        result.row(row) /= result.row(row).sum();
    }
    return result;
}

/// Mean over the batch of −ln p(true class), from logits, so that a vanishing probability gives a
/// large and not an infinite loss. labels: [batch].
template <typename Scalar>
[[nodiscard]] double crossEntropy(
    const Matrix<Scalar>& logits, std::span<const std::uint16_t> labels)
{
    double sum = 0.0;
    for (Eigen::Index row = 0; row < logits.rows(); ++row) {
        const Scalar maximum = logits.row(row).maxCoeff();
        const auto total = static_cast<double>((logits.row(row).array() - maximum).exp().sum());
        const Scalar own = logits(row, labels[static_cast<std::size_t>(row)]);
        sum += std::log(total) + static_cast<double>(maximum - own);
    }
    return sum / static_cast<double>(logits.rows());
}

/// Mean over the batch of −Σ t ln p, from logits: cross-entropy with soft targets t, of which the
/// one-hot labels above are a special case. targets: [batch, classes], rows that sum to 1.
template <typename Scalar>
[[nodiscard]] double crossEntropy(const Matrix<Scalar>& logits, const Matrix<Scalar>& targets)
{
    double sum = 0.0;
    for (Eigen::Index row = 0; row < logits.rows(); ++row) {
        const Scalar maximum = logits.row(row).maxCoeff();
        const auto total = static_cast<double>((logits.row(row).array() - maximum).exp().sum());
        const auto mean = static_cast<double>(
            (targets.row(row).array() * (logits.row(row).array() - maximum)).sum());
        sum += std::log(total) - mean;
    }
    return sum / static_cast<double>(logits.rows());
}

/// Softmax with cross-entropy and soft targets, backward: dZ = weight · (p − t) / batch.
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> softmaxCrossEntropyBackward(
    const Matrix<Scalar>& probabilities, const Matrix<Scalar>& targets, Scalar weight)
{
    return (probabilities - targets) * (weight / static_cast<Scalar>(probabilities.rows()));
}

/// Softmax with cross-entropy, backward: dZ = weight · (p − one-hot(label)) / batch.
template <typename Scalar>
[[nodiscard]] Matrix<Scalar> softmaxCrossEntropyBackward(
    const Matrix<Scalar>& probabilities, std::span<const std::uint16_t> labels, Scalar weight)
{
    Matrix<Scalar> dLogits = probabilities;
    for (Eigen::Index row = 0; row < dLogits.rows(); ++row)
        dLogits(row, labels[static_cast<std::size_t>(row)]) -= Scalar(1);
    return dLogits * (weight / static_cast<Scalar>(dLogits.rows()));
}

} // namespace maury::nn

#pragma once

#include "core/nn/network_spec.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace maury::nn {

template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <typename Scalar> using RowVector = Eigen::Matrix<Scalar, 1, Eigen::Dynamic>;

/// One dense layer: out = in · weights + biases, with in [batch, fanIn].
template <typename Scalar> struct DenseParameters {
    Matrix<Scalar> weights; ///< [fanIn, fanOut]
    RowVector<Scalar> biases; ///< [fanOut]
};

/// All trainable numbers of a NetworkSpec. Also used for gradients and optimiser moments (same
/// shapes).
template <typename Scalar> struct NetworkParameters {
    std::vector<DenseParameters<Scalar>> hidden; ///< one per hidden layer
    DenseParameters<Scalar> sc; ///< last hidden → spectral classes
    DenseParameters<Scalar> lc; ///< last hidden → luminosity classes

    /// Calls visit(layer) on each dense layer: hidden layers first, then sc, then lc.
    template <typename Visitor> void forEach(Visitor&& visit)
    {
        for (auto& layer : hidden)
            visit(layer);
        visit(sc);
        visit(lc);
    }
    template <typename Visitor> void forEach(Visitor&& visit) const
    {
        for (const auto& layer : hidden)
            visit(layer);
        visit(sc);
        visit(lc);
    }
};
using Parameters = NetworkParameters<float>;

/// Zeros in the shapes of `spec`.
template <typename Scalar>
[[nodiscard]] NetworkParameters<Scalar> zeroParameters(const NetworkSpec& spec);

/// The same numbers in another precision.
template <typename To, typename From>
[[nodiscard]] DenseParameters<To> castParameters(const DenseParameters<From>& source)
{
    return { source.weights.template cast<To>(), source.biases.template cast<To>() };
}
template <typename To, typename From>
[[nodiscard]] NetworkParameters<To> castParameters(const NetworkParameters<From>& source)
{
    NetworkParameters<To> result;
    for (const auto& hidden : source.hidden)
        result.hidden.push_back(castParameters<To>(hidden));
    result.sc = castParameters<To>(source.sc);
    result.lc = castParameters<To>(source.lc);
    return result;
}

/// Random initial weights, zero biases; a pure function of its arguments.
[[nodiscard]] Parameters initialParameters(
    const NetworkSpec& spec, Initialisation initialisation, std::uint64_t seed);

/// Whether the shapes of `parameters` are those of `spec`.
[[nodiscard]] bool fits(const Parameters& parameters, const NetworkSpec& spec);
/// Whether every number is finite.
[[nodiscard]] bool allFinite(const Parameters& parameters);

} // namespace maury::nn

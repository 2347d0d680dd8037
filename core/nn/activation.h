#pragma once

#include "core/nn/network_spec.h"

#include <cmath>
#include <numbers>

namespace maury::nn {

/// GELU in its tanh form (Hendrycks & Gimpel 2016), the activation of the paper:
/// f(a) = a/2 · [1 + tanh(√(2/π) (a + 0.044715 a³))].
template <typename Scalar> [[nodiscard]] Scalar geluTanh(Scalar a)
{
    const auto scale = static_cast<Scalar>(std::numbers::sqrt2 * std::numbers::inv_sqrtpi);
    const Scalar inner = scale * (a + static_cast<Scalar>(0.044715) * a * a * a);
    return static_cast<Scalar>(0.5) * a * (Scalar(1) + std::tanh(inner));
}

template <typename Scalar> [[nodiscard]] Scalar geluTanhDerivative(Scalar a)
{
    const auto scale = static_cast<Scalar>(std::numbers::sqrt2 * std::numbers::inv_sqrtpi);
    const Scalar cubic = static_cast<Scalar>(0.044715) * a * a;
    const Scalar t = std::tanh(scale * a * (Scalar(1) + cubic));
    const Scalar slope = scale * (Scalar(1) + Scalar(3) * cubic);
    return static_cast<Scalar>(0.5) * (Scalar(1) + t + a * (Scalar(1) - t * t) * slope);
}

/// Exact GELU: f(a) = a Φ(a), with Φ the standard normal distribution function.
template <typename Scalar> [[nodiscard]] Scalar geluExact(Scalar a)
{
    const auto inverseRoot2 = static_cast<Scalar>(1.0 / std::numbers::sqrt2);
    return static_cast<Scalar>(0.5) * a * (Scalar(1) + std::erf(a * inverseRoot2));
}

/// f′(a) = Φ(a) + a φ(a).
template <typename Scalar> [[nodiscard]] Scalar geluExactDerivative(Scalar a)
{
    const auto inverseRoot2 = static_cast<Scalar>(1.0 / std::numbers::sqrt2);
    const auto density = static_cast<Scalar>(inverseRoot2 * std::numbers::inv_sqrtpi)
        * std::exp(static_cast<Scalar>(-0.5) * a * a);
    return static_cast<Scalar>(0.5) * (Scalar(1) + std::erf(a * inverseRoot2)) + a * density;
}

template <typename Scalar> [[nodiscard]] Scalar activate(Activation activation, Scalar a)
{
    switch (activation) {
    case Activation::GeluTanh:
        return geluTanh(a);
    case Activation::GeluExact:
        return geluExact(a);
    case Activation::Relu:
        return a > Scalar(0) ? a : Scalar(0);
    }
    return a;
}

/// f′(a); ReLU's is taken as 0 at a = 0.
template <typename Scalar>
[[nodiscard]] Scalar activationDerivative(Activation activation, Scalar a)
{
    switch (activation) {
    case Activation::GeluTanh:
        return geluTanhDerivative(a);
    case Activation::GeluExact:
        return geluExactDerivative(a);
    case Activation::Relu:
        return a > Scalar(0) ? Scalar(1) : Scalar(0);
    }
    return Scalar(1);
}

} // namespace maury::nn

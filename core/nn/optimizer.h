#pragma once

#include "core/nn/parameters.h"

#include <cmath>
#include <cstdint>

namespace maury::nn {

/// Update rules on flat arrays of one tensor; `size` numbers each. All overwrite `value`.

/// Plain gradient descent (the paper's): w ← w − λ·g.
template <typename Scalar>
void sgdUpdate(Scalar* value, const Scalar* gradient, std::int64_t size, double rate)
{
    const auto lambda = static_cast<Scalar>(rate);
    for (std::int64_t i = 0; i < size; ++i)
        value[i] -= lambda * gradient[i];
}

/// Momentum (Polyak 1964): v ← β·v + g, w ← w − λ·v.
template <typename Scalar>
void momentumUpdate(Scalar* value, const Scalar* gradient, Scalar* velocity, std::int64_t size,
    double rate, double momentum)
{
    const auto lambda = static_cast<Scalar>(rate);
    const auto beta = static_cast<Scalar>(momentum);
    for (std::int64_t i = 0; i < size; ++i) {
        velocity[i] = beta * velocity[i] + gradient[i];
        value[i] -= lambda * velocity[i];
    }
}

/// The scalars of one AdamW step (Loshchilov & Hutter 2019), ε = 1e-8. step counts from 1.
struct AdamStep {
    double rate = 0.0;
    double beta1 = 0.9;
    double beta2 = 0.99;
    double weightDecay = 0.0;
    std::int64_t step = 1;
};

/// m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w·(1 − λ·decay) − λ·m̂/(√v̂ + ε).
template <typename Scalar>
void adamwUpdate(Scalar* value, const Scalar* gradient, Scalar* first, Scalar* second,
    std::int64_t size, const AdamStep& step)
{
    const double correction1 = 1.0 - std::pow(step.beta1, static_cast<double>(step.step));
    const double correction2 = 1.0 - std::pow(step.beta2, static_cast<double>(step.step));
    const auto beta1 = static_cast<Scalar>(step.beta1);
    const auto beta2 = static_cast<Scalar>(step.beta2);
    const auto keep = static_cast<Scalar>(1.0 - step.rate * step.weightDecay);
    const auto lambda = static_cast<Scalar>(step.rate / correction1);
    const auto scale = static_cast<Scalar>(1.0 / std::sqrt(correction2));
    const auto epsilon = static_cast<Scalar>(1e-8);
    for (std::int64_t i = 0; i < size; ++i) {
        first[i] = beta1 * first[i] + (Scalar(1) - beta1) * gradient[i];
        second[i] = beta2 * second[i] + (Scalar(1) - beta2) * gradient[i] * gradient[i];
        value[i] = keep * value[i] - lambda * first[i] / (scale * std::sqrt(second[i]) + epsilon);
    }
}

} // namespace maury::nn

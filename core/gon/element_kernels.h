#pragma once

// Element-wise arithmetic of the networks here, for the vector width of the processor. Arrays may
// begin anywhere.

#include "core/gon/gon_config.h"

#include <cstddef>

namespace maury::gon::kernels {

/// value[i] ← f(value[i]), slope[i] ← f′, curve[i] ← f″ of the number that was there; `frequency` is
/// the w₀ of the sine. slope and curve may be null (curve alone, or both). Absolute error of float
/// values ≤ 2e-6 for |a| ≤ 100.
void activate(Activation activation, double frequency, float* value, float* slope, float* curve,
    std::size_t count);
/// The same in double precision, with the library's functions.
void activate(Activation activation, double frequency, double* value, double* slope, double* curve,
    std::size_t count);
/// The same of the sums a[i] + b[i]; b may be null.
void activateSum(Activation activation, double frequency, const float* a, const float* b,
    float* value, float* slope, float* curve, std::size_t count);
void activateSum(Activation activation, double frequency, const double* a, const double* b,
    double* value, double* slope, double* curve, std::size_t count);

/// delta[i] ← factor · weight[i] · (model[i] − data[i]); returns Σ weight (model − data)².
double weightedResidual(const float* model, const float* data, const float* weight, float factor,
    float* delta, std::size_t count);
double weightedResidual(const double* model, const double* data, const double* weight,
    double factor, double* delta, std::size_t count);

/// Adam on a block of rows of `width` numbers each: value −= rate · scale[column] · m̂ / (√v̂ + ε).
/// `scale` of `width` numbers, or null for 1 everywhere.
struct AdamStep {
    double beta1 = 0.9;
    double beta2 = 0.99;
    double rate = 0.0; ///< λ / (1 − β₁ᵗ)
    double root = 1.0; ///< 1 / √(1 − β₂ᵗ)
    double gradientFactor = 1.0; ///< of clipping
};
void adam(float* value, const float* gradient, float* first, float* second, std::size_t rows,
    std::size_t width, const float* scale, const AdamStep& step);
void adam(double* value, const double* gradient, double* first, double* second, std::size_t rows,
    std::size_t width, const double* scale, const AdamStep& step);

} // namespace maury::gon::kernels

#pragma once

#include "core/base/random.h"

#include <span>

namespace maury::dataset {

// Photon noise. The noise of a pixel depends on the stream's key, the pixel's number and its flux
// alone.

/// Replaces each flux by K / gain, where K is a Poisson number of mean λ = gain · flux: exact in
/// distribution at every flux, up to the float32 rounding of λ (relative 6e-8) and, above λ =
/// 10, 2.7e-11 of the law's tails. A flux ≤ 0 becomes 0; one that is not finite stays. Vectorised.
/// Precondition: gain > 0.
void addPoissonNoise(std::span<float> flux, double gain, const base::RandomStream& stream);

/// The same mean and variance by a normal law: flux + √(flux / gain) · N(0, 1). A flux ≤ 0 becomes
/// 0; results may be negative. Vectorised. Precondition: gain > 0.
void addGaussianNoise(std::span<float> flux, double gain, const base::RandomStream& stream);

} // namespace maury::dataset

#pragma once

#include "core/base/random.h"

namespace maury::dataset {

/// Below this mean a Poisson number is drawn by inversion, from here on by the
/// acceptance–complement method.
inline constexpr double kPoissonNormalFrom = 10.0;

/// A Poisson number of mean `lambda`, exact to double rounding at every mean: 0 for lambda ≤ 0, and
/// lambda itself where it is not finite.
[[nodiscard]] double poissonNumber(double lambda, base::RandomStream& stream);

/// The exact half of Ahrens & Dieter's acceptance–complement method (algorithm PD: 1982, ACM Trans.
/// Math. Software 8, 163), for proposals that acceptedBySqueeze() does not settle. `proposal` =
/// floor(λ + √λ T) with T standard normal has probability f_k; it is accepted with probability p_k
/// / f_k when that is below 1 (p_k: Poisson's law), else always; a refused one is replaced by a
/// draw from the surplus (p_k − f_k)⁺, by rejection from a Laplace density. `uniform` in [0, 1)
/// decides the first step. Precondition: lambda ≥ kPoissonNormalFrom.
[[nodiscard]] double settlePoisson(
    double lambda, double proposal, double uniform, base::RandomStream& stream);

/// PD's squeeze: p_k / f_k ≥ 1 − (λ − k)³ / (6 λ²), so that most proposals need no more than this.
[[nodiscard]] inline bool acceptedBySqueeze(double lambda, double proposal, double uniform)
{
    const double below = lambda - proposal;
    return below * below * below <= 6.0 * lambda * lambda * uniform;
}

} // namespace maury::dataset

#pragma once

#include "core/mk/synthetic/plasma.h"

#include <vector>

namespace maury::mk::synthetic {

/// Exponential integrals of order 1 to 3, t > 0 (E₂(0) = 1, E₃(0) = ½): series below 1, continued
/// fraction above (Abramowitz & Stegun 5.1.11, 5.1.14, 5.1.22); relative error below 1e-10.
[[nodiscard]] double exponentialIntegral(int order, double t);

/// Planck's function B_λ, erg/(cm² s cm sr), at a wavelength in Å.
[[nodiscard]] double planck(double wavelengthAngstrom, double temperature);

/// How far the line source function falls below Planck's at the surface: S = B [1 − β/(1 +
/// τ/0.05)]. In LTE (β = 0) lines of hot stars come out far too shallow; β grows from 0.15 (cool)
/// to 0.7 (O stars).
[[nodiscard]] double sourceFunctionDeficit(double effectiveTemperature);

/// The emergent flux divided by the continuum's at every grid point: F = 2 ∫ S E₂(t) dt (times π),
/// with t from the ratio of the opacity to the Rosseland mean. lineOpacity: [layers, grid points],
/// cm²/g. Returns [grid points].
[[nodiscard]] std::vector<float> residualFlux(const Plasma& plasma, const SynthesisGrid& grid,
    const LayerMatrix& lineOpacity, double deficit);

} // namespace maury::mk::synthetic

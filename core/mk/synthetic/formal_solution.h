#pragma once

#include "core/mk/synthetic/plasma.h"

#include <span>
#include <vector>

namespace maury::mk::synthetic {

/// Exponential integrals of order 1 to 3, t > 0 (E₂(0) = 1, E₃(0) = ½): series below 1, continued
/// fraction above (Abramowitz & Stegun 5.1.11, 5.1.14, 5.1.22); relative error below 1e-10.
[[nodiscard]] double exponentialIntegral(int order, double t);

/// Planck's function B_λ, erg/(cm² s cm sr), at a wavelength in Å.
[[nodiscard]] double planck(double wavelengthAngstrom, double temperature);

/// How far a line source function falls below Planck's: S = B [1 − depth/(1 + τ/scale)], τ
/// Rosseland. In LTE (depth 0) lines of hot stars come out far too shallow.
struct SourceDeficit {
    double depth = 0.0;
    double scale = 0.05;

    [[nodiscard]] double share(double opticalDepth) const
    {
        return 1.0 - depth / (1.0 + opticalDepth / scale);
    }
};

/// The opacity of one kind of lines, [layers, grid points] in cm²/g, and its source function.
struct LineSource {
    const LayerMatrix& opacity;
    SourceDeficit deficit;
};

/// The emergent flux divided by the continuum's at every grid point: F = 2 ∫ S E₂(t) dt (times π),
/// with t from the ratio of the opacity to the Rosseland mean, S the mean of the sources weighted
/// by opacity. Returns [grid points].
[[nodiscard]] std::vector<float> residualFlux(
    const Plasma& plasma, const SynthesisGrid& grid, std::span<const LineSource> lines);

} // namespace maury::mk::synthetic

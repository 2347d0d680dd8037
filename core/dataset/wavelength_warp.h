#pragma once

#include "core/spectrum/wavelength_grid.h"

#include <span>

namespace maury::dataset {

/// How the wavelength scale of a variation differs from its standard's.
struct WavelengthShift {
    double registrationAngstrom = 0.0; ///< zero point: features appear this much redder
    double registrationLinear = 0.0; ///< and by this times the distance from the middle of the grid
    double velocityKms = 0.0; ///< radial velocity; positive recedes
};

/// Where output pixels take their flux: pixel i from source pixel i + offset + slope · i.
struct PixelShift {
    double offset = 0.0;
    double slope = 0.0;
};

/// A feature at w moves to w (1 + v/c) by its velocity and from there, by the wrong scale, to
/// w′ + a + b (w′ − middle); this is the inverse of both, which is linear in the pixel number.
[[nodiscard]] PixelShift pixelShift(
    const spectrum::WavelengthGrid& grid, const WavelengthShift& shift);

/// Overwrites `out` with `flux` (both [pixels], not overlapping) at the shifted places, by
/// Lagrange's polynomial through six points (degree 5). At 1.8 Å resolution on 0.5 Å pixels a shift
/// by half a pixel, the worst case, takes 0.4 % of a line's depth (linear interpolation 5 %,
/// cubic 1.1 %). Beyond the ends the flux of the end pixel is taken. Vectorised.
void warpWavelengths(std::span<const float> flux, const PixelShift& shift, std::span<float> out);

} // namespace maury::dataset

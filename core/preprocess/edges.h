#pragma once

#include "core/spectrum/wavelength_grid.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace maury::preprocess {

/// Marks bad the pixels beside a missing edge over which the flux climbs from nothing: where a
/// spectrum was smoothed together with the zeros that mean "no data" (all of MKCLASS's libr18_27),
/// its outermost pixels are a ramp of no star, and filling the edge with the first of them makes a
/// line of the edge. From each missing edge inwards a pixel is marked while its flux is below 0.8
/// of that 3 Å further in, for 12 Å at most. flux, good: [grid.pixels]; returns how many were
/// marked. A spectrum good up to the end is left as it is.
std::size_t trimEdgeRamps(std::span<const float> flux, std::span<std::uint8_t> good,
    const spectrum::WavelengthGrid& grid);

/// Gives every bad pixel the value of the nearest good one (of two as near, the bluer), so that no
/// edge is a line to a network. No effect when nothing is good. flux, good: [pixels].
void fillFromNearestGood(std::span<float> flux, std::span<const std::uint8_t> good);

} // namespace maury::preprocess

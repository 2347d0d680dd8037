#pragma once

#include "core/gon/gon_config.h"
#include "core/gon/spectrum_set.h"

#include <vector>

namespace maury::gon {

/// Whether a decoder is a network of the wavelength.
[[nodiscard]] bool isCoordinate(DecoderKind kind);

/// A stretch of the grid with its own coordinate u from −1 to 1: gaps and spec.segmentAngstrom end
/// it.
struct GridSegment {
    std::size_t first = 0;
    std::size_t pixels = 0;
};
[[nodiscard]] std::vector<GridSegment> gridSegments(
    const std::vector<double>& wavelengthAngstrom, const CoordinateSpec& spec);

/// What a coordinate network sees of a wavelength: [pixels, columns].
///  SIREN: u of the pixel's segment in that segment's column, scaled so that w₀·u spans
///         π · cycles; with several segments also which one it is (1 or 0).
///  Fourier features: sin and cos of 2π f u/2 for frequencies f spaced evenly up to the highest;
///         with several segments also which one it is.
[[nodiscard]] nn::Matrix<double> coordinateFeatures(
    const std::vector<double>& wavelengthAngstrom, DecoderKind kind, const CoordinateSpec& spec);

} // namespace maury::gon

#pragma once

#include "core/spectrum/spectrum.h"
#include "core/spectrum/wavelength_grid.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace maury::preprocess {

/// A spectrum's pixels on a grid: each vector [pixels]; ivar is empty when the source has no
/// errors.
struct GridPixels {
    std::vector<double> flux; ///< 0 where masked
    std::vector<double> ivar; ///< 0 where masked
    std::vector<std::uint32_t>
        mask; ///< spectrum::mask bits; kNoData | kGapOrEdge where nothing was observed

    [[nodiscard]] bool isGood(std::size_t pixel) const
    {
        return (mask[pixel] & spectrum::mask::kUnusable) == 0;
    }
    [[nodiscard]] std::size_t goodPixels() const;
};

/// The share of bad weight above which a grid pixel is bad; below, the good weights are
/// renormalised.
inline constexpr double kMaximumBadWeight = 0.1;

/// Wider source pixels than this (in target pixels) are interpolated: averaging them would make
/// steps.
inline constexpr double kComparableWidth = 1.2;

/// Lagrange's cubic through four points, evaluated at x: its weights.
[[nodiscard]] std::array<double, 4> cubicWeights(const std::array<double, 4>& points, double x);

/// Borders of pixels with these centres: midpoints, the outer ones by symmetry. [centres + 1].
/// Precondition: at least two centres, strictly increasing.
[[nodiscard]] std::vector<double> pixelEdges(std::span<const double> centres);

/// Brings a segment to other pixel centres (Å, in the segment's own medium and frame). Flux is a
/// density: where source pixels are at most 1.2 times as wide as the target's, a target pixel is
/// the mean of the source weighted by exact overlap, so that integrals are conserved; where they
/// are wider, the cubic through the four (at borders and gaps the line through the two) source
/// pixels around its centre. Bad pixels (masked, not finite, ivar 0) carry no flux; their mask bits
/// travel. A gap is never bridged: neighbours farther apart than 2.5 pixels of the finer
/// neighbouring spacing are not interpolated between. Errors propagate as uncorrelated variances.
/// Precondition: centres strictly increase; segment vectors agree in size.
[[nodiscard]] GridPixels resample(
    const spectrum::Segment& segment, std::span<const double> centres);
[[nodiscard]] GridPixels resample(
    const spectrum::Segment& segment, const spectrum::WavelengthGrid& grid);

} // namespace maury::preprocess

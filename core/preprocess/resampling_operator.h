#pragma once

#include "core/preprocess/regridded_segment.h"
#include "core/preprocess/resampling_rows.h"
#include "core/preprocess/target_grid.h"
#include "core/spectrum/spectrum.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace maury::preprocess {

/// Brings spectra with the same pixels to a grid: M = W · K. K convolves with the Gaussian in ln λ
/// that leads from the source's resolving power to the grid's, σ² = (R_grid⁻² − R_source⁻²)/(8 ln
/// 2); without both of them, or where the source's is no higher, it does nothing. W is the mean over
/// a grid pixel weighted by exact overlap (for source pixels more than 1.2 times as wide as the
/// grid's the mean of the cubic through four of them, beside gaps of the line through two): either
/// conserves the integral. What lies in a gap or
/// beyond the ends is not observed, however near: it counts as bad weight, and no pixel is good
/// with more than a tenth of that (kMaximumBadWeight).
class ResamplingOperator {
public:
    /// Precondition: at least two wavelengths (Å, in the grid's medium), strictly increasing.
    ResamplingOperator(std::span<const double> wavelengths, const TargetGrid& grid,
        std::optional<double> sourceResolvingPower);

    /// Whether it was made for these.
    [[nodiscard]] bool isFor(std::span<const double> wavelengths, const TargetGrid& grid,
        std::optional<double> sourceResolvingPower) const;

    /// The segment on the grid; variances propagate through M as those of independent pixels.
    /// Precondition: the segment has the operator's pixels.
    [[nodiscard]] RegriddedSegment apply(const spectrum::Segment& segment) const;

    [[nodiscard]] std::size_t firstPixel() const { return m_made.firstPixel; }
    [[nodiscard]] std::size_t pixels() const { return m_made.rows.size(); }
    [[nodiscard]] std::size_t sourcePixels() const { return m_wavelengths.size(); }
    /// Whether spectra are convolved.
    [[nodiscard]] bool convolves() const { return m_made.convolves; }

    /// The weights of grid pixel firstPixel() + row on source pixels from `begin` on; they add up
    /// to 1.
    struct Weights {
        std::size_t begin;
        std::span<const double> values;
    };
    [[nodiscard]] Weights weights(std::size_t row) const;

private:
    using Row = ResamplingRows::Row;
    struct Source;
    void gather(const Source& source, std::size_t row, RegriddedSegment& result) const;
    void gatherBad(const Source& source, std::size_t row, double& sum,
        RegriddedSegment& result) const;
    [[nodiscard]] double covariance(
        const Source& source, std::size_t row, std::size_t other) const;

    std::vector<double> m_wavelengths;
    TargetGrid m_grid;
    std::optional<double> m_sourceResolvingPower;
    ResamplingRows m_made;
};

} // namespace maury::preprocess

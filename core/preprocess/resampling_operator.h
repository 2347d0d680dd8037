#pragma once

#include "core/preprocess/target_grid.h"
#include "core/spectrum/spectrum.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::preprocess {

/// A segment on the pixels [firstPixel, firstPixel + pixels()) of a TargetGrid. Vectors [pixels];
/// ivar and the covariances are empty when the source has no errors.
struct RegriddedSegment {
    std::size_t firstPixel = 0;
    std::vector<double> flux; ///< 0 where bad
    std::vector<double> ivar; ///< 0 where bad
    std::vector<double> covariance1; ///< with the next pixel; 0 where either is bad
    std::vector<double> covariance2; ///< with the next but one
    /// Reasons of all contributors of weight, also of good pixels: isGood() decides.
    std::vector<std::uint32_t> mask;
    std::vector<double> badFraction; ///< of the weight: bad pixels and what nobody observed, 0 … 1

    spectrum::Medium medium = spectrum::Medium::Unknown;
    spectrum::Frame frame = spectrum::Frame::Unknown;
    std::optional<bool> rectified;
    std::string fluxUnit;
    std::optional<double> resolvingPower;
    std::string origin;

    [[nodiscard]] std::size_t pixels() const { return flux.size(); }
    [[nodiscard]] bool isGood(std::size_t pixel) const;
    [[nodiscard]] std::size_t goodPixels() const;
    /// The same as a segment of a spectrum: bits of bad contributors to a good pixel are told as
    /// kSuspect, so that isGood() means the same there.
    [[nodiscard]] spectrum::Segment segment(const TargetGrid& grid) const;
};

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

    [[nodiscard]] std::size_t firstPixel() const { return m_firstPixel; }
    [[nodiscard]] std::size_t pixels() const { return m_rows.size(); }
    [[nodiscard]] std::size_t sourcePixels() const { return m_wavelengths.size(); }
    /// Whether spectra are convolved.
    [[nodiscard]] bool convolves() const { return m_sigma > 0.0; }

    /// The weights of grid pixel firstPixel() + row on source pixels from `begin` on; they add up
    /// to 1.
    struct Weights {
        std::size_t begin;
        std::span<const double> values;
    };
    [[nodiscard]] Weights weights(std::size_t row) const;

private:
    struct Row {
        std::size_t begin = 0; ///< of the source pixels
        std::size_t offset = 0; ///< into m_weights
        std::size_t length = 0;
        double missing = 0.0; ///< share of the weight where nothing was observed
        double absolute = 1.0; ///< Σ |M|
    };
    class Maker;
    struct Source;
    void gather(const Source& source, std::size_t row, RegriddedSegment& result) const;
    void gatherBad(const Source& source, std::size_t row, double& sum,
        RegriddedSegment& result) const;
    [[nodiscard]] double covariance(
        const Source& source, std::size_t row, std::size_t other) const;

    std::vector<double> m_wavelengths;
    TargetGrid m_grid;
    std::optional<double> m_sourceResolvingPower;
    double m_sigma = 0.0; ///< of K, in ln λ
    std::size_t m_firstPixel = 0;
    std::vector<Row> m_rows;
    std::vector<double> m_weights;
};

/// Keeps the operators of the last spectra: those of a survey share their pixels. Not for several
/// threads at once.
class Regridder {
public:
    /// The segment on the grid, in whose medium it must be. It keeps what is said of it; the
    /// resolving power becomes the grid's where it was brought to that. No pixels when it does not
    /// reach the grid.
    [[nodiscard]] RegriddedSegment regrid(
        const spectrum::Segment& segment, const TargetGrid& grid);
    /// How many operators had to be made.
    [[nodiscard]] std::size_t made() const { return m_made; }

private:
    static constexpr std::size_t kKept = 16;
    [[nodiscard]] const ResamplingOperator& operatorFor(
        const spectrum::Segment& segment, const TargetGrid& grid);

    std::vector<std::unique_ptr<ResamplingOperator>> m_operators; ///< last used first
    std::size_t m_made = 0;
};

} // namespace maury::preprocess

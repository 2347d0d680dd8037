#pragma once

#include "core/preprocess/target_grid.h"
#include "core/spectrum/spectrum.h"

#include <cstdint>
#include <optional>
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

} // namespace maury::preprocess

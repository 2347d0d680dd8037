#pragma once

#include "core/spectrum/spectrum.h"
#include "core/store/entry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maury::store {

/// The pixels that all spectra of a store of regridded spectra share:
/// λ(i) = first + i · step, or first · exp(i · step).
struct StoreGrid {
    std::string name; ///< "survey"
    spectrum::Medium medium = spectrum::Medium::Vacuum;
    bool logarithmic = true;
    double firstAngstrom = 0.0;
    double step = 0.0; ///< Å, or of ln λ
    std::size_t pixels = 0;
    std::optional<double> resolvingPower; ///< that spectra were brought to

    [[nodiscard]] double wavelength(std::size_t pixel) const;
    bool operator==(const StoreGrid&) const = default;
};

/// A segment on the pixels [firstPixel, firstPixel + pixels()) of a grid. Vectors [pixels]; ivar
/// and the covariances are empty when the source has no errors.
struct GriddedSegment {
    std::size_t firstPixel = 0;
    std::vector<float> flux; ///< finite; 0 where bad
    std::vector<float> ivar; ///< 0 where bad
    std::vector<float> covariance1; ///< with the next pixel
    std::vector<float> covariance2; ///< with the next but one
    std::vector<float> badFraction; ///< of the weight that the pixel was made of, 0 … 1
    std::vector<std::uint32_t> mask; ///< reasons of all contributors, also of good pixels
    std::optional<bool> rectified;
    std::string fluxUnit;
    std::string origin;

    [[nodiscard]] std::size_t pixels() const { return flux.size(); }
    bool operator==(const GriddedSegment&) const = default;
};

/// No pixel is good with more bad weight than this.
inline constexpr float kMostBadFraction = 0.1F;

/// A spectrum on a grid, with its line of the catalogue.
struct GriddedSpectrum {
    Entry entry;
    spectrum::Frame frame = spectrum::Frame::Unknown;
    std::vector<GriddedSegment> segments;
};

/// The same as a segment of a spectrum: a pixel is good with a bad fraction up to
/// kMostBadFraction, and then tells the reasons of its contributors as kSuspect. At least two
/// pixels.
[[nodiscard]] spectrum::Segment segmentOf(
    const GriddedSegment& segment, const StoreGrid& grid, spectrum::Frame frame);

} // namespace maury::store

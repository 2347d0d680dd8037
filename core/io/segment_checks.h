#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <functional>
#include <string>
#include <vector>

namespace maury::io {

/// Names the place of a pixel in its file ("line 12", "pixel 12") for messages.
using PixelPlace = std::function<std::string(std::size_t pixel)>;
/// "pixel 12", counted from 1.
[[nodiscard]] std::string pixelNumber(std::size_t pixel);

/// The inverse variance of an error: 0 where that is no positive number.
[[nodiscard]] double ivarOfError(double error);

/// A column that holds no error anywhere says nothing of the pixels: its inverse variances go.
void dropEmptyErrors(spectrum::Segment& segment);

/// A survey's mask bits, read as a number, as ours; signed numbers keep their bits. kBadPixel for
/// what is no whole number of 32 bits.
[[nodiscard]] std::uint32_t translateMask(
    double value, std::uint32_t (*translate)(std::uint32_t bits));

/// Masks what is no measurement: a flux that is not finite becomes 0 with kNoData, a flux of
/// exactly 0 is padding or a gap (kNoData), an inverse variance that is not finite or not positive
/// becomes 0 with kBadPixel. Adds a warning for gaps of zeros inside the spectrum.
void maskMissingPixels(spectrum::Segment& segment, std::vector<std::string>& warnings);

/// Turns a segment of descending wavelengths round, with a warning; says whether it did.
bool flipIfDescending(spectrum::Segment& segment, std::vector<std::string>& warnings);

/// What every reader guarantees of a segment: at least two pixels, wavelengths finite, positive and
/// strictly increasing, at least one good pixel. Errors: WavelengthsInvalid, ValueInvalid; both
/// name file and place.
[[nodiscard]] base::Result<void> checkSegment(
    const spectrum::Segment& segment, const std::string& file, const PixelPlace& placeOf);

/// Turns a segment round if need be, masks what is no measurement, checks it and appends it to a
/// spectrum. One without a usable pixel is left out with a warning. Errors: those of checkSegment
/// but for that.
[[nodiscard]] base::Result<void> addSegment(spectrum::Spectrum& spectrum, spectrum::Segment segment,
    const std::string& place, const PixelPlace& placeOf = pixelNumber);

/// The spectrum, or ValueInvalid when none of its segments had a usable pixel.
[[nodiscard]] base::Result<spectrum::Spectrum> withSegments(spectrum::Spectrum spectrum);

} // namespace maury::io

#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <functional>
#include <string>
#include <vector>

namespace maury::io {

/// Names the place of a pixel in its file ("line 12", "pixel 12") for messages.
using PixelPlace = std::function<std::string(std::size_t pixel)>;

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

} // namespace maury::io

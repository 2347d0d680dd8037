#pragma once

#include "core/spectrum/spectrum.h"

#include <cstddef>

namespace maury::preprocess {

struct CosmicRaySettings {
    double threshold = 6.0; ///< standard deviations that a pixel must stand above its surroundings
    int halfWindowPixels = 25; ///< the surroundings: pixels this near
    bool operator==(const CosmicRaySettings&) const = default;
};

/// Marks hits of cosmic rays with kCosmicRay: one to three pixels that stand above the running
/// median by the threshold and are sharper than the instrument can draw a line. What comes through
/// a Gaussian line spread function has, in the two pixels beside any h pixels, on average no less of
/// their mean than a Gaussian centred on them has, whatever its shape; a hit has less. Its FWHM is
/// that of the segment's resolving power, 2 pixels when that is not known or sharper. The
/// noise is the file's or, where that is larger, the scatter of the pixels around (1.4826 · median of
/// the deviations), so that a forest of lines is left alone. Returns how many pixels were marked.
std::size_t markCosmicRays(spectrum::Segment& segment, const CosmicRaySettings& settings = {});

} // namespace maury::preprocess

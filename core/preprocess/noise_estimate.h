#pragma once

#include "core/spectrum/spectrum.h"

#include <optional>

namespace maury::preprocess {

struct NoiseEstimate {
    double relative = 0.0; ///< standard deviation of a pixel over the median flux
    double stepAngstrom = 0.0; ///< median width of those pixels
};

/// The noise of a segment between two wavelengths from its sixth differences, which cancel all that
/// a resolved line can do within seven pixels (the idea of DER_SNR, Stoehr et al. 2008, one order
/// higher): 1.4826 · median |Σ (1, −6, 15, −20, 15, −6, 1) f| / √924, over runs of seven good
/// pixels. Noise that was smoothed by resampling is underestimated. Nothing with fewer than 32 such
/// runs or no positive median flux.
[[nodiscard]] std::optional<NoiseEstimate> estimateNoise(
    const spectrum::Segment& segment, double firstAngstrom, double lastAngstrom);

} // namespace maury::preprocess

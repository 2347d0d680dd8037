#pragma once

#include "core/spectrum/spectrum.h"

namespace maury::preprocess {

inline constexpr double kSpeedOfLightKms = 299792.458;

/// λ_observed / λ_rest of a source that recedes at a velocity: √((1 + β)/(1 − β)), the relativistic
/// formula for radial motion. Precondition: |velocityKms| < c.
[[nodiscard]] double dopplerFactor(double velocityKms);

/// The segment with the Doppler shift of a velocity removed: wavelengths divided by
/// dopplerFactor(velocityKms). The frame is left as it is: the caller knows what the velocity
/// meant.
[[nodiscard]] spectrum::Segment withoutVelocity(spectrum::Segment segment, double velocityKms);

} // namespace maury::preprocess

#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

namespace maury::spectrum {

/// Motions that part the frames, in km/s as surveys state them: c · z.
struct Motion {
    std::optional<double> radialVelocityKms; ///< of the star against the barycentre
    std::optional<double> barycentricCorrectionKms; ///< to be added to a topocentric velocity
    bool operator==(const Motion&) const = default;
};

/// The segment with its wavelengths in another frame: λ_rest = λ_barycentric / (1 + v/c) and
/// λ_barycentric = λ_topocentric · (1 + correction/c). The sun's own motion (below 0.02 km/s) is
/// neglected: heliocentric counts as barycentric. Errors: ValueMissing when the segment does not
/// say which frame it is in, or a velocity that is needed is not known; ValueInvalid for one beyond
/// that of light. Precondition: frame is not Unknown.
[[nodiscard]] base::Result<Segment> inFrame(Segment segment, Frame frame, const Motion& motion);

} // namespace maury::spectrum

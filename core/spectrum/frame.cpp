#include "core/spectrum/frame.h"

#include <fmt/core.h>

#include <cmath>

namespace maury::spectrum {
namespace {

using base::ErrorCode;
using base::failure;

base::Result<double> stretchBy(const std::optional<double>& velocityKms, const char* name)
{
    constexpr double kLightKms = 299792.458;
    if (!velocityKms)
        return failure(ErrorCode::ValueMissing, {}, fmt::format("no {}", name), "one in km/s");
    if (!(std::abs(*velocityKms) < kLightKms))
        return failure(
            ErrorCode::ValueInvalid, {}, fmt::format("{} of {} km/s", name, *velocityKms));
    return 1.0 + *velocityKms / kLightKms;
}

/// λ in a frame over λ at the barycentre.
base::Result<double> againstBarycentre(Frame frame, const Motion& motion)
{
    if (frame == Frame::Rest) {
        const auto stretch = stretchBy(motion.radialVelocityKms, "radial velocity of the star");
        return stretch ? base::Result<double>(1.0 / *stretch) : stretch;
    }
    if (frame == Frame::Topocentric) {
        const auto stretch = stretchBy(motion.barycentricCorrectionKms, "barycentric correction");
        return stretch ? base::Result<double>(1.0 / *stretch) : stretch;
    }
    return 1.0;
}

bool isBarycentric(Frame frame)
{
    return frame == Frame::Barycentric || frame == Frame::Heliocentric;
}

} // namespace

base::Result<Segment> inFrame(Segment segment, Frame frame, const Motion& motion)
{
    EXPECTS(frame != Frame::Unknown);
    if (segment.frame == Frame::Unknown)
        return failure(ErrorCode::ValueMissing, {}, "wavelengths in an unknown frame",
            "rest, barycentric, heliocentric or topocentric");
    const bool isThere
        = segment.frame == frame || (isBarycentric(segment.frame) && isBarycentric(frame));
    if (!isThere) {
        const auto from = againstBarycentre(segment.frame, motion);
        if (!from)
            return base::Unexpected(from.error());
        const auto to = againstBarycentre(frame, motion);
        if (!to)
            return base::Unexpected(to.error());
        for (double& wavelength : segment.wavelengthAngstrom)
            wavelength *= *to / *from;
    }
    segment.frame = frame;
    return segment;
}

} // namespace maury::spectrum

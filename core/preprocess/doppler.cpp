#include "core/preprocess/doppler.h"

#include "core/base/contract.h"

#include <cmath>

namespace maury::preprocess {

double dopplerFactor(double velocityKms)
{
    EXPECTS(std::abs(velocityKms) < kSpeedOfLightKms);
    const double beta = velocityKms / kSpeedOfLightKms;
    return std::sqrt((1.0 + beta) / (1.0 - beta));
}

spectrum::Segment withoutVelocity(spectrum::Segment segment, double velocityKms)
{
    const double factor = dopplerFactor(velocityKms);
    for (double& wavelength : segment.wavelengthAngstrom)
        wavelength /= factor;
    return segment;
}

} // namespace maury::preprocess

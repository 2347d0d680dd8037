#include "core/preprocess/regridded_segment.h"

#include "core/preprocess/resample.h"

namespace maury::preprocess {

using spectrum::Segment;

bool RegriddedSegment::isGood(std::size_t pixel) const
{
    return badFraction[pixel] <= kMaximumBadWeight + 1e-9;
}

std::size_t RegriddedSegment::goodPixels() const
{
    std::size_t good = 0;
    for (std::size_t i = 0; i < pixels(); ++i)
        good += isGood(i) ? 1 : 0;
    return good;
}

Segment RegriddedSegment::segment(const TargetGrid& grid) const
{
    Segment result;
    result.wavelengthAngstrom = grid.wavelengths(firstPixel, pixels());
    result.flux = flux;
    result.ivar = ivar;
    result.mask = mask;
    for (std::size_t i = 0; i < pixels(); ++i) {
        const bool doubtful = (mask[i] & spectrum::mask::kUnusable) != 0;
        if (isGood(i))
            result.mask[i] = (mask[i] & spectrum::mask::kSuspect)
                | (doubtful ? spectrum::mask::kSuspect : 0U);
        else if (!doubtful)
            result.mask[i] |= spectrum::mask::kBadPixel;
    }
    result.medium = medium;
    result.frame = frame;
    result.rectified = rectified;
    result.fluxUnit = fluxUnit;
    result.resolvingPower = resolvingPower;
    result.origin = origin;
    return result;
}

} // namespace maury::preprocess

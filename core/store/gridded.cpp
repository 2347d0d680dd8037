#include "core/store/gridded.h"

#include "core/base/contract.h"

#include <cmath>

namespace maury::store {

double StoreGrid::wavelength(std::size_t pixel) const
{
    const double steps = step * static_cast<double>(pixel);
    return logarithmic ? firstAngstrom * std::exp(steps) : firstAngstrom + steps;
}

spectrum::Segment segmentOf(
    const GriddedSegment& segment, const StoreGrid& grid, spectrum::Frame frame)
{
    namespace mask = spectrum::mask;
    EXPECTS(segment.mask.size() == segment.pixels()
        && segment.badFraction.size() == segment.pixels());
    spectrum::Segment result;
    result.flux.assign(segment.flux.begin(), segment.flux.end());
    result.ivar.assign(segment.ivar.begin(), segment.ivar.end());
    result.mask = segment.mask;
    result.wavelengthAngstrom.resize(segment.pixels());
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        result.wavelengthAngstrom[i] = grid.wavelength(segment.firstPixel + i);
        const bool isGood = segment.badFraction[i] <= kMostBadFraction;
        if (isGood && !result.isGood(i))
            result.mask[i] = mask::kSuspect;
        else if (!isGood && result.isGood(i))
            result.mask[i] |= mask::kNoData;
        if (!isGood && !result.ivar.empty())
            result.ivar[i] = 0.0;
    }
    result.medium = grid.medium;
    result.frame = frame;
    result.rectified = segment.rectified;
    result.fluxUnit = segment.fluxUnit;
    result.resolvingPower = grid.resolvingPower;
    result.origin = segment.origin;
    return result;
}

} // namespace maury::store

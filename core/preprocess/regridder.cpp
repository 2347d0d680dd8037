#include "core/preprocess/regridder.h"

#include <algorithm>
#include <utility>

namespace maury::preprocess {

using spectrum::Segment;

const ResamplingOperator& Regridder::operatorFor(const Segment& segment, const TargetGrid& grid)
{
    const auto found
        = std::find_if(m_operators.begin(), m_operators.end(), [&](const auto& each) {
              return each->isFor(segment.wavelengthAngstrom, grid, segment.resolvingPower);
          });
    if (found != m_operators.end()) {
        std::rotate(m_operators.begin(), found, found + 1);
        return *m_operators.front();
    }
    m_operators.insert(m_operators.begin(),
        std::make_unique<ResamplingOperator>(
            segment.wavelengthAngstrom, grid, segment.resolvingPower));
    ++m_made;
    if (m_operators.size() > kKept)
        m_operators.pop_back();
    return *m_operators.front();
}

RegriddedSegment Regridder::regrid(const Segment& segment, const TargetGrid& grid)
{
    RegriddedSegment result;
    double matched = 0.0;
    if (segment.pixels() >= 2) {
        const ResamplingOperator& by = operatorFor(segment, grid);
        result = by.apply(segment);
        matched = by.convolves() ? *grid.resolvingPower : 0.0;
    }
    result.medium = segment.medium;
    result.frame = segment.frame;
    result.rectified = segment.rectified;
    result.fluxUnit = segment.fluxUnit;
    result.resolvingPower = matched > 0.0 ? std::optional(matched) : segment.resolvingPower;
    result.origin = segment.origin;
    return result;
}

} // namespace maury::preprocess

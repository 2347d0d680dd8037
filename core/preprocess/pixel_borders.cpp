#include "core/preprocess/pixel_borders.h"

#include "core/base/contract.h"

#include <algorithm>

namespace maury::preprocess {

PixelBorders::PixelBorders(std::span<const double> centres)
    : m_centre(centres.begin(), centres.end())
    , m_left(centres.size())
    , m_right(centres.size())
{
    EXPECTS(centres.size() >= 2);
    const auto& w = m_centre;
    const std::size_t count = w.size();
    for (std::size_t i = 0; i < count; ++i) {
        const double before = i > 0 ? w[i] - w[i - 1] : w[i + 1] - w[i];
        const double after = i + 1 < count ? w[i + 1] - w[i] : before;
        const double step = std::min(before, after);
        m_left[i] = w[i] - 0.5 * (before > kGapRatio * step ? step : before);
        m_right[i] = w[i] + 0.5 * (after > kGapRatio * step ? step : after);
    }
}

bool PixelBorders::adjacent(std::size_t i) const
{
    return i + 1 < size()
        && centre(i + 1) - centre(i) <= kGapRatio * std::min(width(i), width(i + 1));
}

} // namespace maury::preprocess

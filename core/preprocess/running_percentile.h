#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace maury::preprocess {

/// The pixels [begin, end) that a running statistic looks at.
struct PixelRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The weighted percentile of the values in each window, in O(n log w): with sorted values v_k of
/// weights w_k and C_k = w_1 + … + w_k, value v_k stands at (C_k − w_k / 2) / C and is interpolated
/// linearly between (for equal weights Hazen's definition; the median is the usual one). Values of
/// weight 0 do not count; NaN where a window holds no other. values: [pixels]; weights: the same,
/// not negative, or empty for equal ones; windows: [any], of which neither begin nor end decreases.
/// percentile: 0 … 100.
[[nodiscard]] std::vector<double> runningPercentile(std::span<const double> values,
    std::span<const double> weights, std::span<const PixelRange> windows, double percentile);

/// The same over `window` (odd) pixels around each, truncated at the ends.
[[nodiscard]] std::vector<double> runningPercentile(std::span<const double> values,
    std::span<const double> weights, std::size_t window, double percentile);

} // namespace maury::preprocess

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace maury::nn {

inline constexpr int kHistogramBins = 64;

/// How numbers are spread: moments and a histogram over their own range. NaN and infinite numbers
/// are counted and left out of everything else.
struct Distribution {
    std::int64_t count = 0; ///< finite numbers; everything below is 0 without any
    std::int64_t notFinite = 0;
    double mean = 0.0;
    double deviation = 0.0; ///< root mean square of the differences from the mean
    double smallest = 0.0;
    double largest = 0.0;
    /// [kHistogramBins] bins of equal width from smallest to largest, which falls into the last;
    /// all in the first when all numbers are equal; empty without numbers.
    std::vector<std::int64_t> bins;

    [[nodiscard]] double binWidth() const { return (largest - smallest) / kHistogramBins; }
    [[nodiscard]] bool isEmpty() const { return count == 0; }
};

[[nodiscard]] Distribution distributionOf(std::span<const float> numbers);

/// The value below which a fraction (0 … 1) of the numbers lies: exact at both ends, in between as if
/// the numbers of a bin were spread evenly over it. NaN without numbers.
[[nodiscard]] double percentile(const Distribution& numbers, double fraction);

} // namespace maury::nn

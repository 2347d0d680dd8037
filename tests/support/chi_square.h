#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace maury::test {

/// Result of a chi-square test as a normal deviate: for a right law N(0, 1), by Wilson and
/// Hilferty's cube root. A test that allows 5 fails wrongly once in 3.5 million.
struct ChiSquare {
    double deviate = 0.0;
    double value = 0.0;
    int degrees = 0;
};

/// Compares counts of 0, 1, 2 … with a law. Neighbouring numbers are pooled until a bin expects at
/// least `minimumExpected`; what the law expects beyond the counted numbers belongs to the last
/// bin.
[[nodiscard]] ChiSquare chiSquare(const std::vector<std::int64_t>& counts,
    const std::function<double(std::size_t)>& probability, double minimumExpected = 10.0);

} // namespace maury::test

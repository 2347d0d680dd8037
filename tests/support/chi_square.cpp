#include "tests/support/chi_square.h"

#include <cmath>
#include <numeric>

namespace maury::test {

ChiSquare chiSquare(const std::vector<std::int64_t>& counts,
    const std::function<double(std::size_t)>& probability, double minimumExpected)
{
    const auto total
        = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t { 0 }));
    std::vector<double> expected { 0.0 };
    std::vector<double> found { 0.0 };
    double seen = 0.0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        const double share = probability(k) * total;
        seen += share;
        expected.back() += share;
        found.back() += static_cast<double>(counts[k]);
        if (expected.back() >= minimumExpected) {
            expected.push_back(0.0);
            found.push_back(0.0);
        }
    }
    expected.back() += total - seen;
    if (expected.back() < minimumExpected && expected.size() > 1) {
        expected[expected.size() - 2] += expected.back();
        found[found.size() - 2] += found.back();
        expected.pop_back();
        found.pop_back();
    }
    ChiSquare result;
    for (std::size_t bin = 0; bin < expected.size(); ++bin)
        result.value += (found[bin] - expected[bin]) * (found[bin] - expected[bin]) / expected[bin];
    result.degrees = static_cast<int>(expected.size()) - 1;
    const double spread = 2.0 / (9.0 * result.degrees);
    result.deviate
        = (std::cbrt(result.value / result.degrees) - (1.0 - spread)) / std::sqrt(spread);
    return result;
}

} // namespace maury::test

#include "core/preprocess/noise_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace maury::preprocess {
namespace {

constexpr std::array kSixthDifference { 1.0, -6.0, 15.0, -20.0, 15.0, -6.0, 1.0 };
constexpr double kSumOfSquares = 924.0;
constexpr double kSigmaOverMedian = 1.4826; ///< of |x| for a Gaussian x
constexpr std::size_t kFewestRuns = 32;

/// Precondition: not empty.
double medianOf(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

std::optional<NoiseEstimate> estimateNoise(
    const spectrum::Segment& segment, double firstAngstrom, double lastAngstrom)
{
    const auto& wavelengths = segment.wavelengthAngstrom;
    std::vector<double> differences;
    std::vector<double> flux;
    std::vector<double> steps;
    std::size_t run = 0; // good pixels in a row up to here
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        if (wavelengths[i] < firstAngstrom || wavelengths[i] > lastAngstrom || !segment.isGood(i)
            || !std::isfinite(segment.flux[i])) {
            run = 0;
            continue;
        }
        flux.push_back(segment.flux[i]);
        if (++run < kSixthDifference.size())
            continue;
        double difference = 0.0;
        for (std::size_t k = 0; k < kSixthDifference.size(); ++k)
            difference += kSixthDifference[k] * segment.flux[i - k];
        differences.push_back(std::abs(difference));
        steps.push_back(wavelengths[i] - wavelengths[i - 1]);
    }
    if (differences.size() < kFewestRuns)
        return std::nullopt;
    const double level = medianOf(flux);
    if (!(level > 0.0))
        return std::nullopt;
    const double sigma = kSigmaOverMedian * medianOf(differences) / std::sqrt(kSumOfSquares);
    return NoiseEstimate { sigma / level, medianOf(steps) };
}

} // namespace maury::preprocess

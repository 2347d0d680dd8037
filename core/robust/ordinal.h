#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace maury::robust {

/// The outputs of a head that gives a number: bins of equal width whose centres are codes. A label
/// is not one bin but a Gaussian over several, so that the head learns that neighbours are alike
/// and types between the standards come out.
struct OrdinalBins {
    double first = 0.0;
    double step = 0.5;
    std::size_t count = 0;
    double targetSigma = 0.0; ///< of the soft targets, in codes

    [[nodiscard]] double code(std::size_t bin) const
    {
        return first + step * static_cast<double>(bin);
    }
    bool operator==(const OrdinalBins&) const = default;
};

/// MKCLASS temperature codes 0 (O3) to 48 and luminosity codes 0 (Ia) to 5 (V), in halves.
[[nodiscard]] constexpr OrdinalBins temperatureBins()
{
    return { 0.0, 0.5, 97, 0.7 };
}
[[nodiscard]] constexpr OrdinalBins luminosityBins()
{
    return { 0.0, 0.5, 11, 0.6 };
}

/// Overwrites `target` [bins.count] with a Gaussian about `code`, normalised to a sum of 1.
void softTarget(const OrdinalBins& bins, double code, std::span<float> target);

struct Moments {
    double mean = 0.0;
    double deviation = 0.0;
    double share = 0.0; ///< of the probability that lies within reach
};

/// Mean and standard deviation of the codes of bins under probabilities [bins.count], of those
/// within `reach` of the most probable bin alone. Precondition: the probabilities are not all 0.
[[nodiscard]] Moments momentsNearMode(
    const OrdinalBins& bins, std::span<const float> probabilities, double reach);

} // namespace maury::robust

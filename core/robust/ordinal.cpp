#include "core/robust/ordinal.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>

namespace maury::robust {

void softTarget(const OrdinalBins& bins, double code, std::span<float> target)
{
    EXPECTS(target.size() == bins.count && bins.targetSigma > 0.0);
    // From the nearest bin's distance on, so that a code far outside does not underflow to 0 / 0.
    const double nearest = std::clamp(code, bins.code(0), bins.code(bins.count - 1)) - code;
    double sum = 0.0;
    for (std::size_t bin = 0; bin < bins.count; ++bin) {
        const double off = bins.code(bin) - code;
        const double weight = std::exp(
            -0.5 * (off * off - nearest * nearest) / (bins.targetSigma * bins.targetSigma));
        target[bin] = static_cast<float>(weight);
        sum += weight;
    }
    for (float& value : target)
        value /= static_cast<float>(sum);
}

Moments momentsNearMode(const OrdinalBins& bins, std::span<const float> probabilities, double reach)
{
    EXPECTS(probabilities.size() == bins.count);
    const auto mode = static_cast<std::size_t>(
        std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
    double all = 0.0;
    double sum = 0.0;
    double first = 0.0;
    double second = 0.0;
    for (std::size_t bin = 0; bin < bins.count; ++bin) {
        const double off = bins.code(bin) - bins.code(mode);
        const auto p = static_cast<double>(probabilities[bin]);
        all += p;
        if (std::abs(off) > reach)
            continue;
        sum += p;
        first += p * off;
        second += p * off * off;
    }
    EXPECTS(sum > 0.0);
    const double mean = first / sum;
    return { bins.code(mode) + mean, std::sqrt(std::max(0.0, second / sum - mean * mean)),
        sum / all };
}

} // namespace maury::robust

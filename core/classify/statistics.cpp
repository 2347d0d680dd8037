#include "core/classify/statistics.h"

#include "core/base/contract.h"
#include "core/mk/spectral_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace maury::classify {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kOneSigmaPercent = 68.27;
constexpr double kOutlier = 3.0;

std::vector<double> absolute(std::span<const double> deviations)
{
    std::vector<double> result(deviations.size());
    std::transform(deviations.begin(), deviations.end(), result.begin(),
        [](double deviation) { return std::abs(deviation); });
    return result;
}

double mean(std::span<const double> values)
{
    return values.empty()
        ? kNaN
        : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double rootMeanSquare(std::span<const double> values)
{
    return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0)
        / static_cast<double>(values.size())); // 0/0 = NaN when empty
}

double shareWithin(std::span<const double> deviations, double limit)
{
    const auto inside = std::count_if(deviations.begin(), deviations.end(),
        [limit](double deviation) { return std::abs(deviation) <= limit; });
    return deviations.empty()
        ? kNaN
        : static_cast<double>(inside) / static_cast<double>(deviations.size());
}

} // namespace

double percentile(std::vector<double> values, double p)
{
    EXPECTS(p >= 0.0 && p <= 100.0);
    if (values.empty())
        return kNaN;
    std::sort(values.begin(), values.end());
    const double position = p / 100.0 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    const double fraction = position - static_cast<double>(below);
    return values[below] + fraction * (values[above] - values[below]);
}

double pullWidth(const std::vector<double>& pulls)
{
    constexpr double kLower = 15.865; // percentiles of a Gaussian at −σ and +σ
    constexpr double kUpper = 84.135;
    return 0.5 * (percentile(pulls, kUpper) - percentile(pulls, kLower));
}

CodeStatistics codeStatistics(std::span<const double> deviations)
{
    std::vector<double> inliers;
    std::copy_if(deviations.begin(), deviations.end(), std::back_inserter(inliers),
        [](double deviation) { return std::abs(deviation) < kOutlier; });
    CodeStatistics result;
    result.median = percentile(absolute(deviations), 50.0);
    result.sigma68 = percentile(absolute(deviations), kOneSigmaPercent);
    result.rms3 = rootMeanSquare(inliers);
    result.beyond3 = static_cast<std::int64_t>(deviations.size() - inliers.size());
    result.bias = mean(inliers);
    return result;
}

SubclassStatistics subclassStatistics(std::span<const double> deviations)
{
    SubclassStatistics result;
    result.median = percentile(absolute(deviations), 50.0);
    result.sigma68 = percentile(absolute(deviations), kOneSigmaPercent);
    result.rms = rootMeanSquare(deviations);
    result.bias = mean(deviations);
    // Differences of printed types are multiples of 0.1: allow for their rounding.
    result.within1 = shareWithin(deviations, 1.0 + 1e-9);
    result.within2 = shareWithin(deviations, 2.0 + 1e-9);
    return result;
}

std::optional<Reliability> reliabilityOf(
    std::span<const float> probabilities, std::span<const std::uint8_t> correct)
{
    EXPECTS(probabilities.size() == correct.size());
    if (probabilities.empty())
        return std::nullopt;
    constexpr std::size_t kBins = 10;
    Reliability result;
    result.bins.resize(kBins); // of sums at first
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double p = std::clamp(static_cast<double>(probabilities[i]), 0.0, 1.0);
        ReliabilityBin& bin = result.bins[std::min(kBins - 1, static_cast<std::size_t>(p * kBins))];
        ++bin.samples;
        bin.probability += p;
        bin.accuracy += static_cast<double>(correct[i]);
    }
    const auto all = static_cast<double>(probabilities.size());
    for (std::size_t i = 0; i < kBins; ++i) {
        ReliabilityBin& bin = result.bins[i];
        bin.from = static_cast<double>(i) / kBins;
        bin.to = static_cast<double>(i + 1) / kBins;
        result.expectedError += std::abs(bin.accuracy - bin.probability) / all;
        result.probability += bin.probability / all;
        result.accuracy += bin.accuracy / all;
        const auto samples = static_cast<double>(bin.samples);
        bin.probability = bin.samples > 0 ? bin.probability / samples : kNaN;
        bin.accuracy = bin.samples > 0 ? bin.accuracy / samples : kNaN;
    }
    return result;
}

std::optional<double> areaUnderRoc(
    std::span<const double> positives, std::span<const double> negatives)
{
    if (positives.empty() || negatives.empty())
        return std::nullopt;
    double won = 0.0;
    for (const double positive : positives)
        for (const double negative : negatives)
            won += positive > negative ? 1.0 : positive == negative ? 0.5 : 0.0;
    return won / (static_cast<double>(positives.size()) * static_cast<double>(negatives.size()));
}

Scores scoresOf(
    const train::HeadMetrics& sc, const train::HeadMetrics& lc, const mk::ClassScheme& scheme)
{
    EXPECTS(sc.confusion.size() == scheme.size());
    std::vector<double> code;
    std::vector<double> subclass;
    for (std::size_t truth = 0; truth < scheme.size(); ++truth) {
        EXPECTS(sc.confusion[truth].size() == scheme.size());
        for (std::size_t predicted = 0; predicted < scheme.size(); ++predicted) {
            const auto count = static_cast<std::size_t>(sc.confusion[truth][predicted]);
            const double from = scheme.temperatureCodes[truth];
            const double to = scheme.temperatureCodes[predicted];
            code.insert(code.end(), count, to - from);
            subclass.insert(subclass.end(), count,
                mk::decimalFromTemperatureCode(to) - mk::decimalFromTemperatureCode(from));
        }
    }
    return { sc, lc, codeStatistics(code), subclassStatistics(subclass) };
}

Evaluation evaluationOf(const train::Metrics& metrics, const mk::ClassScheme& scheme)
{
    Evaluation result;
    result.samples = metrics.samples;
    result.typed = metrics.samples;
    result.network = scoresOf(metrics.sc, metrics.lc, scheme);
    return result;
}

} // namespace maury::classify

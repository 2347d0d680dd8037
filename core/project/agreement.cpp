#include "core/project/agreement.h"

#include "core/base/contract.h"
#include "core/mk/spectral_type.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace maury::project {
namespace {

/// Where a type lies in the grid of the MK system.
struct Place {
    std::optional<double> code;
    std::optional<double> luminosity;
};

Place placeOf(const Label& label)
{
    const auto type = mk::parseSpectralType(label.type);
    const double decimal = type ? mk::decimalSubclass(*type) : std::nan("");
    if (std::isnan(decimal))
        return {};
    return { mk::temperatureCode(decimal), type->luminosityCode };
}

std::optional<double> difference(
    const std::optional<double>& first, const std::optional<double>& second)
{
    return first && second ? std::optional(*second - *first) : std::nullopt;
}

double mean(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(std::span<const double> values)
{
    const double middle = mean(values);
    double sum = 0.0;
    for (const double value : values)
        sum += (value - middle) * (value - middle);
    return sum / static_cast<double>(values.size());
}

/// The values of one dimension of those stars that have it from both.
struct Pairs {
    std::vector<double> first;
    std::vector<double> second;

    void add(const std::optional<double>& one, const std::optional<double>& other)
    {
        if (!one || !other)
            return;
        first.push_back(*one);
        second.push_back(*other);
    }
};

Agreement agreementOf(const Pairs& pairs)
{
    Agreement agreement { pairs.first.size(), {}, {}, {}, {} };
    if (pairs.first.empty())
        return agreement;
    std::size_t identical = 0;
    std::size_t withinOne = 0;
    for (std::size_t i = 0; i < pairs.first.size(); ++i) {
        constexpr double kRounding = 1e-9;
        const double distance = std::abs(pairs.second[i] - pairs.first[i]);
        identical += distance < kRounding ? 1U : 0U;
        withinOne += distance < 1.0 + kRounding ? 1U : 0U;
    }
    const auto count = static_cast<double>(pairs.first.size());
    agreement.identical = static_cast<double>(identical) / count;
    agreement.withinOne = static_cast<double>(withinOne) / count;
    agreement.bias = mean(pairs.second) - mean(pairs.first);
    agreement.weightedKappa = weightedKappa(pairs.first, pairs.second);
    return agreement;
}

bool isAgreed(const Label& first, const Label& second, const Place& one, const Place& other)
{
    return one.code == other.code && one.luminosity == other.luminosity
        && first.flags == second.flags;
}

/// How much there is to discuss: classes first, then luminosities; a type against none most of all.
double weightOf(const Disagreement& disagreement)
{
    constexpr double kNoType = 1e3;
    constexpr double kLuminosityShare = 1e-3;
    const double luminosity = std::abs(disagreement.luminosityDifference.value_or(0.0));
    return std::abs(disagreement.codeDifference.value_or(kNoType)) + kLuminosityShare * luminosity;
}

} // namespace

std::optional<double> weightedKappa(std::span<const double> first, std::span<const double> second)
{
    EXPECTS(first.size() == second.size());
    if (first.empty())
        return std::nullopt;
    double observed = 0.0;
    for (std::size_t i = 0; i < first.size(); ++i)
        observed += (second[i] - first[i]) * (second[i] - first[i]);
    observed /= static_cast<double>(first.size());
    // The mean square over all combinations, in closed form.
    const double shift = mean(second) - mean(first);
    const double expected = variance(first) + variance(second) + shift * shift;
    if (expected <= 0.0)
        return std::nullopt;
    return 1.0 - observed / expected;
}

Comparison compareLabels(std::span<const SignedLabel> first, std::span<const SignedLabel> second)
{
    std::map<std::string, const Label*> others;
    for (const SignedLabel& each : second)
        EXPECTS(others.emplace(each.star, &each.label).second);
    Comparison comparison;
    Pairs classes;
    Pairs luminosities;
    for (const SignedLabel& each : first) {
        const auto other = others.find(each.star);
        if (other == others.end()) {
            ++comparison.onlyFirst;
            continue;
        }
        ++comparison.both;
        const Place one = placeOf(each.label);
        const Place two = placeOf(*other->second);
        classes.add(one.code, two.code);
        luminosities.add(one.luminosity, two.luminosity);
        if (!isAgreed(each.label, *other->second, one, two))
            comparison.queue.push_back({ each.star, each.label, *other->second,
                difference(one.code, two.code), difference(one.luminosity, two.luminosity) });
    }
    comparison.onlySecond = second.size() - comparison.both;
    comparison.spectralClass = agreementOf(classes);
    comparison.luminosity = agreementOf(luminosities);
    std::stable_sort(comparison.queue.begin(), comparison.queue.end(),
        [](const Disagreement& a, const Disagreement& b) { return weightOf(a) > weightOf(b); });
    return comparison;
}

} // namespace maury::project

#include "core/explain/judges.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>

namespace maury::explain {
namespace {

/// An uncertainty in decimal subclasses as one in temperature codes, at that place of the scale.
double codesOf(double sigma, double decimal)
{
    return 0.5
        * (mk::temperatureCode(decimal + sigma) - mk::temperatureCode(decimal - sigma));
}

/// Smaller than this no judge is: the grid of the standards has one class a code.
constexpr double kSmallestSigma = 0.1;

} // namespace

std::string toString(Judge judge)
{
    switch (judge) {
    case Judge::Network:
        return "network";
    case Judge::NearestStandard:
        return "nearest";
    case Judge::Gon:
        return "gon";
    case Judge::Human:
        return "human";
    }
    return {};
}

Opinion networkOpinion(const classify::Prediction& answer)
{
    Opinion opinion { answer.type, answer.temperatureCode,
        static_cast<mk::LuminosityGroup>(answer.lc), kClassSigmaCodes };
    if (answer.subclassSigma && answer.decimalSubclass)
        opinion.sigmaCodes
            = std::max(kSmallestSigma, codesOf(*answer.subclassSigma, *answer.decimalSubclass));
    return opinion;
}

std::optional<Opinion> nearestOpinion(const classify::Prediction& answer, const mk::Atlas& atlas)
{
    if (!answer.nearest)
        return std::nullopt;
    EXPECTS(answer.nearest->row < atlas.standards().size());
    const mk::Standard& standard = atlas.standards()[answer.nearest->row];
    return Opinion { mk::print(standard.type), standard.temperatureCode, standard.group,
        kNearestSigmaCodes };
}

std::optional<Opinion> humanOpinion(const std::string& type)
{
    const auto parsed = mk::parseSpectralType(type);
    if (!parsed || std::isnan(mk::decimalSubclass(*parsed)))
        return std::nullopt;
    Opinion opinion { mk::print(*parsed), mk::temperatureCode(mk::decimalSubclass(*parsed)), {},
        kHumanSigmaCodes };
    if (parsed->luminosityCode)
        opinion.group = mk::luminosityGroup(*parsed->luminosityCode);
    return opinion;
}

std::optional<Disagreement> disagreement(const Opinions& opinions, Judge first, Judge second)
{
    const auto& one = opinions.of(first);
    const auto& other = opinions.of(second);
    if (!one || !other)
        return std::nullopt;
    Disagreement result { first, second, other->temperatureCode - one->temperatureCode, {}, 0.0 };
    const double inSigmas = result.codes / std::hypot(one->sigmaCodes, other->sigmaCodes);
    double steps = 0.0;
    if (one->group && other->group) {
        result.luminositySteps = static_cast<int>(*other->group) - static_cast<int>(*one->group);
        steps = *result.luminositySteps / std::hypot(kSigmaSteps, kSigmaSteps);
    }
    result.score = std::hypot(inSigmas, steps);
    return result;
}

std::optional<Disagreement> largestDisagreement(const Opinions& opinions)
{
    std::optional<Disagreement> largest;
    for (std::size_t first = 0; first < kJudges; ++first)
        for (std::size_t second = first + 1; second < kJudges; ++second) {
            const auto one = disagreement(opinions, kAllJudges[first], kAllJudges[second]);
            if (one && (!largest || one->score > largest->score))
                largest = one;
        }
    return largest;
}

} // namespace maury::explain

#include "core/explain/criteria_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::explain {
namespace {

using mk::Measured;

/// Standards whose values differ by less than this (5 %) decide nothing.
constexpr double kLeastDifference = 0.05;
/// Half-way, give or take this share of the difference, is no decision.
constexpr double kIndifference = 0.1;

std::vector<Eigen::Index> rowsOf(const mk::Atlas& atlas, const StandardsOf& wanted)
{
    double nearest = std::numeric_limits<double>::infinity();
    for (const mk::Standard& standard : atlas.standards())
        if (standard.group == wanted.group)
            nearest
                = std::min(nearest, std::abs(standard.temperatureCode - wanted.temperatureCode));
    std::vector<Eigen::Index> rows;
    for (std::size_t row = 0; row < atlas.standards().size(); ++row) {
        const mk::Standard& standard = atlas.standards()[row];
        if (standard.group == wanted.group
            && std::abs(standard.temperatureCode - wanted.temperatureCode) <= nearest)
            rows.push_back(static_cast<Eigen::Index>(row));
    }
    return rows;
}

/// ln of the geometric mean of a criterion over standards; nothing where none can be measured.
std::optional<double> logOfStandards(const mk::Criterion& criterion, const mk::Atlas& atlas,
    std::span<const double> wavelengths, const std::vector<Eigen::Index>& rows)
{
    double sum = 0.0;
    int count = 0;
    for (const Eigen::Index row : rows) {
        const mk::MeasuredSpectrum standard { wavelengths,
            { atlas.flux().row(row).data(), wavelengths.size() },
            { atlas.good().row(row).data(), wavelengths.size() }, 0.0 };
        const auto value = mk::measure(criterion, standard);
        if (value.state != Measured::Yes)
            continue;
        sum += std::log(value.value);
        ++count;
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::string whyNot(const mk::CriterionValue& value, const spectrum::WavelengthGrid& grid)
{
    switch (value.state) {
    case Measured::OutOfRange:
        return fmt::format(
            "{} lies outside {:g}–{:g} Å", value.feature, grid.firstAngstrom, grid.lastAngstrom());
    case Measured::NoData:
        return value.feature + " has no data";
    case Measured::TooWeak:
        return value.feature + " is too weak to measure";
    case Measured::Yes:
        break;
    }
    return {};
}

/// Compares the star's value with those of both kinds of standards, in logarithms.
void decide(CriterionEvidence& evidence, const mk::CriterionValue& star,
    std::optional<double> answer, std::optional<double> other)
{
    if (!answer || !other) {
        evidence.verdict = Verdict::Undecided;
        evidence.reason = "too weak in the standards to compare";
        return;
    }
    const double difference = *answer - *other;
    const double middle = 0.5 * (*answer + *other);
    const double towardsAnswer = (std::log(star.value) - middle) / difference;
    if (std::abs(difference) < kLeastDifference) {
        evidence.verdict = Verdict::Undecided;
        evidence.reason = "the standards hardly differ";
    } else if (std::abs(towardsAnswer)
        < std::max(kIndifference, star.relativeError / std::abs(difference))) {
        evidence.verdict = Verdict::Undecided;
        evidence.reason = "half-way between the standards within the noise";
    } else {
        evidence.verdict = towardsAnswer > 0.0 ? Verdict::Supports : Verdict::Opposes;
    }
}

/// How much a criterion tells: by how far the standards differ.
double weightOf(const CriterionEvidence& evidence)
{
    if (evidence.verdict == Verdict::NotMeasured)
        return -1.0;
    if (evidence.verdict == Verdict::Undecided)
        return 0.0;
    return std::abs(std::log(*evidence.answerValue / *evidence.otherValue));
}

} // namespace

mk::MeasuredSpectrum measuredStar(
    const classify::PreparedSpectrum& star, std::span<const double> wavelengths)
{
    return { wavelengths, star.flux, star.good, star.noise };
}

std::vector<CriterionEvidence> judgeCriteria(mk::Dimension dimension,
    const classify::PreparedSpectrum& star, const mk::Atlas& atlas, const StandardsOf& answer,
    const StandardsOf& other)
{
    EXPECTS(star.flux.size() == atlas.grid().pixels);
    const std::vector<double> wavelengths = atlas.grid().wavelengths();
    const auto answerRows = rowsOf(atlas, answer);
    const auto otherRows = rowsOf(atlas, other);
    const double answerClass = mk::decimalFromTemperatureCode(answer.temperatureCode);
    const double otherClass = mk::decimalFromTemperatureCode(other.temperatureCode);
    std::vector<CriterionEvidence> result;
    for (const mk::Criterion& criterion : mk::mkCriteria()) {
        if (criterion.dimension != dimension
            || !(criterion.appliesAt(answerClass) || criterion.appliesAt(otherClass)))
            continue;
        CriterionEvidence evidence;
        evidence.criterion = &criterion;
        const auto value = mk::measure(criterion, measuredStar(star, wavelengths));
        if (value.state == Measured::Yes) {
            const auto ofAnswer = logOfStandards(criterion, atlas, wavelengths, answerRows);
            const auto ofOther = logOfStandards(criterion, atlas, wavelengths, otherRows);
            evidence.value = value.value;
            evidence.error = value.value * value.relativeError;
            if (ofAnswer)
                evidence.answerValue = std::exp(*ofAnswer);
            if (ofOther)
                evidence.otherValue = std::exp(*ofOther);
            decide(evidence, value, ofAnswer, ofOther);
        } else {
            evidence.reason = whyNot(value, atlas.grid());
        }
        result.push_back(std::move(evidence));
    }
    std::stable_sort(result.begin(), result.end(),
        [](const CriterionEvidence& left, const CriterionEvidence& right) {
            return weightOf(left) > weightOf(right);
        });
    return result;
}

} // namespace maury::explain

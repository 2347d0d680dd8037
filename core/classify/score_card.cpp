#include "core/classify/score_card.h"

#include "core/train/metrics.h"

#include <cmath>

namespace maury::classify {
namespace {

/// Temperature-code units; classes of the libraries are about one apart.
constexpr double kWithinClass = 0.75;

} // namespace

void OutsideTally::add(const mk::SpectralType& truth, const Prediction& answer)
{
    if (!answer.outsideDistance)
        return;
    constexpr double kBeyond = 0.5; // M0 lies 0.7 beyond K7
    const auto& codes = m_scheme.temperatureCodes;
    const double code = mk::temperatureCode(mk::decimalSubclass(truth));
    const bool beyond = code > codes.back() + kBeyond || code < codes.front() - kBeyond;
    (beyond ? m_beyond : m_inside).push_back(*answer.outsideDistance);
    if (answer.outsideAtlas.value_or(false))
        ++(beyond ? m_scores.found : m_scores.falseAlarms);
}

std::optional<OutsideScores> OutsideTally::scores() const
{
    if (m_beyond.empty() && m_inside.empty())
        return std::nullopt;
    OutsideScores result = m_scores;
    result.stars = std::ssize(m_beyond);
    result.auroc = areaUnderRoc(m_beyond, m_inside);
    return result;
}

void ScoreCard::Claims::add(double claimed, bool wasRight)
{
    probability.push_back(static_cast<float>(claimed));
    right.push_back(wasRight ? 1 : 0);
}

ScoreCard::ScoreCard(const mk::ClassScheme& scheme)
    : m_scheme(scheme)
    , m_outside(scheme)
{
}

void ScoreCard::count(Tally& tally, const mk::SpectralType& truth, double code, double printed,
    mk::LuminosityGroup group) const
{
    const double trueDecimal = mk::decimalSubclass(truth);
    const double trueCode = mk::temperatureCode(trueDecimal);
    tally.code.push_back(code - trueCode);
    tally.subclass.push_back(printed - trueDecimal);
    const std::uint16_t trueClass = m_scheme.nearest(trueCode);
    if (std::abs(m_scheme.temperatureCodes[trueClass] - trueCode) <= kWithinClass) {
        tally.scTruth.push_back(trueClass);
        tally.sc.push_back(m_scheme.nearest(code));
    }
    if (truth.luminosityCode) {
        tally.lcTruth.push_back(
            static_cast<std::uint16_t>(mk::luminosityGroup(*truth.luminosityCode)));
        tally.lc.push_back(static_cast<std::uint16_t>(group));
    }
}

void ScoreCard::add(const mk::SpectralType& truth, const Prediction& answer, const mk::Atlas& atlas)
{
    ++m_typed;
    m_conforming += answer.conformity.ok ? 1 : 0;
    const auto group = static_cast<mk::LuminosityGroup>(answer.lc);
    const std::size_t classed = m_answers.sc.size();
    m_outside.add(truth, answer);
    count(m_answers, truth, answer.temperatureCode, answer.printedSubclass, group);
    if (m_answers.sc.size() > classed)
        m_sc.add(answer.scProbability, m_answers.sc.back() == m_answers.scTruth.back());
    if (truth.luminosityCode)
        m_lc.add(answer.lcProbability, mk::luminosityGroup(*truth.luminosityCode) == group);
    if (answer.subclassSigma && answer.decimalSubclass)
        m_pulls.push_back(
            (*answer.decimalSubclass - mk::decimalSubclass(truth)) / *answer.subclassSigma);
    if (answer.nearest) {
        const auto& standard = atlas.standards()[answer.nearest->row];
        count(m_nearest, truth, standard.temperatureCode,
            mk::decimalFromTemperatureCode(standard.temperatureCode), standard.group);
    }
}

Scores ScoreCard::scoresOf(const Tally& tally) const
{
    return { train::scoreHead(tally.scTruth, tally.sc, m_scheme.names),
        train::scoreHead(tally.lcTruth, tally.lc, train::luminosityNames()),
        codeStatistics(tally.code), subclassStatistics(tally.subclass) };
}

Evaluation ScoreCard::evaluation() const
{
    Evaluation evaluation;
    evaluation.samples = m_typed + m_refused;
    evaluation.typed = m_typed;
    evaluation.refused = m_refused;
    evaluation.conforming = m_conforming;
    evaluation.network = scoresOf(m_answers);
    evaluation.baseline = scoresOf(m_nearest);
    evaluation.outside = m_outside.scores();
    evaluation.reliabilitySc = reliabilityOf(m_sc.probability, m_sc.right);
    evaluation.reliabilityLc = reliabilityOf(m_lc.probability, m_lc.right);
    if (!m_pulls.empty())
        evaluation.pullWidth = pullWidth(m_pulls);
    return evaluation;
}

} // namespace maury::classify

#include "core/explain/explanation.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::explain {
namespace {

using base::ErrorCode;
using base::Result;
using classify::Head;
using classify::Prediction;

/// The most probable answer beside `answer`; of equally probable ones (in a guess) its neighbour.
std::uint16_t runnerUp(const std::vector<float>& probabilities, std::uint16_t answer)
{
    const auto after = static_cast<std::uint16_t>(answer + 1);
    auto best = after < probabilities.size() ? after : static_cast<std::uint16_t>(answer - 1);
    for (std::uint16_t i = 0; i < probabilities.size(); ++i)
        if (i != answer && probabilities[i] > probabilities[best])
            best = i;
    return static_cast<std::uint16_t>(best);
}

std::string groupName(std::uint16_t group)
{
    return mk::toString(static_cast<mk::LuminosityGroup>(group));
}

/// What one head is asked and where its standards are.
struct HeadQuestion {
    Head head = Head::Spectral;
    std::uint16_t answer = 0;
    std::uint16_t other = 0;
    StandardsOf answerStandards;
    StandardsOf otherStandards;
};

HeadExplanation explainHead(const classify::StarClassifier& classifier,
    const Prediction& prediction, const classify::Examination& examination,
    const mk::LineList& lines, const HeadQuestion& asked)
{
    const bool spectral = asked.head == Head::Spectral;
    const auto& probabilities = spectral ? prediction.scProbabilities : prediction.lcProbabilities;
    const auto nameOf = [&](std::uint16_t index) {
        return spectral ? classifier.scheme().names[index] : groupName(index);
    };
    HeadExplanation result;
    result.head = asked.head;
    result.answer = nameOf(asked.answer);
    result.other = nameOf(asked.other);
    result.answerProbability = static_cast<double>(probabilities[asked.answer]);
    result.otherProbability = static_cast<double>(probabilities[asked.other]);
    result.attribution = attribute(examination.networks,
        { asked.head, classifier.outputShares(asked.head, asked.answer),
            classifier.outputShares(asked.head, asked.other) });
    const std::array decimals { mk::decimalFromTemperatureCode(
                                    asked.answerStandards.temperatureCode),
        mk::decimalFromTemperatureCode(asked.otherStandards.temperatureCode) };
    result.evidence = groupByLine(result.attribution, lines, decimals);
    result.criteria
        = judgeCriteria(spectral ? mk::Dimension::Temperature : mk::Dimension::Luminosity,
            examination.prepared, classifier.atlas(), asked.answerStandards, asked.otherStandards);
    return result;
}

base::Unexpected itself(const std::string& answer)
{
    return base::failure(ErrorCode::OptionInvalid, "the answer to weigh it against", answer,
        "another one than the answer itself");
}

} // namespace

Result<Against> parseAgainst(const std::string& text, const mk::ClassScheme& scheme)
{
    Against against;
    if (const auto type = mk::parseSpectralType(text)) {
        against.sc = scheme.nearest(mk::temperatureCode(mk::decimalSubclass(*type)));
        if (type->luminosityCode)
            against.lc = static_cast<std::uint16_t>(mk::luminosityGroup(*type->luminosityCode));
        return against;
    }
    // A luminosity class alone.
    const auto luminosity = mk::parseSpectralType("A0" + text);
    if (!luminosity || !luminosity->luminosityCode || !luminosity->ignored.empty()
        || !luminosity->remainder.empty())
        return base::failure(ErrorCode::TypeUnparsable, "against", "\"" + text + "\"",
            "a type such as B3, B3 V or III");
    against.lc = static_cast<std::uint16_t>(mk::luminosityGroup(*luminosity->luminosityCode));
    return against;
}

double Explanation::completenessError() const
{
    return std::max(
        heads[0].attribution.completenessError(), heads[1].attribution.completenessError());
}

std::string sentence(const HeadExplanation& explanation, const CriterionEvidence& criterion)
{
    const std::string name = criterion.criterion->name();
    switch (criterion.verdict) {
    case Verdict::Supports:
        return fmt::format("{} rather than {}: {}", explanation.answer, explanation.other, name);
    case Verdict::Opposes:
        return fmt::format("{} rather than {}: {}", explanation.other, explanation.answer, name);
    case Verdict::Undecided:
    case Verdict::NotMeasured:
        break;
    }
    return name;
}

Result<Explanation> explain(const classify::StarClassifier& classifier, Prediction prediction,
    const classify::Examination& examination, const mk::LineList& lines, const Against& against)
{
    const mk::ClassScheme& scheme = classifier.scheme();
    const std::uint16_t sc
        = against.sc.value_or(runnerUp(prediction.scProbabilities, prediction.sc));
    const std::uint16_t lc
        = against.lc.value_or(runnerUp(prediction.lcProbabilities, prediction.lc));
    if (sc == prediction.sc && (!against.lc || lc == prediction.lc))
        return itself(scheme.names[sc]);
    if (lc == prediction.lc && !against.sc)
        return itself(groupName(lc));
    // "Why not B3 V?" asked of a star typed B2 V is a question to one head alone; the other one
    // then tells its answer from the next probable one.
    const std::uint16_t otherSc
        = sc != prediction.sc ? sc : runnerUp(prediction.scProbabilities, prediction.sc);
    const std::uint16_t otherLc
        = lc != prediction.lc ? lc : runnerUp(prediction.lcProbabilities, prediction.lc);
    const auto group = static_cast<mk::LuminosityGroup>(prediction.lc);
    const double code = scheme.temperatureCodes[prediction.sc];
    Explanation result;
    result.heads[0] = explainHead(classifier, prediction, examination, lines,
        { Head::Spectral, prediction.sc, otherSc, { code, group },
            { scheme.temperatureCodes[otherSc], group } });
    result.heads[1] = explainHead(classifier, prediction, examination, lines,
        { Head::Luminosity, prediction.lc, otherLc, { code, group },
            { code, static_cast<mk::LuminosityGroup>(otherLc) } });
    result.prediction = std::move(prediction);
    return result;
}

Result<Explanation> explain(classify::StarClassifier& classifier,
    const spectrum::Spectrum& spectrum, const classify::PrepareOptions& options,
    const mk::LineList& lines, const Against& against)
{
    auto prediction = classifier.classify(spectrum, options);
    if (!prediction)
        return base::Unexpected(prediction.error());
    const auto examination = classifier.examine(spectrum, options);
    if (!examination)
        return base::Unexpected(examination.error());
    return explain(classifier, *std::move(prediction), *examination, lines, against);
}

} // namespace maury::explain

#include "app/cli/conformity_json.h"
#include "app/cli/explain.h"
#include "app/cli/json_value.h"
#include "app/cli/model_options.h"
#include "app/cli/prepare_options.h"
#include "app/cli/report.h"
#include "core/explain/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using classify::Head;
using explain::CriterionEvidence;
using explain::Explanation;
using explain::HeadExplanation;
using explain::LineEvidence;
using explain::Verdict;
using nlohmann::json;

struct Options {
    std::vector<std::string> files;
    ModelOptions model;
    PrepareFlags prepare;
    std::string against;
    std::string lines;
    std::size_t top = 20;
};

/// The name of a head in the answers, as in training options and metrics.
const char* headName(Head head)
{
    return head == Head::Spectral ? "sc" : "lc";
}

const char* verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Supports:
        return "supports";
    case Verdict::Opposes:
        return "opposes";
    case Verdict::Undecided:
        return "undecided";
    case Verdict::NotMeasured:
        break;
    }
    return "not measured";
}

/// A piece of evidence with the head that it belongs to.
struct RankedEvidence {
    const HeadExplanation* head;
    const LineEvidence* line;
};

/// The evidence of both heads, the strongest first.
std::vector<RankedEvidence> ranked(const Explanation& explanation)
{
    std::vector<RankedEvidence> all;
    for (const HeadExplanation& head : explanation.heads)
        for (const LineEvidence& line : head.evidence.lines)
            all.push_back({ &head, &line });
    std::stable_sort(
        all.begin(), all.end(), [](const RankedEvidence& left, const RankedEvidence& right) {
            return std::abs(left.line->contribution) > std::abs(right.line->contribution);
        });
    return all;
}

json criterionJson(const HeadExplanation& head, const CriterionEvidence& evidence)
{
    return { { "head", headName(head.head) }, { "criterion", evidence.criterion->name() },
        { "sentence", explain::sentence(head, evidence) },
        { "verdict", verdictName(evidence.verdict) }, { "value", orNull(evidence.value) },
        { "error", orNull(evidence.error) },
        { "unit", evidence.criterion->denominator ? json(nullptr) : json("angstrom") },
        { "answer_standards", orNull(evidence.answerValue) },
        { "against_standards", orNull(evidence.otherValue) },
        { "reason", evidence.reason.empty() ? json(nullptr) : json(evidence.reason) },
        { "source", evidence.criterion->source } };
}

json headJson(const HeadExplanation& head)
{
    json species = json::array();
    for (const auto& each : head.evidence.species)
        species.push_back({ { "species", each.species }, { "contribution", each.contribution } });
    return { { "head", headName(head.head) }, { "answer", head.answer }, { "against", head.other },
        { "answer_probability", head.answerProbability },
        { "against_probability", head.otherProbability },
        { "logit_difference", head.attribution.logOdds },
        { "baseline_logit_difference", head.attribution.blankLogOdds },
        { "contributions_sum", head.attribution.sum() },
        { "completeness_error", head.attribution.completenessError() },
        { "unidentified", head.evidence.unidentified }, { "species", std::move(species) } };
}

json document(const Explanation& explanation, const std::string& file, const std::string& model,
    std::size_t top)
{
    json evidence = json::array();
    for (const RankedEvidence& each : ranked(explanation)) {
        if (evidence.size() == top)
            break;
        evidence.push_back({ { "wavelength", each.line->wavelengthAngstrom },
            { "species", each.line->species }, { "contribution", each.line->contribution },
            { "head", headName(each.head->head) }, { "for", each.line->contribution >= 0.0 },
            { "first_angstrom", each.line->firstAngstrom },
            { "last_angstrom", each.line->lastAngstrom } });
    }
    json heads = json::array();
    json criteria = json::array();
    for (const HeadExplanation& head : explanation.heads) {
        heads.push_back(headJson(head));
        for (const CriterionEvidence& each : head.criteria)
            criteria.push_back(criterionJson(head, each));
    }
    const auto& prediction = explanation.prediction;
    return { { "file", file }, { "model", model }, { "type", prediction.type },
        { "conformity", conformityJson(prediction.conformity) },
        { "baseline", "a spectrum without lines" },
        { "completeness_error", explanation.completenessError() },
        { "evidence", std::move(evidence) }, { "heads", std::move(heads) },
        { "criteria", std::move(criteria) }, { "warnings", prediction.warnings } };
}

std::string criterionText(const HeadExplanation& head, const CriterionEvidence& evidence)
{
    std::string text = "    " + explain::sentence(head, evidence);
    if (evidence.value)
        text += fmt::format(
            " = {:.2f}{}", *evidence.value, evidence.criterion->denominator ? "" : " Å");
    if (evidence.answerValue && evidence.otherValue)
        text += fmt::format(" (standards {}: {:.2f}, {}: {:.2f})", head.answer,
            *evidence.answerValue, head.other, *evidence.otherValue);
    if (!evidence.reason.empty())
        text += "; " + evidence.reason;
    return text + "\n";
}

void printHead(const HeadExplanation& head, std::size_t top)
{
    const bool spectral = head.head == Head::Spectral;
    const auto& attribution = head.attribution;
    fmt::print("\n{}: {} ({:.1f} %) rather than {} ({:.1f} %)\n",
        spectral ? "Spectral class" : "Luminosity class", head.answer,
        100.0 * head.answerProbability, head.other, 100.0 * head.otherProbability);
    fmt::print("  ln of their odds {:+.2f}; a spectrum without lines would have {:+.2f}. "
               "Of the difference of {:+.2f}\n",
        attribution.logOdds, attribution.blankLogOdds, attribution.difference());
    const auto& lines = head.evidence.lines;
    for (std::size_t i = 0; i < std::min(top, lines.size()); ++i)
        fmt::print("    {:>+7.3f}  {:7}  {} {:.0f} Å\n", lines[i].contribution,
            lines[i].contribution >= 0.0 ? "for" : "against", lines[i].species,
            lines[i].wavelengthAngstrom);
    fmt::print(
        "    {:>+7.3f}  continuum and unidentified lines together\n", head.evidence.unidentified);
    fmt::print("  The textbook's criteria:\n");
    if (head.criteria.empty())
        fmt::print("    none between {} and {}\n", head.answer, head.other);
    for (const CriterionEvidence& each : head.criteria)
        fmt::print("{}", criterionText(head, each));
}

void printText(const Explanation& explanation, const std::string& file, std::size_t top)
{
    const auto& prediction = explanation.prediction;
    fmt::print("{}: {}\n", file, prediction.type);
    for (const std::string& reason : prediction.conformity.reasons)
        fmt::print("  UNRELIABLE: {}\n", reason);
    for (const HeadExplanation& head : explanation.heads)
        printHead(head, top);
    fmt::print("\nContributions sum to the difference within {:.2g} %.\n",
        100.0 * explanation.completenessError());
}

base::Result<Explanation> explained(OpenedClassifier& opened, const Options& options,
    const classify::PrepareOptions& prepare, const SpectrumItem& item)
{
    const auto lines
        = options.lines.empty() ? mk::defaultLineList() : mk::readLineList(options.lines);
    if (!lines)
        return base::Unexpected(lines.error());
    explain::Against against;
    if (!options.against.empty()) {
        const auto parsed = explain::parseAgainst(options.against, opened.classifier->scheme());
        if (!parsed)
            return base::failure(base::ErrorCode::OptionInvalid, "--against", parsed.error().found,
                parsed.error().expected);
        against = *parsed;
    }
    const auto spectrum = io::readSpectrumFiles(item.files, options.prepare.read.readOptions());
    if (!spectrum)
        return base::Unexpected(spectrum.error());
    return explain::explain(*opened.classifier, **spectrum, prepare, *lines, against);
}

int run(const CommonOptions& common, const Options& options)
{
    const auto items = listSpectra(options.files);
    if (items.size() != 1)
        return report({ base::ErrorCode::OptionInvalid, "FILE",
            fmt::format("{} spectra", items.size()), "the files of one spectrum", {} });
    const SpectrumItem& item = items.front();
    if (item.error)
        return report(*item.error);
    const auto prepare = options.prepare.prepareOptions();
    if (!prepare)
        return report(prepare.error());
    auto opened = openClassifier(options.model, common.threads);
    if (!opened)
        return report(opened.error());
    notice("using " + opened->description);
    const auto explanation = explained(*opened, options, *prepare, item);
    if (!explanation)
        return report(explanation.error());
    const std::string file = item.files.front().string();
    if (common.json)
        printJson(document(*explanation, file, opened->description, options.top));
    else
        printText(*explanation, file, options.top);
    return kDone;
}

} // namespace

void addExplain(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("explain",
        "why a spectrum is typed as it is: which lines speak for the answer and against it, and "
        "the textbook's criteria");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("FILE", options->files, "one spectrum")->required();
    addModelOptions(*verb, options->model);
    verb->add_option("--against", options->against,
        "the type that the answer is weighed against, such as B3, B3V or III (default: the most "
        "probable other one)");
    verb->add_option("--top", options->top, "so many lines of evidence")->capture_default_str();
    verb->add_option("--list", options->lines, "a line list in place of the program's own");
    addPrepareFlags(*verb, options->prepare);
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli

#include "app/cli/metrics_json.h"

#include <fmt/format.h>

#include <cmath>

namespace maury::cli {
namespace {

using nlohmann::json;

json numberOrNull(double value)
{
    return std::isfinite(value) ? json(value) : json(nullptr);
}

template <typename Value> json valueOrNull(const std::optional<Value>& value)
{
    return value ? json(*value) : json(nullptr);
}

json headJson(const train::HeadMetrics& head)
{
    return { { "precision", numberOrNull(head.precision) }, { "recall", numberOrNull(head.recall) },
        { "f1", numberOrNull(head.f1) },
        { "weighted",
            { { "precision", numberOrNull(head.weightedPrecision) },
                { "recall", numberOrNull(head.weightedRecall) },
                { "f1", numberOrNull(head.weightedF1) } } } };
}

json perClassJson(const train::HeadMetrics& head)
{
    json list = json::array();
    for (const auto& score : head.perClass)
        list.push_back({ { "class", score.name }, { "samples", score.samples },
            { "precision", numberOrNull(score.precision) },
            { "recall", numberOrNull(score.recall) }, { "f1", numberOrNull(score.f1) } });
    return list;
}

json scoresJson(const classify::Scores& scores)
{
    const auto& code = scores.code;
    const auto& subclass = scores.subclass;
    return { { "sc_accuracy", numberOrNull(scores.sc.accuracy) },
        { "sc_within_one", numberOrNull(scores.sc.withinOne) },
        { "lc_accuracy", numberOrNull(scores.lc.accuracy) },
        { "code",
            { { "median", numberOrNull(code.median) }, { "sigma68", numberOrNull(code.sigma68) },
                { "rms3", numberOrNull(code.rms3) }, { "beyond3", code.beyond3 },
                { "bias", numberOrNull(code.bias) } } },
        { "subclass",
            { { "median", numberOrNull(subclass.median) },
                { "sigma68", numberOrNull(subclass.sigma68) },
                { "rms", numberOrNull(subclass.rms) }, { "bias", numberOrNull(subclass.bias) },
                { "within1", numberOrNull(subclass.within1) },
                { "within2", numberOrNull(subclass.within2) } } },
        { "sc", headJson(scores.sc) }, { "lc", headJson(scores.lc) },
        { "per_class", perClassJson(scores.sc) }, { "lc_per_class", perClassJson(scores.lc) },
        { "sc_confusion", scores.sc.confusion }, { "lc_confusion", scores.lc.confusion } };
}

json outsideJson(const std::optional<classify::OutsideScores>& outside)
{
    if (!outside)
        return nullptr;
    return { { "stars", outside->stars }, { "found", outside->found },
        { "false_alarms", outside->falseAlarms }, { "auroc", valueOrNull(outside->auroc) } };
}

json reliabilityJson(const std::optional<classify::Reliability>& reliability)
{
    if (!reliability)
        return nullptr;
    json bins = json::array();
    for (const classify::ReliabilityBin& bin : reliability->bins)
        bins.push_back({ { "from", bin.from }, { "to", bin.to }, { "samples", bin.samples },
            { "probability", numberOrNull(bin.probability) },
            { "accuracy", numberOrNull(bin.accuracy) } });
    return { { "probability", reliability->probability }, { "accuracy", reliability->accuracy },
        { "ece", reliability->expectedError }, { "bins", std::move(bins) } };
}

void printReliability(const char* head, const std::optional<classify::Reliability>& reliability)
{
    if (reliability)
        fmt::print("{:<17} mean probability {:.3f}  right {:.3f}  expected calibration error "
                   "{:.3f}\n",
            head, reliability->probability, reliability->accuracy, reliability->expectedError);
}

void printScores(const char* who, const classify::Scores& scores)
{
    fmt::print("{:<17} SC {:.3f}  within one {:.3f}  LC {:.3f}\n", who, scores.sc.accuracy,
        scores.sc.withinOne, scores.lc.accuracy);
    fmt::print("{:<17} code: median {:.2f}  sigma68 {:.2f}  rms3 {:.2f}  beyond3 {}  bias "
               "{:+.2f}\n",
        "", scores.code.median, scores.code.sigma68, scores.code.rms3, scores.code.beyond3,
        scores.code.bias);
    fmt::print("{:<17} subclass: median {:.2f}  sigma68 {:.2f}  rms {:.2f}  bias {:+.2f}  "
               "within 1: {:.3f}  within 2: {:.3f}\n",
        "", scores.subclass.median, scores.subclass.sigma68, scores.subclass.rms,
        scores.subclass.bias, scores.subclass.within1, scores.subclass.within2);
}

} // namespace

json metricsJson(const classify::Evaluation& evaluation, const mk::ClassScheme& scheme)
{
    json result = scoresJson(evaluation.network);
    result["samples"] = evaluation.samples;
    result["typed"] = evaluation.typed;
    result["refused"] = evaluation.refused;
    result["conforming"] = valueOrNull(evaluation.conforming);
    result["outside"] = outsideJson(evaluation.outside);
    const auto& [sc, lc] = std::pair { evaluation.reliabilitySc, evaluation.reliabilityLc };
    result["ece_sc"] = sc ? json(sc->expectedError) : json(nullptr);
    result["ece_lc"] = lc ? json(lc->expectedError) : json(nullptr);
    result["reliability"] = { { "sc", reliabilityJson(sc) }, { "lc", reliabilityJson(lc) } };
    result["pull_width"] = valueOrNull(evaluation.pullWidth);
    result["classes"] = scheme.names;
    result["baseline"] = evaluation.baseline ? scoresJson(*evaluation.baseline) : json(nullptr);
    return result;
}

void printMetrics(const classify::Evaluation& evaluation, const mk::ClassScheme& scheme)
{
    fmt::print("{} samples, {} typed, {} refused; {} classes {} to {}\n", evaluation.samples,
        evaluation.typed, evaluation.refused, scheme.size(), scheme.names.front(),
        scheme.names.back());
    if (evaluation.conforming)
        fmt::print("{} of the typed conform to the training library\n", *evaluation.conforming);
    if (const auto& outside = evaluation.outside) {
        fmt::print("outside the atlas: {} of {} stars beyond its classes found, {} false alarms",
            outside->found, outside->stars, outside->falseAlarms);
        fmt::print("{}\n", outside->auroc ? fmt::format(", AUROC {:.3f}", *outside->auroc) : "");
    }
    printScores("network", evaluation.network);
    if (evaluation.baseline)
        printScores("nearest standard", *evaluation.baseline);
    printReliability("spectral class", evaluation.reliabilitySc);
    printReliability("luminosity class", evaluation.reliabilityLc);
    if (evaluation.pullWidth)
        fmt::print("{:<17} {:.2f} (1: the uncertainties are right; above: too small)\n",
            "pull width", *evaluation.pullWidth);
}

} // namespace maury::cli

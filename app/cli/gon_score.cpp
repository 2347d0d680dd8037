#include "app/cli/gon.h"

#include "app/cli/interrupt.h"
#include "app/cli/report.h"
#include "core/gon/anomaly.h"
#include "core/gon/gon_sources.h"
#include "core/gon/judge.h"
#include "core/gon/latent_probe.h"
#include "core/gon/velocity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::cli {
namespace {

using base::Result;
using nlohmann::json;

struct Options {
    GonSpectraOptions spectra;
    std::string model;
    std::string against;
    bool reportTables = false;
    bool probes = false;
    int variations = 0;
    gon::VelocityOptions velocity;
};

void addUse(CLI::App& verb, Options& options)
{
    addGonSpectra(verb, options.spectra);
    verb.add_option("--model", options.model, "a model that gon train wrote")->required();
}

json probesJson(const gon::Encoding& encoding, const gon::SpectrumSet& set)
{
    json result = json::array();
    for (const gon::Label& label : set.labels) {
        const auto probes = gon::probe(encoding.codes, set.stars, label);
        if (!probes) {
            notice("no probe: " + base::describe(probes.error()));
            continue;
        }
        for (const gon::ProbeResult& one : *probes)
            result.push_back({ { "label", one.label }, { "method", one.method },
                { "spectra", one.truth.size() }, { "rms", one.rms }, { "bias", one.bias },
                { "r2", one.r2 }, { "spearman", one.spearman }, { "truth", one.truth },
                { "predicted", one.predicted } });
    }
    return result;
}

/// The tables of gon train --judge for a model that is there, with other models beside it.
int runReport(const Options& options, const CommonOptions& common, const GonSets& sets)
{
    std::vector<json> judged;
    for (const std::string& file : { options.model, options.against }) {
        if (file.empty())
            continue;
        const auto inference = openGonModel(file, common);
        if (!inference)
            return report(inference.error());
        auto one = judgeJson(*inference, sets, false, common.seed);
        if (!one)
            return report(one.error());
        judged.push_back(*std::move(one));
    }
    if (common.json)
        printJson(json { { "judged", judged } });
    else
        printJudged(judged);
    return kDone;
}

int runScore(const Options& options, const CommonOptions& common)
{
    auto set = openGonSpectra(options.spectra);
    if (!set)
        return report(set.error());
    GonSets sets;
    if (options.variations > 0) {
        const auto count = static_cast<std::size_t>(options.variations);
        dataset::AugmentationSettings settings;
        settings.gain = options.spectra.gain;
        sets.unseenAtRest = gon::variationsOf(*set, atRest(settings), count, 2, common.seed);
        set.value() = gon::variationsOf(*set, settings, count, 1, common.seed);
    }
    if (options.reportTables) {
        sets.unseen = *std::move(set);
        return runReport(options, common, sets);
    }
    const Interrupt interrupt;
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return report(inference.error());
    const auto scores = gon::anomalyScores(*inference, *set, nullptr, interrupt.token());
    if (!scores)
        return report(scores.error());
    std::vector<std::size_t> order(scores->size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return (*scores)[a].combined > (*scores)[b].combined;
    });
    json document { { "model", gon::describe(inference->model()) },
        { "spectra", set->spectra() }, { "stars", json::array() } };
    for (const std::size_t i : order) {
        const gon::AnomalyScore& one = (*scores)[i];
        document["stars"].push_back({ { "star", set->stars[i] },
            { "type", i < set->types.size() ? set->types[i] : std::string() },
            { "usable", one.usable }, { "score", one.combined },
            { "chi2_excess", one.chi2Excess }, { "largest_window_z", one.largestWindow },
            { "window_angstrom", one.windowAngstrom }, { "window_sign", one.windowSign },
            { "mahalanobis", one.mahalanobis } });
    }
    if (options.probes) {
        const auto encoding
            = inference->encode(*set, { gon::kMapIterations, false, true }, interrupt.token());
        if (!encoding)
            return report(encoding.error());
        document["probes"] = probesJson(*encoding, *set);
    }
    if (common.json) {
        printJson(document);
        return kDone;
    }
    for (const json& star : document["stars"])
        fmt::print("{:>8.2f}  {:<34} {:<10} χ² excess {:>8.2f}  window z {:>7.2f} at {:.1f} Å  "
                   "distance {:.2f}\n",
            star["score"].get<double>(), star["star"].get<std::string>(),
            star["type"].get<std::string>(), star["chi2_excess"].get<double>(),
            star["largest_window_z"].get<double>(), star["window_angstrom"].get<double>(),
            star["mahalanobis"].get<double>());
    if (document.contains("probes"))
        for (const json& one : document["probes"])
            fmt::print("{} from the code, {}: rms {:.3f}, R² {:.3f}, rank correlation {:.3f}\n",
                one["label"].get<std::string>(), one["method"].get<std::string>(),
                one["rms"].get<double>(), one["r2"].get<double>(), one["spearman"].get<double>());
    return kDone;
}

int runVelocity(const Options& options, const CommonOptions& common)
{
    const Interrupt interrupt;
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return report(inference.error());
    const auto set = openGonSpectra(options.spectra);
    if (!set)
        return report(set.error());
    const auto found
        = gon::fitVelocities(*inference, *set, options.velocity, interrupt.token());
    if (!found)
        return report(found.error());
    json document { { "model", gon::describe(inference->model()) },
        { "floor_kms", options.velocity.floorKms }, { "stars", json::array() } };
    for (std::size_t i = 0; i < found->size(); ++i) {
        const gon::VelocityEstimate& one = (*found)[i];
        document["stars"].push_back({ { "star", set->stars[i] },
            { "velocity_kms", one.atEdge ? json(nullptr) : json(one.kms) },
            { "sigma_kms", one.atEdge ? json(nullptr) : json(one.sigmaKms) },
            { "chi2_per_dof", one.chi2 / one.dof } });
        if (!common.json)
            fmt::print("{}: {}\n", set->stars[i],
                one.atEdge ? std::string("no velocity within the range")
                           : fmt::format("{:+.2f} ± {:.2f} km/s, χ²/dof {:.2f}", one.kms,
                               one.sigmaKms, one.chi2 / one.dof));
    }
    if (common.json)
        printJson(document);
    return kDone;
}

} // namespace

void addGonScore(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("score", "what is odd about spectra, ranked");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options);
    verb->add_flag("--report", options->reportTables,
        "tables of fit, imputation, oddities and velocities instead");
    verb->add_option("--against", options->against, "another model in the tables");
    verb->add_flag("--probes", options->probes,
        "what ridge and nearest neighbours tell of the labels from the codes");
    verb->add_option(
            "--variations", options->variations, "noisy variations of an atlas's standards instead")
        ->check(CLI::Range(0, 100000))
        ->capture_default_str();
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runScore(*options, common); };
    });
}

void addGonVelocity(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("rv", "radial velocities found together with the codes");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options);
    verb->add_option("--range", options->velocity.rangeKms, "looked for within ± this, km/s")
        ->capture_default_str();
    verb->add_option("--floor", options->velocity.floorKms,
            "km/s added to sigma in quadrature: template mismatch of unseen stars")
        ->capture_default_str();
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runVelocity(*options, common); };
    });
}

} // namespace maury::cli

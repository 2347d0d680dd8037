#include "app/cli/gon.h"

#include "app/cli/report.h"
#include "core/gon/judge.h"

#include <fmt/format.h>

#include <chrono>

namespace maury::cli {
namespace {

using base::Result;
using nlohmann::json;

constexpr double kVelocityRangeKms = 400.0;

json fitJson(const gon::FitScore& fit)
{
    return { { "spectra", fit.spectra }, { "chi2_per_dof_mean", fit.meanChi2 },
        { "chi2_per_dof_median", fit.medianChi2 }, { "rmse", fit.rmse }, { "rms", fit.rms },
        { "noise", fit.noise }, { "z_width", fit.zWidth },
        { "z_autocorrelation", fit.zAutocorrelation } };
}

json imputationJson(const gon::ImputationScore& score)
{
    return { { "block_angstrom", score.blockAngstrom }, { "pixels", score.pixels },
        { "rms", score.rms }, { "linear_rms", score.linearRms },
        { "coverage68", score.coverage68 }, { "coverage95", score.coverage95 },
        { "raw_coverage68", score.rawCoverage68 }, { "raw_coverage95", score.rawCoverage95 } };
}

Result<json> velocityJson(
    const gon::LatentInference& inference, const gon::SpectrumSet& set, std::uint64_t seed)
{
    const auto score = gon::scoreVelocities(inference, set, kVelocityRangeKms, seed);
    if (!score)
        return base::Unexpected(score.error());
    return json { { "spectra", score->spectra }, { "bias_sigma", score->biasSigma },
        { "pull_width", score->pullWidth }, { "robust_pull_width", score->robustPullWidth },
        { "bias_kms", score->biasKms }, { "scatter_kms", score->scatterKms },
        { "floor_kms", score->floorKms }, { "outliers", score->outliers } };
}

Result<json> setJson(const gon::LatentInference& inference, const gon::SpectrumSet& set,
    const gon::SpectrumSet& unshifted, bool quick, std::uint64_t seed)
{
    json result;
    const auto affine = gon::scoreFit(inference, set, {});
    if (!affine)
        return base::Unexpected(affine.error());
    result["affine"] = fitJson(*affine);
    const auto map = gon::scoreFit(inference, set, { gon::kMapIterations, false, true });
    if (!map)
        return base::Unexpected(map.error());
    result["map4"] = fitJson(*map);
    // The stars that the bands were not fitted on.
    const gon::SpectrumSet others = set.truth.size() > 0 ? gon::halfOfStars(set, 1) : set;
    for (const double block : { 5.0, 20.0, 50.0 }) {
        const auto score = gon::scoreImputation(inference, others, block, seed + 100);
        if (!score)
            return base::Unexpected(score.error());
        result["imputation"].push_back(imputationJson(*score));
    }
    if (quick || set.truth.size() == 0)
        return result;
    const auto oddities = gon::scoreAnomalies(inference, set, seed);
    if (!oddities)
        return base::Unexpected(oddities.error());
    for (const gon::OddityScore& one : *oddities)
        result["anomaly_auroc"][gon::toString(one.oddity)] = { { "combined", one.combined },
            { "chi2", one.chi2 }, { "window", one.window }, { "mahalanobis", one.mahalanobis } };
    if (unshifted.spectra() == 0)
        return result;
    auto velocity = velocityJson(inference, unshifted, seed);
    if (!velocity)
        return velocity;
    result["velocity"] = *std::move(velocity);
    return result;
}

void printFit(const std::vector<json>& judged, const char* set)
{
    for (const json& one : judged) {
        const json& of = one.at("sets").at(set);
        fmt::print("  {:<34} {:>7.3f} {:>7.3f} {:>8.4f} {:>8.4f}   {:>7.3f} {:>7.3f} {:>8.4f}\n",
            one.at("model").get<std::string>(), of["affine"]["chi2_per_dof_mean"].get<double>(),
            of["affine"]["chi2_per_dof_median"].get<double>(), of["affine"]["rmse"].get<double>(),
            of["affine"]["rms"].get<double>(), of["map4"]["chi2_per_dof_mean"].get<double>(),
            of["map4"]["chi2_per_dof_median"].get<double>(), of["map4"]["rmse"].get<double>());
    }
}

void printImputation(const std::vector<json>& judged, const char* set)
{
    for (const json& one : judged) {
        std::string line;
        for (const json& block : one.at("sets").at(set).at("imputation"))
            line += fmt::format("  {:.4f} ({:.4f}) {:.2f}/{:.2f} raw {:.2f}",
                block["rms"].get<double>(), block["linear_rms"].get<double>(),
                block["coverage68"].get<double>(), block["coverage95"].get<double>(),
                block["raw_coverage68"].get<double>());
        fmt::print("  {:<34}{}\n", one.at("model").get<std::string>(), line);
    }
}

void printOddities(const std::vector<json>& judged, const char* set)
{
    for (const json& one : judged) {
        const json& of = one.at("sets").at(set);
        if (!of.contains("anomaly_auroc"))
            continue;
        std::string line;
        for (const auto& [name, area] : of["anomaly_auroc"].items())
            line += fmt::format("  {} {:.3f}", name, area["combined"].get<double>());
        fmt::print("  {:<34}{}\n", one.at("model").get<std::string>(), line);
        if (!of.contains("velocity"))
            continue;
        const json& velocity = of["velocity"];
        fmt::print("  {:<34}  velocity: bias {:+.3f} σ, pull width {:.3f} (central {:.3f}), "
                   "scatter {:.2f} km/s, floor {:.2f} km/s, {} of {} beyond 5 σ\n",
            "", velocity["bias_sigma"].get<double>(), velocity["pull_width"].get<double>(),
            velocity["robust_pull_width"].get<double>(), velocity["scatter_kms"].get<double>(),
            velocity["floor_kms"].get<double>(), velocity["outliers"].get<int>(),
            velocity["spectra"].get<int>());
    }
}

} // namespace

dataset::AugmentationSettings atRest(dataset::AugmentationSettings settings)
{
    settings.registrationSigmaAngstrom = 0.0;
    settings.registrationLinearSigma = 0.0;
    settings.dopplerSigmaKms = 0.0;
    return settings;
}

Result<json> judgeJson(
    const gon::LatentInference& inference, const GonSets& sets, bool quick, std::uint64_t seed)
{
    const auto begin = std::chrono::steady_clock::now();
    json result { { "model", gon::describe(inference.model()) }, { "sets", json::object() } };
    const auto add = [&](const char* name, const gon::SpectrumSet& set,
                         const gon::SpectrumSet& unshifted) -> Result<void> {
        if (set.spectra() == 0)
            return {};
        auto judged = setJson(inference, set, unshifted, quick, seed);
        if (!judged)
            return base::Unexpected(judged.error());
        result["sets"][name] = *std::move(judged);
        return {};
    };
    for (const auto& done :
        { add("A", sets.seen, sets.seenAtRest), add("B", sets.unseen, sets.unseenAtRest),
            add("stars", sets.stars, {}) })
        if (!done)
            return base::Unexpected(done.error());
    result["seconds"]
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

void printJudged(const std::vector<json>& judged)
{
    for (const auto& [set, title] : { std::pair { "A", "A: fresh variations of training standards" },
             std::pair { "B", "B: variations of unseen standards" },
             std::pair { "stars", "real stars (against their noisy flux)" } }) {
        if (judged.empty() || !judged.front().at("sets").contains(set))
            continue;
        fmt::print("{}\n  {:<34} {:>7} {:>7} {:>8} {:>8}   {:>7} {:>7} {:>8}\n", title,
            "one inference | MAP4", "mean χ²", "median", "RMSE", "rms", "mean χ²", "median", "RMSE");
        printFit(judged, set);
        fmt::print("  imputed blocks of 5 | 20 | 50 Å: rms (straight line) coverage 68/95 %\n");
        printImputation(judged, set);
        printOddities(judged, set);
    }
}

} // namespace maury::cli

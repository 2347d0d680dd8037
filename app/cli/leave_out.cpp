#include "app/cli/leave_out.h"

#include "app/cli/interrupt.h"
#include "app/cli/metrics_json.h"
#include "app/cli/report.h"
#include "app/cli/train_robust.h"
#include "core/classify/standards_evaluator.h"
#include "core/classify/training_atlas.h"
#include "core/robust/robust_model.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;

/// What is trained, and on what.
struct Experiment {
    robust::RobustConfig config;
    std::vector<robust::Library> libraries;
    std::string description;
};

Result<Experiment> withLibraries(Experiment experiment, const std::vector<std::string>& sources,
    const std::vector<double>& fwhms)
{
    auto libraries = openTrainingLibraries(sources, fwhms);
    if (!libraries)
        return base::failureIn(libraries.error(), "a library to train on; name one with --atlas");
    experiment.libraries = *std::move(libraries);
    return experiment;
}

/// The model's settings and its libraries, from where they lay when it was trained.
Result<Experiment> asModel(const std::string& file, const LeaveOutOptions& options)
{
    const auto model = robust::readRobustModel(file);
    if (!model)
        return base::Unexpected(model.error());
    auto config = robust::configFromJson(model->settings, file);
    if (!config)
        return base::Unexpected(config.error());
    std::vector<std::string> sources;
    for (const auto& source : classify::trainingSources(model->provenance))
        sources.push_back(source.name == "builtin" ? source.name : source.source);
    if (sources.empty())
        return base::failure(ErrorCode::ValueMissing, file,
            "nothing about the libraries that it was trained on", "name one with --atlas");
    std::vector<double> fwhms = options.fwhms;
    if (fwhms.empty() && sources.size() == 1)
        fwhms = { model->blue.variation.nativeFwhmAngstrom };
    return withLibraries(
        { *std::move(config), {}, fmt::format("settings and libraries of {}", file) }, sources,
        fwhms);
}

Result<Experiment> openExperiment(const LeaveOutOptions& options, const ModelOptions& model)
{
    if (model.atlas.empty() && model.model.empty())
        return base::failure(ErrorCode::OptionInvalid, "--leave-standards-out", "no model",
            "--model, whose settings and libraries to take, or --atlas for the recipe's settings");
    if (model.atlas.empty())
        return asModel(model.model, options);
    Experiment experiment;
    experiment.description = "settings of the recipe";
    if (!model.model.empty()) {
        const auto own = robust::readRobustModel(model.model);
        if (!own)
            return base::Unexpected(own.error());
        auto config = robust::configFromJson(own->settings, model.model);
        if (!config)
            return base::Unexpected(config.error());
        experiment.config = *std::move(config);
        experiment.description = "settings of " + model.model;
    }
    return withLibraries(std::move(experiment), { model.atlas }, options.fwhms);
}

std::string noteOf(const classify::LeaveOutReport& report, const Experiment& experiment)
{
    std::size_t heldOut = 0;
    std::size_t fewest = report.folds.front().trainedOn;
    std::size_t most = 0;
    for (const classify::FoldOutcome& fold : report.folds) {
        heldOut += fold.heldOut.size();
        fewest = std::min(fewest, fold.trainedOn);
        most = std::max(most, fold.trainedOn);
    }
    return fmt::format("{} observed cells in {} folds; each fold typed by networks trained anew "
                       "({}) without it and without the cells interpolated from it, on {} to {} "
                       "spectra; probabilities calibrated on the other folds",
        heldOut, report.folds.size(), experiment.description, fewest, most);
}

nlohmann::json foldsJson(const classify::LeaveOutReport& report)
{
    nlohmann::json folds = nlohmann::json::array();
    for (const classify::FoldOutcome& fold : report.folds)
        folds.push_back({ { "held_out", fold.heldOut }, { "descendants", fold.descendants },
            { "trained_on", fold.trainedOn } });
    return folds;
}

} // namespace

void addLeaveOutOptions(CLI::App& verb, LeaveOutOptions& options)
{
    constexpr const char* kGroup = "Standards held out";
    verb.add_flag("--leave-standards-out", options.wanted,
            "train anew without some standards and type those: what the model would make of stars "
            "like its own standards that it never saw")
        ->group(kGroup);
    verb.add_option("--folds", options.folds, "parts that the observed standards are divided into")
        ->group(kGroup)
        ->capture_default_str();
    verb.add_option("--native-fwhm", options.fwhms,
            "resolution of the libraries in angstrom: one for all or one for each (default: the "
            "model's)")
        ->group(kGroup);
}

int runLeaveOut(
    const LeaveOutOptions& options, const ModelOptions& model, const CommonOptions& common)
{
    const Interrupt interrupt;
    auto experiment = openExperiment(options, model);
    if (!experiment)
        return report(experiment.error());
    experiment->config.seed = common.seed;
    experiment->config.threads = common.threads;
    robust::CalibrationEffort effort;
    effort.folds = options.folds;
    const auto backend = train::createBackend("cpu", common.threads);
    if (!backend)
        return report(backend.error());
    const auto tell = [](const robust::CalibrationStep& step) {
        notice(
            fmt::format("fold {}/{}: training without its standards", step.fold + 1, step.folds));
    };
    const auto refused
        = [](const base::Error& error) { notice("refused: " + base::describe(error)); };
    const auto result = classify::leaveStandardsOut(experiment->libraries, experiment->config,
        effort, **backend, tell, refused, interrupt.token());
    if (!result)
        return report(result.error());
    const std::string note = noteOf(*result, *experiment);
    if (common.json) {
        nlohmann::json document = metricsJson(result->evaluation, result->scheme);
        document["note"] = note;
        document["folds"] = foldsJson(*result);
        printJson(document);
    } else {
        printMetrics(result->evaluation, result->scheme);
        fmt::print("note: {}\n", note);
    }
    return kDone;
}

} // namespace maury::cli

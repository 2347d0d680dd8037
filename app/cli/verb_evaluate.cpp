#include "app/cli/atlas_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/leave_out.h"
#include "app/cli/metrics_json.h"
#include "app/cli/model_options.h"
#include "app/cli/prepare_options.h"
#include "app/cli/report.h"
#include "app/cli/verb.h"
#include "app/cli/what_if_options.h"
#include "core/base/random.h"
#include "core/base/thread_team.h"
#include "core/classify/evaluator.h"
#include "core/classify/fit.h"
#include "core/classify/standards_evaluator.h"
#include "core/classify/training_atlas.h"
#include "core/robust/robust_model.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::uint64_t kEvaluationStream = 0x6576616c; ///< other noise than the training's

struct Options {
    ModelOptions model;
    std::string data;
    std::string labels;
    int augment = 0;
    PrepareFlags prepare; ///< of stars
    preprocess::WhatIf change; ///< done to stars first
    LeaveOutOptions leaveOut;
};

struct Outcome {
    classify::Evaluation evaluation;
    std::string note;
    std::vector<std::string> leftOut; ///< labels that could not be used
};

Result<Outcome> evaluateAtlas(const Options& options, const CommonOptions& common,
    const train::Model& model, const mk::AtlasPtr& trainingAtlas, std::stop_token stop)
{
    auto data = openAtlasWithWarnings(options.data);
    if (!data)
        return data.error().code == ErrorCode::AtlasEmpty
            ? base::failureIn(data.error(), "a folder of other spectra needs --labels")
            : base::Unexpected(data.error());
    if (const auto scorable = classify::checkScorable(model, **data); !scorable)
        return base::Unexpected(scorable.error());
    dataset::BuildOptions build;
    build.perSpectrum = options.augment;
    build.augmentation = classify::trainingAugmentation(model);
    build.edges = classify::trainingEdges(model);
    build.seed = base::RandomStream(common.seed).split(kEvaluationStream).key();
    build.threads = common.threads > 0 ? common.threads : base::defaultThreadCount();
    const auto set = dataset::buildSampleSet({ *data }, model.scheme, build, std::move(stop));
    if (!set)
        return base::Unexpected(set.error());
    const auto evaluation
        = classify::evaluateSamples(model, **set, trainingAtlas.get(), common.threads);
    if (!evaluation)
        return base::Unexpected(evaluation.error());
    return Outcome { *evaluation,
        trainingAtlas ? relationNote(mk::relate(*trainingAtlas, **data))
                      : std::string("what the data are to the training library is unknown"),
        {} };
}

Result<Outcome> evaluateStored(const Options& options, const CommonOptions& common,
    const train::Model& model, const mk::AtlasPtr& trainingAtlas)
{
    if (options.augment > 0)
        return base::failure(ErrorCode::OptionInvalid, "--augment", std::to_string(options.augment),
            "no --augment: a stored set is scored as it is");
    const auto set = dataset::readSampleSet(options.data);
    if (!set)
        return base::Unexpected(set.error());
    const auto evaluation
        = classify::evaluateSamples(model, **set, trainingAtlas.get(), common.threads);
    if (!evaluation)
        return base::Unexpected(evaluation.error());
    return Outcome { *evaluation, "stored set: " + (*set)->description, {} };
}

void noticeRefusal(const base::Error& error)
{
    notice("refused: " + base::describe(error));
}

Result<Outcome> evaluateLabelled(
    const Options& options, classify::StarClassifier& classifier, std::stop_token stop)
{
    if (options.augment > 0)
        return base::failure(ErrorCode::OptionInvalid, "--augment", std::to_string(options.augment),
            "no --augment with --labels: stars are real");
    const auto prepare = options.prepare.prepareOptions();
    if (!prepare)
        return base::Unexpected(prepare.error());
    Outcome outcome;
    const auto stars = classify::readLabels(options.labels, options.data, outcome.leftOut);
    if (!stars)
        return base::Unexpected(stars.error());
    for (const std::string& text : outcome.leftOut)
        notice("left out: " + text);
    auto evaluation = classify::evaluateStars(classifier, *stars,
        { options.prepare.read.readOptions(), *prepare, options.change }, noticeRefusal,
        std::move(stop));
    if (!evaluation)
        return base::Unexpected(evaluation.error());
    outcome.evaluation = *std::move(evaluation);
    outcome.note = "stars with labels";
    return outcome;
}

/// The standards of a library as a robust model sees stars.
Result<Outcome> evaluateLibrary(
    const Options& options, classify::StarClassifier& classifier, std::stop_token stop)
{
    if (options.augment > 0)
        return base::failure(ErrorCode::OptionInvalid, "--augment", std::to_string(options.augment),
            "no --augment with a robust model: its standards are typed as they are");
    const auto data = robust::openLibrary(options.data);
    if (!data)
        return data.error().code == ErrorCode::AtlasEmpty
            ? base::failureIn(data.error(), "a folder of other spectra needs --labels")
            : base::Unexpected(data.error());
    for (const std::string& warning : (*data)->warnings())
        notice(warning);
    const auto evaluation
        = classify::evaluateStandards(classifier, **data, noticeRefusal, std::move(stop));
    if (!evaluation)
        return base::Unexpected(evaluation.error());
    return Outcome { *evaluation, relationNote(mk::relate(classifier.atlas(), **data)), {} };
}

Result<Outcome> evaluate(
    const Options& options, const CommonOptions& common, const train::Model& model)
{
    const Interrupt interrupt;
    auto trainingAtlas = openModelAtlas(options.model, model);
    if (!trainingAtlas) {
        if (!options.model.atlas.empty())
            return base::Unexpected(trainingAtlas.error());
        notice("no baseline: " + base::describe(trainingAtlas.error()));
    } else if (const auto fits = classify::checkFit(model, **trainingAtlas); !fits) {
        return base::Unexpected(fits.error());
    }
    const mk::AtlasPtr baseline = trainingAtlas ? *trainingAtlas : nullptr;
    const bool isAtlas = options.data == "builtin" || std::filesystem::is_directory(options.data);
    return isAtlas ? evaluateAtlas(options, common, model, baseline, interrupt.token())
                   : evaluateStored(options, common, model, baseline);
}

int print(const Options& options, const CommonOptions& common, const Outcome& outcome,
    const std::string& model, const mk::ClassScheme& scheme)
{
    if (common.json) {
        nlohmann::json document = metricsJson(outcome.evaluation, scheme);
        document["model"] = model;
        document["data"] = options.data;
        document["note"] = outcome.note;
        document["left_out"] = outcome.leftOut;
        printJson(document);
    } else {
        fmt::print("model: {}\ndata: {}\n", model, options.data);
        printMetrics(outcome.evaluation, scheme);
        fmt::print("note: {}\n", outcome.note);
    }
    return kDone;
}

/// Only stars can be changed before they are typed.
Result<void> checkChange(const Options& options)
{
    if (options.labels.empty() && !options.change.isNone())
        return base::failure(ErrorCode::OptionInvalid, "--if-…", "no --labels",
            "stars of --data with --labels: nothing else is changed before it is typed");
    return preprocess::validate(options.change);
}

/// Stars with known types, typed from their files; without --labels the standards of a library.
int runOnStars(const CommonOptions& common, const Options& options)
{
    const Interrupt interrupt;
    const auto opened = openClassifier(options.model, common.threads);
    if (!opened)
        return report(opened.error());
    const auto score = options.labels.empty() ? evaluateLibrary : evaluateLabelled;
    const auto outcome = score(options, *opened->classifier, interrupt.token());
    if (!outcome)
        return report(outcome.error());
    return print(options, common, *outcome, opened->description, opened->classifier->scheme());
}

int run(const CommonOptions& common, Options options)
{
    options.change.seed = common.seed;
    if (const auto valid = checkChange(options); !valid)
        return report(valid.error());
    if (options.leaveOut.wanted)
        return runLeaveOut(options.leaveOut, options.model, common);
    const bool isRobust
        = !options.model.model.empty() && robust::isRobustModel(options.model.model);
    if (!options.labels.empty() || isRobust)
        return runOnStars(common, options);
    const auto opened = openModel(options.model);
    if (!opened)
        return report(opened.error());
    const auto outcome = evaluate(options, common, opened->model);
    if (!outcome)
        return report(outcome.error());
    return print(options, common, *outcome, opened->description, opened->model.scheme);
}

} // namespace

void addEvaluate(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb
        = app.add_subcommand("evaluate", "score a model on standards, a stored set or stars");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addModelOptions(*verb, options->model);
    addLeaveOutOptions(*verb, options->leaveOut);
    verb->add_option("--data", options->data,
            "builtin, a folder of standards, a stored set, or with --labels a folder of spectra")
        ->excludes("--leave-standards-out");
    verb->add_option("--labels", options->labels,
            "CSV with columns file and type: files of --data, matched by base name")
        ->excludes("--leave-standards-out");
    verb->add_option("--augment", options->augment,
            "score so many variations of each standard instead of the standards themselves")
        ->excludes("--leave-standards-out")
        ->check(CLI::Range(0, dataset::kMaximumPerSpectrum))
        ->capture_default_str();
    addPrepareFlags(*verb, options->prepare);
    addWhatIfOptions(*verb, options->change);
    verb->callback([&common, &action, options] {
        if (options->data.empty() && !options->leaveOut.wanted)
            throw CLI::RequiredError("--data or --leave-standards-out");
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli

#include "app/cli/atlas_options.h"
#include "app/cli/augmentation_options.h"
#include "app/cli/branch_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/metrics_json.h"
#include "app/cli/preset_options.h"
#include "app/cli/report.h"
#include "app/cli/show_step.h"
#include "app/cli/train_robust.h"
#include "app/cli/training_options.h"
#include "app/cli/verb.h"
#include "core/train/checkpoint.h"
#include "core/train/trainer.h"
#include "core/train/training_data.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using base::Result;

struct Options {
    std::vector<std::string> atlases;
    std::string trainSet;
    std::string test;
    std::string out;
    std::string resume;
    BranchOptions branch;
    std::string protocol = "paper";
    std::string preset;
    train::TrainingConfig config;
    RobustTrainOptions robust;
    ShowStepOptions step;
    CLI::Option* epochs = nullptr; ///< to know whether it was given when resuming
    CLI::Option* precision = nullptr; ///< the same
};

/// A run's data with what has to be said of them.
struct Data {
    train::TrainingData sets;
    std::string note;
};

bool isAtlas(const std::string& name)
{
    return name == "builtin" || std::filesystem::is_directory(name);
}

/// Both sets from atlases.
Result<Data> dataFromAtlases(const Options& options, std::stop_token stop)
{
    std::vector<mk::AtlasPtr> atlases;
    for (const std::string& name : options.atlases) {
        auto atlas = openAtlasWithWarnings(name);
        if (!atlas)
            return base::Unexpected(atlas.error());
        atlases.push_back(*std::move(atlas));
    }
    mk::AtlasPtr test;
    if (!options.test.empty()) {
        auto atlas = openAtlasWithWarnings(options.test);
        if (!atlas)
            return base::Unexpected(atlas.error());
        test = *std::move(atlas);
    }
    auto prepared = train::prepareTrainingData(atlases, test, options.config, std::move(stop));
    if (!prepared)
        return base::Unexpected(prepared.error());
    return Data { std::move(prepared->data), relationNote(prepared->relation) };
}

/// The training set from a file; the test set from another, or from an atlas with the file's
/// classes.
Result<Data> dataFromSets(const Options& options, std::stop_token stop)
{
    auto trainSet = dataset::readSampleSet(options.trainSet);
    if (!trainSet)
        return base::Unexpected(trainSet.error());
    Data data { { *std::move(trainSet), {}, {} }, "no test set" };
    if (options.test.empty())
        return data;
    if (!isAtlas(options.test)) {
        auto test = dataset::readSampleSet(options.test);
        if (!test)
            return base::Unexpected(test.error());
        data.sets.test = *std::move(test);
    } else {
        const auto atlas = openAtlasWithWarnings(options.test);
        if (!atlas)
            return base::Unexpected(atlas.error());
        dataset::BuildOptions build = train::trainingSetOptions(options.config);
        build.perSpectrum = options.config.perSpectrumTest;
        auto test
            = dataset::buildSampleSet({ *atlas }, data.sets.train->scheme, build, std::move(stop));
        if (!test)
            return base::Unexpected(test.error());
        data.sets.test = *std::move(test);
    }
    data.note = "test set: " + data.sets.test->description;
    return data;
}

Result<Data> prepare(const Options& options, std::stop_token stop)
{
    if (!options.trainSet.empty())
        return dataFromSets(options, std::move(stop));
    if (!options.test.empty() && !isAtlas(options.test)) {
        if (!std::filesystem::exists(options.test))
            return base::failure(base::ErrorCode::FileMissing, options.test);
        return base::failure(base::ErrorCode::OptionInvalid, "--test", options.test,
            "an atlas (a folder or builtin) with --atlas; a stored set goes with --train");
    }
    return dataFromAtlases(options, std::move(stop));
}

void showProgress(const train::TrainingEvent& event, int epochs)
{
    if (const auto* done = std::get_if<train::EpochDone>(&event))
        notice(fmt::format("epoch {:>4}/{}  loss {:.4f} test {:.4f}  SC {:.4f} test {:.4f}  LC "
                           "{:.4f} test {:.4f}  {:.0f} samples/s{}",
            done->epoch + 1, epochs, done->train.loss, done->test.loss, done->train.accuracySc,
            done->test.sc.accuracy, done->train.accuracyLc, done->test.lc.accuracy,
            done->samplesPerSecond, done->best ? "  best" : ""));
    else if (const auto* problem = std::get_if<train::Notice>(&event))
        notice("warning: " + base::describe(problem->error));
    else if (const auto* change = std::get_if<train::SettingChanged>(&event))
        notice(fmt::format("{}: {} -> {}", change->setting, change->before, change->after));
}

/// The epoch whose weights are the run's model.
const train::EpochDone& bestEpoch(const train::TrainingReport& report)
{
    return report.history[static_cast<std::size_t>(report.bestEpoch)];
}

nlohmann::json resultJson(const Options& options, const train::Backend& backend, const Data& data,
    const train::TrainingReport& report)
{
    const dataset::SampleSet& set = *data.sets.train;
    nlohmann::json result { { "protocol", options.protocol }, { "backend", backend.name() },
        { "precision",
            backend.name() == "cuda" ? toString(options.config.precision) : "fp32" },
        { "epochs", report.history.size() }, { "seconds", report.seconds },
        { "step_ms", report.stepMilliseconds }, { "samples_per_second", report.samplesPerSecond },
        { "classes", set.scheme.names }, { "train_spectra", set.standardNames.size() },
        { "train_samples", set.size() }, { "parameters", report.model.spec.parameterCount() },
        { "stopped", report.stopped }, { "test_note", data.note } };
    if (report.history.empty())
        return result;
    const train::EpochDone& best = bestEpoch(report);
    result["best_epoch"] = best.epoch + 1;
    result["train"] = { { "loss", best.train.loss }, { "sc_accuracy", best.train.accuracySc },
        { "lc_accuracy", best.train.accuracyLc } };
    result["test"] = nullptr;
    if (best.test.samples > 0) {
        const train::Metrics& last = report.history.back().test;
        result["test_spectra"] = data.sets.test->standardNames.size();
        result["test"] = metricsJson(classify::evaluationOf(best.test, set.scheme), set.scheme);
        result["test"]["loss"] = best.test.loss;
        result["last_epoch_test"] = { { "loss", last.loss }, { "sc_accuracy", last.sc.accuracy },
            { "lc_accuracy", last.lc.accuracy } };
    }
    return result;
}

void printResult(const train::TrainingReport& report, const Data& data)
{
    fmt::print("{} epochs in {:.1f} s, {:.2f} ms a step\n", report.history.size(), report.seconds,
        report.stepMilliseconds);
    if (!report.history.empty() && bestEpoch(report).test.samples > 0) {
        fmt::print("epoch {}, which fits the training set best:\n", report.bestEpoch + 1);
        printMetrics(classify::evaluationOf(bestEpoch(report).test, data.sets.train->scheme),
            data.sets.train->scheme);
    }
    fmt::print("note: {}\n", data.note);
}

/// The settings of the checkpoint, except where it lies and, if asked for, how long to go on.
Result<void> takeStoredConfig(Options& options)
{
    auto checkpoint = train::readCheckpoint(options.resume);
    if (!checkpoint)
        return base::Unexpected(checkpoint.error());
    const int epochs = options.config.epochs;
    const int threads = options.config.threads;
    const train::Precision precision = options.config.precision;
    options.config = std::move(checkpoint->config);
    options.config.checkpoint = options.resume;
    options.config.threads = threads;
    if (options.epochs->count() > 0)
        options.config.epochs = epochs;
    if (options.precision->count() > 0)
        options.config.precision = precision;
    return {};
}

/// Takes one step of the run and shows it; nothing is written.
int showStep(const Options& options, const Data& data, train::Backend& backend,
    const CommonOptions& common)
{
    train::TrainingConfig config = options.config;
    if (options.resume.empty())
        config.checkpoint.clear();
    else if (data.sets.train->size() <= static_cast<std::size_t>(config.batchSize))
        return report({ base::ErrorCode::OptionInvalid, "--show-step", "epochs of a single batch",
            "a run with more, whose checkpoint a step leaves alone", {} });
    train::TrainingControl control;
    control.pause();
    control.stepOnce();
    std::stop_source stop;
    train::StepTracePtr trace;
    const auto observer = [&](const train::TrainingEvent& event) {
        if (const auto* traced = std::get_if<train::StepTraced>(&event)) {
            trace = traced->trace;
            stop.request_stop();
        }
    };
    const auto result = (options.resume.empty() ? train::Trainer::run : train::Trainer::resume)(
        config, data.sets, backend, control, observer, stop.get_token());
    if (!result)
        return report(result.error());
    if (trace == nullptr)
        return report({ base::ErrorCode::OptionInvalid, "--show-step", "a run that is finished",
            "one with epochs left (--epochs)", {} });
    return printStep(*trace, options.step, common);
}

Result<void> checkOptions(const Options& options)
{
    const std::string& backend = options.config.backend;
    if (options.precision->count() > 0 && options.config.precision == train::Precision::Tf32
        && backend != "cuda" && backend != "auto")
        return base::failure(base::ErrorCode::OptionInvalid, "--precision", "tf32",
            "fp32; tf32 exists on the backend cuda only");
    return train::validate(options.config);
}

int run(Options options, const CLI::App& verb, const CommonOptions& common)
{
    options.config.seed = common.seed;
    options.config.threads = common.threads;
    if (!options.branch.from.empty()) {
        options.resume = options.config.checkpoint.string();
        if (const auto made
            = makeBranch(verb, options.branch, options.config.live, options.resume);
            !made)
            return report(made.error());
    }
    if (!options.resume.empty())
        if (const auto stored = takeStoredConfig(options); !stored)
            return report(stored.error());
    if (const auto valid = checkOptions(options); !valid)
        return report(asOption(valid.error()));
    const Interrupt interrupt;
    auto backend = train::createBackend(
        options.config.backend, options.config.threads, options.config.precision);
    if (!backend)
        return report(backend.error());
    auto data = prepare(options, interrupt.token());
    if (!data)
        return report(data.error());
    notice(fmt::format("{} samples of {} standards, {} classes, backend {}",
        data->sets.train->size(), data->sets.train->standardNames.size(),
        data->sets.train->scheme.size(), (*backend)->name()));
    if (options.step.wanted)
        return showStep(options, *data, **backend, common);
    train::TrainingControl control;
    const auto observer
        = [&](const train::TrainingEvent& event) { showProgress(event, options.config.epochs); };
    const auto result = (options.resume.empty() ? train::Trainer::run : train::Trainer::resume)(
        options.config, data->sets, **backend, control, observer, interrupt.token());
    if (!result)
        return report(result.error());
    if (!options.out.empty()) {
        if (const auto written = train::writeModel(result->best, options.out); !written)
            return report(written.error());
        notice("model written to " + options.out);
    }
    if (common.json)
        printJson(resultJson(options, **backend, *data, *result));
    else
        printResult(*result, *data);
    return kDone;
}

/// The preset's settings and libraries where nothing else was given.
Result<void> takePreset(Options& options, const CLI::App& verb)
{
    if (options.preset.empty())
        return {};
    const auto preset = train::presetOf(options.preset);
    if (!preset)
        return base::Unexpected(preset.error());
    if (verb.get_option("--protocol")->count() == 0)
        options.protocol = preset->robust ? "robust" : "paper";
    train::TrainingConfig config = withGivenOptions(verb, preset->config);
    config.backend = options.config.backend;
    config.precision = options.config.precision;
    config.checkpoint = options.config.checkpoint;
    options.config = std::move(config);
    if (options.trainSet.empty() && options.atlases.empty())
        options.atlases = preset->libraries;
    if (options.trainSet.empty() && options.test.empty())
        options.test = preset->testLibrary;
    return {};
}

int runProtocol(Options options, const CLI::App& verb, const CommonOptions& common)
{
    if (const auto taken = takePreset(options, verb); !taken)
        return report(taken.error());
    if (options.atlases.empty())
        options.atlases = { "builtin" };
    if (options.protocol == "paper") {
        if (const auto fits = refuseRobustOptions(verb); !fits)
            return report(fits.error());
        return run(options, verb, common);
    }
    if (!options.branch.from.empty())
        return report({ base::ErrorCode::OptionInvalid, "--branch", "--protocol robust",
            "--protocol paper, whose epochs are kept", {} });
    RobustTrainOptions robust = options.robust;
    robust.atlases = options.atlases;
    robust.backend = options.config.backend;
    robust.precision = options.config.precision;
    robust.out = options.out;
    robust.test = options.test;
    robust.resume = options.resume;
    robust.config.checkpoint = options.config.checkpoint;
    robust.calibrationRequired = verb.get_option("--calibrate")->count() > 0;
    if (const auto taken = takeSharedOptions(verb, robust.config); !taken)
        return report(taken.error());
    return runRobustTraining(std::move(robust), common);
}

} // namespace

void addTrain(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("train", "train a network and evaluate it every epoch");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    auto* atlas = verb->add_option("--atlas", options->atlases,
        "training standards: builtin or a folder; may be given several times (default: builtin); "
        "a robust model types stars best with libr18 and libnor36 together");
    verb->add_option("--train", options->trainSet, "stored training set instead of --atlas")
        ->excludes(atlas);
    verb->add_option("--test", options->test,
        "test standards: builtin or a folder (or, with --train, a stored set); without it "
        "other variations of the training standards");
    verb->add_option("--protocol", options->protocol, "paper: AutoClassMK (Short 2026); robust: for real stars that the network has never seen")
        ->check(CLI::IsMember({ "paper", "robust" }))
        ->capture_default_str();
    verb->add_option("--backend", options->config.backend, "auto, reference, cpu or cuda")
        ->check(CLI::IsMember({ "auto", "reference", "cpu", "cuda" }))
        ->capture_default_str();
    addPresetOption(*verb, options->preset);
    addPrecisionOption(*verb, options->config.precision);
    verb->add_option("--out", options->out, "write the model of the best epoch (the one that fits the training set best) to this file");
    auto* checkpoint = verb->add_option("--checkpoint", options->config.checkpoint,
        "save the run here after every epoch; FILE.best and FILE.epochs/ stand beside it");
    verb->add_option("--resume", options->resume,
            "go on with the run of this checkpoint (its settings are used; --epochs may differ)")
        ->excludes(checkpoint);
    addBranchOptions(*verb, options->branch);
    addShowStepOptions(*verb, options->step);
    addTrainingOptions(*verb, options->config);
    addRobustOptions(*verb, options->robust);
    options->epochs = verb->get_option("--epochs");
    options->precision = verb->get_option("--precision");
    verb->callback([options, verb, &common, &action] {
        action = [options, verb, &common] { return runProtocol(*options, *verb, common); };
    });
}

} // namespace maury::cli

#include "app/cli/train_robust.h"

#include "app/cli/calibrate_model.h"
#include "app/cli/interrupt.h"
#include "app/cli/metrics_json.h"
#include "app/cli/report.h"
#include "core/robust/robust_checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* kRobustGroup = "Robust protocol";
constexpr std::array<std::string_view, 16> kRobustOnly { "--calibrate", "--held-out", "--steps",
    "--warm-up", "--members", "--dropout", "--native-fwhm", "--widest-fwhm", "--mix-share",
    "--rotation-share", "--velocity-sigma", "--depth-sigma", "--depth-shape-sigma",
    "--continuum-shape-sigma", "--lowest-snr", "--highest-snr" };
/// Both protocols have these.
constexpr std::array<std::string_view, 21> kShared { "--preset", "--test", "--checkpoint", "--resume",
    "--weights-sc", "--weights-lc", "--json", "--seed", "--threads", "--help", "--atlas",
    "--protocol", "--backend", "--precision", "--out", "--hidden", "--lr", "--batch", "--weight-decay",
    "--momentum", "--beta2" };

template <std::size_t count>
bool contains(const std::array<std::string_view, count>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <typename Value> void take(const CLI::App& verb, const char* option, Value& value)
{
    const CLI::Option* found = verb.get_option(option);
    if (found->count() > 0)
        value = found->as<Value>();
}

Result<robust::RobustData> openData(const RobustTrainOptions& options)
{
    auto libraries = openTrainingLibraries(options.atlases, options.fwhms);
    if (!libraries)
        return base::Unexpected(libraries.error());
    robust::RobustData data { *std::move(libraries), {} };
    if (options.test.empty())
        return data;
    auto test = robust::openTrainingLibrary(
        options.test, options.fwhms.empty() ? std::nullopt : std::optional(options.fwhms.front()));
    if (!test)
        return base::Unexpected(test.error());
    data.test = *std::move(test);
    return data;
}

/// `auto` stays on the processor, whose models are the same bits on every run.
Result<std::unique_ptr<train::Backend>> backendFor(const RobustTrainOptions& options, int threads)
{
    return train::createBackend(
        options.backend == "auto" ? "cpu" : options.backend, threads, options.precision);
}

void showProgress(const train::TrainingEvent& event, const robust::RobustConfig& config)
{
    if (const auto* done = std::get_if<train::EpochDone>(&event)) {
        const robust::EpochPlace place = robust::placeOf(config, done->epoch);
        std::string line = fmt::format("{} member {}/{}  step {:>4}/{}  cross-entropy: temperature "
                                       "{:.3f}, luminosity {:.3f}",
            robust::toString(place.range), place.member + 1, config.members,
            std::min(config.steps, place.firstStep + robust::kStepsPerEpoch), config.steps,
            done->train.lossSc, done->train.lossLc);
        if (done->test.samples > 0)
            line += fmt::format("  test: {:.3f}, {:.3f}, SC {:.3f}, LC {:.3f}", done->test.sc.loss,
                done->test.lc.loss, done->test.sc.accuracy, done->test.lc.accuracy);
        notice(line);
    } else if (const auto* problem = std::get_if<train::Notice>(&event)) {
        notice("warning: " + base::describe(problem->error));
    }
}

nlohmann::json testJson(const robust::RobustReport& run)
{
    if (!run.test)
        return nullptr;
    nlohmann::json result = metricsJson(
        classify::evaluationOf(run.score.metrics, run.model.scheme), run.model.scheme);
    result["loss"] = run.score.metrics.loss;
    return result;
}

std::string testNote(const RobustTrainOptions& options)
{
    if (!options.test.empty())
        return "tested on the spectra of " + options.test;
    return "tested on other variations of the training standards, which says nothing of other "
           "stars: evaluate the model on stars with --labels";
}

nlohmann::json resultJson(
    const RobustTrainOptions& options, const std::string& backend, const robust::RobustReport& run)
{
    const robust::RobustConfig& config = options.config;
    const double steps = static_cast<double>(run.last.member) * config.steps + run.last.step + 1.0;
    const double samples = steps * config.batchSize;
    return { { "protocol", "robust" }, { "backend", backend }, { "epochs", nullptr },
        { "steps", config.steps }, { "members", config.members }, { "seconds", run.seconds },
        { "step_ms", run.stepMilliseconds }, { "make_ms", run.makeMilliseconds },
        { "samples_per_second", samples / run.seconds }, { "classes", run.model.scheme.names },
        { "train_spectra", run.standards }, { "wide_train_spectra", run.wideStandards },
        { "train_samples", samples }, { "parameters", run.model.blue.spec.parameterCount() },
        { "train",
            { { "loss", run.last.loss }, { "loss_temperature", run.last.lossTemperature },
                { "loss_luminosity", run.last.lossLuminosity } } },
        { "calibration", calibrationJson(run.model.calibration) }, { "test", testJson(run) },
        { "test_note", testNote(options) }, { "stopped", run.stopped } };
}

/// The settings of the checkpoint, except where it lies.
Result<void> takeStoredConfig(RobustTrainOptions& options)
{
    auto checkpoint = robust::readRobustCheckpoint(options.resume);
    if (!checkpoint)
        return base::Unexpected(checkpoint.error());
    checkpoint->config.checkpoint = options.resume;
    checkpoint->config.threads = options.config.threads;
    options.config = std::move(checkpoint->config);
    return {};
}

} // namespace

Result<std::vector<robust::Library>> openTrainingLibraries(
    const std::vector<std::string>& names, const std::vector<double>& fwhms)
{
    if (fwhms.size() > 1 && fwhms.size() != names.size())
        return base::failure(ErrorCode::OptionInvalid, "--native-fwhm",
            fmt::format("{} widths", fwhms.size()),
            fmt::format("one for all, or one for each of {} libraries", names.size()));
    std::vector<robust::Library> libraries;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto fwhm
            = fwhms.empty() ? std::nullopt : std::optional(fwhms[fwhms.size() == 1 ? 0 : i]);
        auto library = robust::openTrainingLibrary(names[i], fwhm);
        if (!library)
            return base::Unexpected(library.error());
        for (const std::string& warning : library->atlas->warnings())
            notice(warning);
        libraries.push_back(*std::move(library));
    }
    return libraries;
}

void addRobustOptions(CLI::App& verb, RobustTrainOptions& options)
{
    const auto number = [&](const char* option, auto& value, const char* help) {
        verb.add_option(option, value, help)->group(kRobustGroup)->capture_default_str();
    };
    robust::RobustConfig& config = options.config;
    robust::VariationSettings& variation = config.variation;
    number("--members", config.members, "networks whose answers are averaged; more than one hardly helps");
    number("--steps", config.steps, "batches, each of fresh variations; many more are worse");
    number("--warm-up", config.warmUpSteps, "steps over which the learning rate rises");
    number("--dropout", config.dropout, "share of the hidden units that are silent in a step");
    number("--held-out", config.heldOut,
        "variations on which the network is scored after every 20 steps without --test; 0: none");
    verb.add_option("--native-fwhm", options.fwhms,
            "resolution of the libraries in angstrom: one for all or one for each --atlas "
            "(default: what an MKCLASS name tells, libnor36: 3.6, else 1.8)")
        ->group(kRobustGroup);
    number("--widest-fwhm", variation.widestFwhmAngstrom, "worst resolution of a variation");
    number("--mix-share", variation.mixShare,
        "share of the variations that are mixed with a neighbouring cell");
    number("--rotation-share", variation.rotationShare, "share of the hot stars that rotate");
    number("--velocity-sigma", variation.velocitySigmaKms, "of the radial velocity in km/s");
    number("--depth-sigma", variation.depthSigma, "of the depth of all lines");
    number("--depth-shape-sigma", variation.depthShapeSigma, "of the depth along the spectrum");
    number("--continuum-shape-sigma", variation.continuumSigma, "of the shape of the continuum");
    number("--lowest-snr", variation.lowestSignalToNoise, "worst signal to noise of a pixel");
    number("--calibrate", options.calibration.folds,
        "folds of standards held out to calibrate uncertainties and probabilities; 0: none");
    number("--highest-snr", variation.highestSignalToNoise, "best signal to noise of a pixel");
}

Result<void> takeSharedOptions(const CLI::App& verb, robust::RobustConfig& config)
{
    for (const CLI::Option* option : verb.get_options()) {
        const std::string name
            = "--" + (option->get_lnames().empty() ? std::string() : option->get_lnames().front());
        if (option->count() > 0 && !contains(kShared, name) && !contains(kRobustOnly, name))
            return base::failure(ErrorCode::OptionInvalid, name, "--protocol robust",
                "--protocol paper, the only one with this option");
    }
    take(verb, "--hidden", config.hidden);
    take(verb, "--lr", config.learningRate);
    take(verb, "--batch", config.batchSize);
    take(verb, "--weight-decay", config.weightDecay);
    take(verb, "--momentum", config.momentum);
    take(verb, "--beta2", config.beta2);
    take(verb, "--weights-sc", config.weightTemperature);
    take(verb, "--weights-lc", config.weightLuminosity);
    return {};
}

Result<void> refuseRobustOptions(const CLI::App& verb)
{
    for (const std::string_view name : kRobustOnly)
        if (verb.get_option(std::string(name))->count() > 0)
            return base::failure(ErrorCode::OptionInvalid, std::string(name), "--protocol paper",
                "--protocol robust, the only one with this option");
    return {};
}

int runRobustTraining(RobustTrainOptions options, const CommonOptions& common)
{
    options.config.seed = common.seed;
    options.config.threads = common.threads;
    if (!options.resume.empty())
        if (const auto stored = takeStoredConfig(options); !stored)
            return report(stored.error());
    for (const auto& valid :
        { robust::validate(options.config), robust::validate(options.calibration) })
        if (!valid)
            return report(valid.error());
    const Interrupt interrupt;
    auto backend = backendFor(options, common.threads);
    if (!backend)
        return report(backend.error());
    const auto data = openData(options);
    if (!data)
        return report(data.error());
    robust::RobustControl control;
    const auto work
        = options.resume.empty() ? robust::RobustTrainer::run : robust::RobustTrainer::resume;
    auto result = work(options.config, *data, **backend, control,
        [&](const train::TrainingEvent& event) { showProgress(event, options.config); },
        interrupt.token(), {});
    if (!result)
        return report(result.error());
    if (result->stopped)
        notice("not calibrated: the training was stopped");
    else if (const auto calibrated = calibrateModel(result->model, data->libraries, options.config,
                 options.calibration, options.calibrationRequired, **backend, interrupt.token());
             !calibrated)
        return report(calibrated.error());
    if (!options.out.empty()) {
        if (const auto written = robust::writeModel(result->model, options.out); !written)
            return report(written.error());
        notice("model written to " + options.out);
    }
    if (common.json)
        printJson(resultJson(options, (*backend)->name(), *result));
    else
        fmt::print("{} of {} steps in {:.1f} s ({:.1f} ms a step, {:.1f} ms for its variations)\n"
                   "trained on {}\n",
            options.config.members == 1 ? std::string("1 network")
                                        : fmt::format("{} networks", options.config.members),
            options.config.steps, result->seconds, result->stepMilliseconds,
            result->makeMilliseconds, result->model.atlas);
    return kDone;
}

} // namespace maury::cli

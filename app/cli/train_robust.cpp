#include "app/cli/train_robust.h"

#include "app/cli/interrupt.h"
#include "app/cli/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* kRobustGroup = "Robust protocol";
constexpr int kNoticeEvery = 50; ///< steps

constexpr std::array<std::string_view, 14> kRobustOnly { "--steps", "--warm-up", "--members",
    "--dropout", "--native-fwhm", "--widest-fwhm", "--mix-share", "--rotation-share",
    "--velocity-sigma", "--depth-sigma", "--depth-shape-sigma", "--continuum-shape-sigma",
    "--lowest-snr", "--highest-snr" };
/// Both protocols have these.
constexpr std::array<std::string_view, 14> kShared { "--json", "--seed", "--threads", "--help",
    "--atlas", "--protocol", "--backend", "--out", "--hidden", "--lr", "--batch", "--weight-decay",
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

Result<std::vector<robust::Library>> openLibraries(const RobustTrainOptions& options)
{
    const std::vector<double>& fwhms = options.fwhms;
    if (fwhms.size() != 1 && fwhms.size() != options.atlases.size())
        return base::failure(ErrorCode::OptionInvalid, "--native-fwhm",
            fmt::format("{} widths", fwhms.size()),
            fmt::format("one for all, or one for each of {} --atlas", options.atlases.size()));
    std::vector<robust::Library> libraries;
    for (std::size_t i = 0; i < options.atlases.size(); ++i) {
        auto library
            = robust::openTrainingLibrary(options.atlases[i], fwhms[fwhms.size() == 1 ? 0 : i]);
        if (!library)
            return base::Unexpected(library.error());
        for (const std::string& warning : library->atlas->warnings())
            notice(warning);
        libraries.push_back(*std::move(library));
    }
    return libraries;
}

/// Soft targets and dropout exist on the processor alone.
Result<std::unique_ptr<train::Backend>> backendFor(const std::string& name, int threads)
{
    if (name == "cuda")
        return base::failure(ErrorCode::BackendUnavailable, "--backend", name,
            "cpu or reference: the robust protocol does not run on cuda");
    return train::createBackend(name == "auto" ? "cpu" : name, threads);
}

void showProgress(const robust::RobustStep& step, const robust::RobustConfig& config)
{
    if ((step.step + 1) % kNoticeEvery != 0 && step.step + 1 != config.steps)
        return;
    notice(fmt::format("{} member {}/{}  step {:>4}/{}  cross-entropy: temperature {:.3f}, "
                       "luminosity {:.3f}",
        robust::toString(step.range), step.member + 1, config.members, step.step + 1, config.steps,
        step.lossTemperature, step.lossLuminosity));
}

nlohmann::json resultJson(
    const RobustTrainOptions& options, const std::string& backend, const robust::RobustReport& run)
{
    const robust::RobustConfig& config = options.config;
    const auto steps = static_cast<double>(config.steps) * config.members;
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
        { "test", nullptr },
        { "test_note", "no test set: evaluate the model on stars with --labels" } };
}

} // namespace

void addRobustOptions(CLI::App& verb, RobustTrainOptions& options)
{
    const auto number = [&](const char* option, auto& value, const char* help) {
        verb.add_option(option, value, help)->group(kRobustGroup)->capture_default_str();
    };
    robust::RobustConfig& config = options.config;
    robust::VariationSettings& variation = config.variation;
    number("--members", config.members, "networks whose answers are averaged");
    number("--steps", config.steps, "batches, each of fresh variations; many more are worse");
    number("--warm-up", config.warmUpSteps, "steps over which the learning rate rises");
    number("--dropout", config.dropout, "share of the hidden units that are silent in a step");
    number("--native-fwhm", options.fwhms,
        "resolution of the libraries in angstrom: one for all or one for each --atlas");
    number("--widest-fwhm", variation.widestFwhmAngstrom, "worst resolution of a variation");
    number("--mix-share", variation.mixShare,
        "share of the variations that are mixed with a neighbouring cell");
    number("--rotation-share", variation.rotationShare, "share of the hot stars that rotate");
    number("--velocity-sigma", variation.velocitySigmaKms, "of the radial velocity in km/s");
    number("--depth-sigma", variation.depthSigma, "of the depth of all lines");
    number("--depth-shape-sigma", variation.depthShapeSigma, "of the depth along the spectrum");
    number("--continuum-shape-sigma", variation.continuumSigma, "of the shape of the continuum");
    number("--lowest-snr", variation.lowestSignalToNoise, "worst signal to noise of a pixel");
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
    if (const auto valid = robust::validate(options.config); !valid)
        return report(valid.error());
    const Interrupt interrupt;
    auto backend = backendFor(options.backend, common.threads);
    if (!backend)
        return report(backend.error());
    const auto libraries = openLibraries(options);
    if (!libraries)
        return report(libraries.error());
    const auto result = robust::trainRobust(
        *libraries, options.config, **backend,
        [&](const robust::RobustStep& step) { showProgress(step, options.config); },
        interrupt.token());
    if (!result)
        return report(result.error());
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

// maury-cli gon transfer: what the spectra of one survey tell of those of another.

#include "app/cli/gon.h"
#include "app/cli/interrupt.h"
#include "app/cli/report.h"
#include "core/gon/gon_trainer.h"
#include "core/gon/transfer.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::cli {
namespace {

using base::Result;
using nlohmann::json;

struct Options {
    GonSpectraOptions source;
    GonSpectraOptions target;
    std::string model;
    std::string targetModel;
    double radiusArcsec = 1.0;
    int latent = 32;
    int steps = 800;
};

/// A model from a file, or trained on all stars of a survey but those that are judged.
Result<gon::LatentInference> modelOf(const std::string& file, const gon::SpectrumSet& set,
    const std::vector<std::size_t>& judged, const Options& options, const CommonOptions& common,
    const std::stop_token& stop)
{
    if (!file.empty())
        return openGonModel(file, common);
    gon::GonData data;
    data.train = gon::withoutStars(set, judged);
    gon::GonConfig config;
    config.decoder.latent = options.latent;
    config.steps = options.steps;
    config.warmUpSteps = std::min(config.warmUpSteps, options.steps / 4);
    config.seed = common.seed;
    config.threads = common.threads;
    notice(fmt::format("training on {} spectra of {}", data.train.spectra(), set.source));
    gon::GonControl control;
    auto report
        = gon::GonTrainer::run(config, data, control, [](const train::TrainingEvent&) {}, stop);
    if (!report)
        return base::Unexpected(report.error());
    if (report->stopped)
        return base::failure(base::ErrorCode::Cancelled, "training");
    return gon::LatentInference(
        std::make_shared<const gon::GonModel>(std::move(report->model)), common.threads);
}

void print(const json& score)
{
    const auto number = [&](const char* key) { return score[key].get<double>(); };
    fmt::print("{} common stars to learn from, {} judged ({} matched by position): rms {:.4f} (the "
               "target's own codes {:.4f}, mean spectrum {:.4f}, shuffled pairs {:.4f}); codes R² "
               "{:.3f} (shuffled {:.3f})\n",
        score["train_stars"].get<int>(), score["test_stars"].get<int>(),
        score["matched_by_position"].get<int>(), number("rms"), number("own_rms"),
        number("mean_rms"), number("shuffled_rms"), number("code_r2"), number("shuffled_code_r2"));
}

int run(Options options, const CommonOptions& common)
{
    const Interrupt interrupt;
    options.target.atlas = options.source.atlas;
    const auto sourceSet = openGonSpectra(options.source);
    if (!sourceSet)
        return report(sourceSet.error());
    const auto targetSet = openGonSpectra(options.target);
    if (!targetSet)
        return report(targetSet.error());
    const auto split
        = gon::splitCommonStars(*sourceSet, *targetSet, options.radiusArcsec, common.seed);
    if (!split)
        return report(split.error());
    const bool trains = options.model.empty();
    const auto source = modelOf(
        options.model, *sourceSet, split->test.first, options, common, interrupt.token());
    if (!source)
        return report(source.error());
    const auto target = modelOf(
        options.targetModel.empty() && !trains ? options.model : options.targetModel, *targetSet,
        split->test.second, options, common, interrupt.token());
    if (!target)
        return report(target.error());
    const auto score = gon::transfer(
        *source, *sourceSet, *target, *targetSet, *split, interrupt.token());
    if (!score)
        return report(score.error());
    const json document { { "train_stars", score->trainStars },
        { "test_stars", score->testStars }, { "matched_by_position", score->byPosition },
        { "trained_here", trains }, { "rms", score->rms }, { "own_rms", score->ownRms },
        { "mean_rms", score->meanRms }, { "shuffled_rms", score->shuffledRms },
        { "chi2_per_dof", score->chi2PerDof }, { "code_r2", score->codeR2 },
        { "shuffled_code_r2", score->shuffledCodeR2 } };
    if (common.json)
        printJson(document);
    else
        print(document);
    return kDone;
}

} // namespace

void addGonTransfer(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("transfer",
        "spectra of one survey foretold from another's, on their common stars: those of one name, "
        "or of one place on the sky");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addGonSpectra(*verb, options->source);
    verb->add_option("--target", options->target.data, "spectra of the other survey")->required();
    verb->add_option("--target-labels", options->target.labels,
        "CSV with columns file and type of --target");
    verb->add_option("--radius-arcsec", options->radiusArcsec,
            "stars of other names are one when they are each other's nearest within this")
        ->check(CLI::Range(0.0, 3600.0))
        ->capture_default_str();
    verb->add_option("--model", options->model,
        "the model of --data; without, each survey's is trained here on all but the judged stars");
    verb->add_option(
        "--target-model", options->targetModel, "the model of --target (default: --model)");
    verb->add_option("--latent", options->latent, "dimensions of the codes that are trained here")
        ->capture_default_str();
    verb->add_option("--train-steps", options->steps, "batches of these trainings")
        ->check(CLI::Range(1, 10000000))
        ->capture_default_str();
    verb->callback([options, &common, &action] {
        action = [options, &common] { return run(*options, common); };
    });
}

} // namespace maury::cli

#include "app/cli/augmentation_options.h"
#include "app/cli/atlas_options.h"
#include "app/cli/gon.h"
#include "app/cli/interrupt.h"
#include "app/cli/read_options.h"
#include "app/cli/report.h"
#include "core/gon/gon_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

struct Options {
    GonSpectraOptions spectra;
    gon::GonConfig config;
    std::string decoder = "dense";
    std::string inference = "gauss-newton";
    std::string activation;
    bool noSkip = false;
    std::string out;
    std::string resume;
    std::string baseline;
    dataset::AugmentationSettings variation;
    int everyUnseen = 5;
    bool judge = false;
    bool compare = false;
    int judged = 304; ///< variations in A and in B
    std::string stars;
    std::string starLabels;
};

Result<gon::GonData> openData(const Options& options, std::uint64_t seed)
{
    if (options.spectra.labels.empty()) {
        const auto atlas = mk::openAtlas(options.spectra.data);
        if (atlas)
            return gon::atlasData(**atlas, options.variation,
                static_cast<std::size_t>(options.everyUnseen), seed);
    }
    auto set = openGonSpectra(options.spectra);
    if (!set)
        return base::Unexpected(set.error());
    gon::GonData data;
    if (options.everyUnseen < 2) {
        data.train = *std::move(set);
        return data;
    }
    gon::SplitSets split
        = gon::splitByStar(*set, static_cast<std::size_t>(options.everyUnseen));
    data.train = std::move(split.train);
    data.test = std::move(split.unseen);
    return data;
}

/// Other noise and variations than training and calibration saw.
Result<GonSets> judgedSets(const Options& options, const gon::GonData& data, std::uint64_t seed)
{
    constexpr std::uint64_t kSeen = 7001;
    constexpr std::uint64_t kUnseen = 7002;
    GonSets sets;
    const auto count = static_cast<std::size_t>(options.judged);
    if (data.variation) {
        sets.seen = gon::variationsOf(data.train, *data.variation, count, 1, seed + kSeen);
        sets.seenAtRest
            = gon::variationsOf(data.train, atRest(*data.variation), count, 2, seed + kSeen);
        const auto atlas = mk::openAtlas(options.spectra.data);
        if (!atlas)
            return base::Unexpected(atlas.error());
        auto all = gon::standardsSet(**atlas, options.spectra.gain);
        if (!all)
            return base::Unexpected(all.error());
        if (options.everyUnseen >= 2) {
            const gon::SpectrumSet unseen
                = gon::splitByStar(*all, static_cast<std::size_t>(options.everyUnseen)).unseen;
            sets.unseen = gon::variationsOf(unseen, *data.variation, count, 1, seed + kUnseen);
            sets.unseenAtRest
                = gon::variationsOf(unseen, atRest(*data.variation), count, 2, seed + kUnseen);
        }
    } else {
        sets.seen = data.train;
        sets.unseen = data.test;
    }
    if (options.stars.empty())
        return sets;
    GonSpectraOptions stars;
    stars.data = options.stars;
    stars.labels = options.starLabels;
    stars.atlas = data.variation ? options.spectra.data : options.spectra.atlas;
    auto real = openGonSpectra(stars);
    if (!real)
        return base::Unexpected(real.error());
    sets.stars = *std::move(real);
    return sets;
}

void showProgress(const train::TrainingEvent& event)
{
    if (const auto* done = std::get_if<train::EpochDone>(&event)) {
        if ((done->epoch + 1) % 5 != 0 && !done->best)
            return;
        std::string line = fmt::format("step {:>5}  loss {:.4f}  χ²/pixel {:.4f}",
            (done->epoch + 1) * gon::kStepsPerEpoch, done->train.loss, done->train.lossSc);
        if (done->test.samples > 0)
            line += fmt::format("  unseen: median χ²/dof {:.3f}", done->test.loss);
        notice(line);
    } else if (const auto* problem = std::get_if<train::Notice>(&event)) {
        notice("warning: " + base::describe(problem->error));
    }
}

Result<gon::GonReport> trained(const gon::GonConfig& config, const gon::GonData& data,
    const Options& options, std::stop_token stop)
{
    gon::GonControl control;
    const auto work = options.resume.empty() ? gon::GonTrainer::run : gon::GonTrainer::resume;
    auto report = work(config, data, control, showProgress, std::move(stop));
    if (report || report.error().code != ErrorCode::TrainingDiverged || config.checkpoint.empty())
        return report;
    notice("training diverged: " + base::describe(report.error()));
    auto good = gon::lastGoodReport(config.checkpoint, data);
    return good ? std::move(good) : std::move(report);
}

gon::GonConfig baselineConfig(const Options& options, gon::InferenceKind inference)
{
    gon::GonConfig config = gon::defaultsFor(inference, gon::DecoderKind::Dense);
    config.decoder.latent = options.config.decoder.latent;
    config.seed = options.config.seed;
    config.threads = options.config.threads;
    config.steps = options.config.steps;
    return config;
}

/// The models that stand beside the trained one.
Result<std::vector<gon::GonModel>> comparisons(
    const Options& options, const gon::GonData& data, std::stop_token stop)
{
    std::vector<gon::GonModel> models;
    std::vector<int> sizes { options.config.decoder.latent, 48, 64 };
    std::sort(sizes.begin(), sizes.end());
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    for (const int size : sizes) {
        gon::GonConfig config = options.config;
        config.decoder.latent = size;
        auto model = gon::principalComponentModel(config, data);
        if (model)
            models.push_back(*std::move(model));
        else
            notice("no baseline: " + base::describe(model.error()));
    }
    std::vector<gon::InferenceKind> kinds { gon::InferenceKind::Encoder };
    if (options.compare)
        kinds.insert(kinds.end(),
            { gon::InferenceKind::OneStep, gon::InferenceKind::Detached,
                gon::InferenceKind::LearnedStep });
    for (const gon::InferenceKind kind : kinds) {
        notice("training for comparison: " + gon::toString(kind));
        gon::GonControl control;
        auto report = gon::GonTrainer::run(baselineConfig(options, kind), data, control,
            [](const train::TrainingEvent&) { }, stop);
        if (report)
            models.push_back(std::move(report->model));
        else
            notice("no comparison: " + base::describe(report.error()));
    }
    return models;
}

Result<std::vector<json>> judgeAll(const Options& options, const gon::GonData& data,
    const gon::GonModel& model, const CommonOptions& common, const std::stop_token& stop)
{
    const auto sets = judgedSets(options, data, common.seed);
    if (!sets)
        return base::Unexpected(sets.error());
    auto models = comparisons(options, data, stop);
    if (!models)
        return base::Unexpected(models.error());
    models->insert(models->begin(), model);
    std::vector<json> result;
    for (std::size_t i = 0; i < models->size(); ++i) {
        const bool quick = i > 0 && (*models)[i].decoder.kind != gon::DecoderKind::Linear;
        notice("judging " + gon::describe((*models)[i]));
        const gon::LatentInference inference(
            std::make_shared<const gon::GonModel>((*models)[i]), common.threads);
        auto judged = judgeJson(inference, *sets, quick, common.seed);
        if (!judged)
            return base::Unexpected(judged.error());
        result.push_back(*std::move(judged));
    }
    return result;
}

Result<void> takeChoices(Options& options, const CommonOptions& common, const CLI::App& verb)
{
    gon::GonConfig& config = options.config;
    if (options.baseline == "autoencoder")
        options.inference = "encoder";
    else if (options.baseline == "pca")
        options.decoder = "linear";
    const auto decoder = gon::decoderFromString(options.decoder);
    const auto inference = gon::inferenceFromString(options.inference);
    if (!decoder)
        return base::Unexpected(decoder.error());
    if (!inference)
        return base::Unexpected(inference.error());
    const gon::GonConfig defaults = gon::defaultsFor(*inference, *decoder);
    const auto given = [&](const char* option) { return verb.get_option(option)->count() > 0; };
    config.decoder.kind = *decoder;
    config.inference = *inference;
    config.decoder.skip = defaults.decoder.skip && !options.noSkip;
    if (!given("--hidden"))
        config.decoder.hidden = defaults.decoder.hidden;
    if (!given("--batch"))
        config.batchSize = defaults.batchSize;
    if (!given("--lr"))
        config.learningRate = defaults.learningRate;
    if (!given("--hidden-share"))
        config.hiddenShare = defaults.hiddenShare;
    config.decoder.activation = defaults.decoder.activation;
    if (!options.activation.empty()) {
        const auto activation = gon::activationFromString(options.activation);
        if (!activation)
            return base::Unexpected(activation.error());
        config.decoder.activation = *activation;
    }
    config.seed = common.seed;
    config.threads = common.threads;
    if (!options.resume.empty())
        config.checkpoint = options.resume;
    options.spectra.gain = options.variation.gain > 0.0 ? options.variation.gain : 5000.0;
    return {};
}

json resultJson(const gon::GonReport& run, const gon::GonConfig& config)
{
    json result { { "protocol", "gon" }, { "model", gon::describe(run.model) },
        { "decoder", gon::toString(config.decoder.kind) },
        { "inference", gon::toString(config.inference) }, { "latent", config.decoder.latent },
        { "variational", config.variational },
        { "backend", run.backend.empty() ? json(nullptr) : json(run.backend) },
        { "steps", config.steps }, { "seconds", run.seconds },
        { "step_ms", run.stepMilliseconds }, { "spectra_per_second", run.spectraPerSecond },
        { "train_spectra", run.model.reference.codes.rows() }, { "loss", run.loss },
        { "stopped", run.stopped }, { "test", nullptr },
        { "bands",
            { { "factor68", run.model.bands.factor68 }, { "factor95", run.model.bands.factor95 },
                { "pixels", run.model.bands.pixels } } } };
    if (!run.history.empty()) {
        const train::EpochDone& last = run.history.back();
        result["train"] = { { "loss", last.train.loss }, { "chi2_per_pixel", last.train.lossSc } };
        if (last.test.samples > 0)
            result["test"] = { { "samples", last.test.samples },
                { "chi2_per_dof_median", last.test.loss },
                { "chi2_per_dof_mean", last.test.sc.loss } };
    }
    return result;
}

int run(Options options, const CommonOptions& common, const CLI::App& verb)
{
    if (const auto taken = takeChoices(options, common, verb); !taken)
        return report(taken.error());
    if (const auto valid = gon::validate(options.config); !valid)
        return report(valid.error());
    if (const auto valid = dataset::validate(options.variation); !valid)
        return report(asOption(valid.error()));
    std::optional<Interrupt> interrupt(std::in_place);
    const auto data = openData(options, common.seed);
    if (!data)
        return report(data.error());
    gon::GonReport result;
    if (options.config.decoder.kind == gon::DecoderKind::Linear) {
        auto model = gon::principalComponentModel(options.config, *data);
        if (!model)
            return report(model.error());
        result.model = *std::move(model);
    } else {
        auto trainedRun = trained(options.config, *data, options, interrupt->token());
        if (!trainedRun)
            return report(trainedRun.error());
        result = *std::move(trainedRun);
    }
    if (!options.out.empty())
        if (const auto written = gon::writeModel(result.model, options.out); !written)
            return report(written.error());
    json document = resultJson(result, options.config);
    std::vector<json> judged;
    if ((options.judge || options.compare) && !result.stopped) {
        interrupt.reset(); // judging takes no stop request: Ctrl-C ends the program
        auto all = judgeAll(options, *data, result.model, common, {});
        if (!all)
            return report(all.error());
        judged = *std::move(all);
        document["judged"] = judged;
    }
    if (common.json) {
        printJson(document);
        return kDone;
    }
    fmt::print("{}: {} steps in {:.1f} s, loss {:.4f}\n", gon::describe(result.model),
        options.config.steps, result.seconds, result.loss);
    if (!result.history.empty() && result.history.back().test.samples > 0)
        fmt::print("unseen standards: median χ²/dof {:.3f}\n", result.history.back().test.loss);
    printJudged(judged);
    return kDone;
}

void addOptions(CLI::App& verb, Options& options)
{
    gon::GonConfig& config = options.config;
    verb.add_option("--decoder", options.decoder, "dense, siren or fourier")
        ->capture_default_str();
    verb.add_option("--latent", config.decoder.latent, "dimensions of the code")
        ->capture_default_str();
    verb.add_option("--inference", options.inference,
            "one-step, detached, learned or gauss-newton")
        ->capture_default_str();
    verb.add_option("--hidden", config.decoder.hidden, "widths of the hidden layers")
        ->delimiter(',')
        ->capture_default_str();
    verb.add_option("--activation", options.activation, "gelu, silu, sine, elu or softplus");
    verb.add_flag("--no-skip", options.noSkip, "without principal components beside the network");
    verb.add_flag("--variational", config.variational, "a normal posterior instead of a point");
    verb.add_option("--step-size", config.stepSize, "of one-step, detached and learned inference")
        ->capture_default_str();
    verb.add_option("--windows", config.windows, "line windows: none, mk, galah or apogee")
        ->capture_default_str();
    verb.add_option("--window-weight", config.windowWeight, "of pixels in a line window")
        ->capture_default_str();
    verb.add_option("--lr", config.learningRate, "learning rate before warm-up and cosine")
        ->capture_default_str();
    verb.add_option("--hidden-share", config.hiddenShare,
            "share of the batches with blocks hidden from inference")
        ->capture_default_str();
    verb.add_option("--clip", config.clip, "largest norm of a gradient")->capture_default_str();
    verb.add_option("--batch", config.batchSize, "spectra a step")->capture_default_str();
    verb.add_option("--train-steps", config.steps, "batches of the run")->capture_default_str();
    verb.add_option("--warm-up", config.warmUpSteps, "steps over which the rate rises")
        ->capture_default_str();
    verb.add_option("--backend", config.backend, "auto, cpu, cuda or reference")->capture_default_str();
    verb.add_option("--baseline", options.baseline, "train a baseline: pca or autoencoder")
        ->check(CLI::IsMember({ "pca", "autoencoder" }));
    verb.add_option("--every-unseen", options.everyUnseen,
            "every so many-th star is not trained on; 0: all are")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    verb.add_option("--out", options.out, "the trained model (.h5)");
    verb.add_option("--checkpoint", config.checkpoint, "written after every 20 steps");
    verb.add_option("--resume", options.resume, "go on from this checkpoint");
    verb.add_flag("--judge", options.judge,
        "tables of fit, imputation, oddities and velocities beside PCA and an autoencoder");
    verb.add_flag("--compare", options.compare,
        "the same with one-step, detached and learned inference trained too");
    verb.add_option("--judged", options.judged, "variations in each of the judged sets")
        ->check(CLI::Range(8, 100000))
        ->capture_default_str();
    verb.add_option("--stars", options.stars, "real spectra to judge on, too");
    verb.add_option("--star-labels", options.starLabels, "CSV with columns file and type of them");
}

} // namespace

void addGonTrain(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("train", "train a network on standards or spectra");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("--data", options->spectra.data,
            "builtin, a folder of standards, a file or folder of spectra, or a store")
        ->required();
    addWhereOption(*verb, options->spectra.where);
    verb->add_option("--labels", options->spectra.labels,
        "CSV with columns file and type: files of --data, matched by base name");
    verb->add_option("--atlas", options->spectra.atlas,
            "grid and continuum that spectra are brought to: builtin or a folder of standards")
        ->capture_default_str();
    addOptions(*verb, *options);
    addAugmentationOptions(*verb, options->variation);
    verb->callback([options, &common, &action, verb] {
        action = [options, &common, verb] { return run(*options, common, *verb); };
    });
}

} // namespace maury::cli

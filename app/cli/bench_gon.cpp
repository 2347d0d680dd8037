#include "app/cli/bench.h"
#include "app/cli/bench_environment.h"
#include "app/cli/bench_peak.h"
#include "app/cli/report.h"
#include "core/base/random.h"
#include "core/base/thread_team.h"
#include "core/gon/decoder_start.h"
#include "core/gon/gon_backend.h"
#include "core/gon/latent_inference.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string backend = "cpu";
    int batch = 64;
    int latent = 32;
    int pixels = 4096;
    std::vector<int> hidden { 256, 256 };
    int rounds = 60;
    int coordinateSpectra = 8;
    std::vector<int> coordinateHidden { 256, 256, 256, 256 };
    int coordinateRounds = 5;
    int encoded = 100000;
    int encodedPixels = 1600;
    int looks = 40; ///< timed walks and brushes
    bool skipEncoding = false;
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<double> wavelengthsOf(int pixels)
{
    std::vector<double> wavelengths;
    for (int p = 0; p < pixels; ++p)
        wavelengths.push_back(3800.0 + 0.5 * p);
    return wavelengths;
}

gon::Matrix normalRows(int rows, int cols, double mean, double sigma, base::RandomStream& stream)
{
    gon::Matrix matrix(rows, cols);
    for (Eigen::Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = static_cast<float>(mean + sigma * stream.normal());
    return matrix;
}

gon::NetworkState startOf(
    const gon::GonConfig& config, const std::vector<double>& wavelengths, base::RandomStream& stream)
{
    gon::DataMoments moments;
    moments.mean.assign(wavelengths.size(), 0.8F);
    moments.deviation.assign(wavelengths.size(), 0.1F);
    moments.components = normalRows(
        config.decoder.latent, static_cast<int>(wavelengths.size()), 0.0, 0.02, stream);
    return gon::initialState(config, wavelengths, moments);
}

/// Multiplications and additions of a step of the dense decoder: all layers forward, back and for the
/// weights, over the batch and (but for detached inference) the origin with its tangents; inference.
double stepOperations(const gon::GonConfig& config, int pixels)
{
    double layers = 0.0;
    double fanIn = config.decoder.latent;
    for (const int width : config.decoder.hidden) {
        layers += fanIn * width;
        fanIn = width;
    }
    layers += (fanIn + (config.decoder.skip ? config.decoder.latent : 0)) * pixels;
    const double latent = config.decoder.latent;
    const double batch = config.batchSize;
    const bool exact = config.inference != gon::InferenceKind::Detached;
    const bool solves = config.inference == gon::InferenceKind::GaussNewton;
    const double rows = batch + 1.0 + latent;
    // J and g₀ are needed by every inference; their way back only by an exact gradient.
    const double ofLayers = layers * (rows + 2.0 * (exact ? rows : batch));
    double columns = latent; // JᵀW (x − g₀)
    if (solves)
        columns += 0.5 * latent * (latent + 1.0); // JᵀWJ
    if (exact)
        columns += (solves ? 4.0 : 2.0) * latent; // J z, J u and their products
    return 2.0 * (ofLayers + batch * pixels * columns);
}

struct StepTime {
    double wall = 0.0; ///< median ms
    double shortest = 0.0; ///< ms
    double processor = 0.0; ///< mean ms, all threads together
    std::string backend;
};

/// A whole training step: gradient with its second-order term, and Adam.
base::Result<StepTime> timeSteps(const gon::GonConfig& config, const std::string& backendName,
    int pixels, int rounds, int threads, base::RandomStream& stream)
{
    const std::vector<double> wavelengths = wavelengthsOf(pixels);
    const gon::NetworkSetup setup { config.decoder, config.inference, config.stepSize, false,
        wavelengths, static_cast<std::size_t>(config.batchSize), threads };
    const auto backend = gon::createGonBackend(backendName, setup);
    if (!backend)
        return base::Unexpected(backend.error());
    if (const auto loaded = (*backend)->load(setup, startOf(config, wavelengths, stream)); !loaded)
        return base::Unexpected(loaded.error());
    gon::TrainingBatch batch;
    batch.data = normalRows(config.batchSize, pixels, 0.8, 0.1, stream);
    batch.lossWeight = gon::Matrix::Constant(config.batchSize, pixels, 5000.0F);
    batch.inferenceWeight = batch.lossWeight;
    std::vector<double> times;
    constexpr int kWarmUp = 3;
    std::clock_t began = std::clock();
    for (int round = 0; round < rounds + kWarmUp; ++round) {
        if (round == kWarmUp)
            began = std::clock();
        const Clock::time_point start = Clock::now();
        if (const auto done = (*backend)->trainStep(batch, { 1e-5, 0.9, 0.99, 50.0 }); !done)
            return base::Unexpected(done.error());
        if (round >= kWarmUp)
            times.push_back(1e3 * secondsSince(start));
    }
    const double processor = 1e3 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    return StepTime { median(times), *std::min_element(times.begin(), times.end()),
        processor / rounds, (*backend)->name() };
}

gon::GonModel untrainedModel(const Options& options, base::RandomStream& stream)
{
    gon::GonConfig config;
    config.decoder.latent = options.latent;
    const std::vector<double> wavelengths = wavelengthsOf(options.encodedPixels);
    gon::NetworkState state = startOf(config, wavelengths, stream);
    gon::GonModel model;
    model.decoder = config.decoder;
    model.wavelengthAngstrom = wavelengths;
    model.windowWeight.assign(wavelengths.size(), 1.0F);
    model.parameters = std::move(state.decoder);
    const auto latent = static_cast<Eigen::Index>(options.latent);
    model.prior = { Eigen::VectorXd::Zero(latent), Eigen::MatrixXd::Identity(latent, latent) };
    return model;
}

gon::SpectrumSet spectraOf(const Options& options, int rows, base::RandomStream& stream)
{
    gon::SpectrumSet set;
    set.wavelengthAngstrom = wavelengthsOf(options.encodedPixels);
    set.source = "bench";
    set.flux = normalRows(rows, options.encodedPixels, 0.8, 0.1, stream);
    set.ivar = gon::Matrix::Constant(rows, options.encodedPixels, 5000.0F);
    set.stars.assign(static_cast<std::size_t>(rows), "star");
    return set;
}

/// Encoding by Gauss–Newton inference: codes alone, in pieces as from a store.
base::Result<nlohmann::json> timeEncoding(const gon::LatentInference& inference,
    const Options& options, base::RandomStream& stream)
{
    constexpr int kTogether = 5000;
    const int rows = std::min(kTogether, options.encoded);
    const gon::SpectrumSet set = spectraOf(options, rows, stream);
    gon::EncodeOptions codesOnly;
    codesOnly.fit = false;
    const Clock::time_point start = Clock::now();
    const std::clock_t began = std::clock();
    for (int done = 0; done < options.encoded; done += rows)
        if (const auto encoding = inference.encode(set, codesOnly); !encoding)
            return base::Unexpected(encoding.error());
    const double seconds = secondsSince(start);
    return nlohmann::json { { "spectra", options.encoded }, { "pixels", options.encodedPixels },
        { "seconds", seconds }, { "spectra_per_second", options.encoded / seconds },
        { "processor_seconds", static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC } };
}

/// What the window waits for: a code decoded (walk), a range of one spectrum hidden and repaired with
/// its band (brush).
base::Result<nlohmann::json> timeLooks(const gon::LatentInference& inference,
    const Options& options, base::RandomStream& stream)
{
    const gon::SpectrumSet one = spectraOf(options, 1, stream);
    std::vector<double> walks;
    std::vector<double> brushes;
    for (int look = 0; look < options.looks; ++look) {
        const gon::Matrix code = normalRows(1, options.latent, 0.0, 1.0, stream);
        Clock::time_point start = Clock::now();
        if (!inference.decode(code).allFinite())
            return base::failure(base::ErrorCode::ValueInvalid, "walk", "flux that is not finite");
        walks.push_back(1e3 * secondsSince(start));
        start = Clock::now();
        if (const auto made = inference.impute(one, { { 4000.0, 4050.0 } }); !made)
            return base::Unexpected(made.error());
        brushes.push_back(1e3 * secondsSince(start));
    }
    return nlohmann::json { { "walk_ms", median(walks) }, { "brush_ms", median(brushes) } };
}

base::Result<nlohmann::json> measure(const Options& options, int threads, base::RandomStream& stream)
{
    nlohmann::json result { { "batch", options.batch }, { "threads", threads },
        { "latent", options.latent }, { "hidden", options.hidden }, { "pixels", options.pixels },
        { "environment", benchEnvironment() } };
    base::ThreadTeam team(threads);
    for (const auto& [inference, name] : { std::pair { gon::InferenceKind::OneStep, "step" },
             std::pair { gon::InferenceKind::Detached, "detached_step" },
             std::pair { gon::InferenceKind::GaussNewton, "gauss_newton_step" } }) {
        gon::GonConfig config = gon::defaultsFor(inference, gon::DecoderKind::Dense);
        config.decoder.latent = options.latent;
        config.decoder.hidden = options.hidden;
        config.batchSize = options.batch;
        const double peak = measurePeak(team).gflops;
        const auto time
            = timeSteps(config, options.backend, options.pixels, options.rounds, threads, stream);
        if (!time)
            return base::Unexpected(time.error());
        const double gflop = 1e-9 * stepOperations(config, options.pixels);
        const std::string key = name;
        result["backend"] = time->backend;
        result[key + "_ms"] = time->wall;
        result[key + "_shortest_ms"] = time->shortest;
        result[key + "_processor_ms"] = time->processor;
        result[key + "_gflop"] = gflop;
        result[key + "_fraction_of_peak"] = time->backend == "cuda"
            ? nlohmann::json(nullptr)
            : nlohmann::json(gflop / time->wall * 1e3 / peak);
        result["fma_peak_gflops"] = peak;
    }
    if (options.backend == "cuda")
        return result; // the rest is the processor's
    gon::GonConfig siren = gon::defaultsFor(gon::InferenceKind::OneStep, gon::DecoderKind::Siren);
    siren.decoder.latent = options.latent;
    siren.decoder.hidden = options.coordinateHidden;
    siren.batchSize = options.coordinateSpectra;
    const auto time = timeSteps(
        siren, "cpu", options.pixels, options.coordinateRounds, threads, stream);
    if (!time)
        return base::Unexpected(time.error());
    result["siren"] = { { "spectra", options.coordinateSpectra },
        { "hidden", options.coordinateHidden }, { "step_ms", time->wall },
        { "step_shortest_ms", time->shortest }, { "step_processor_ms", time->processor } };
    const gon::LatentInference inference(
        std::make_shared<const gon::GonModel>(untrainedModel(options, stream)), threads);
    auto looks = timeLooks(inference, options, stream);
    if (!looks)
        return looks;
    result["look"] = *std::move(looks);
    if (options.skipEncoding)
        return result;
    auto encoding = timeEncoding(inference, options, stream);
    if (!encoding)
        return encoding;
    result["encode"] = *std::move(encoding);
    return result;
}

void print(const nlohmann::json& result, const Options& options)
{
    const auto number = [&](const char* key) { return result[key].get<double>(); };
    fmt::print("{}: one-step {:.2f} ms, detached {:.2f} ms, Gauss–Newton {:.2f} ms a step "
               "({} → {} → {}, batch {}, {} threads)\n",
        result["backend"].get<std::string>(), number("step_ms"), number("detached_step_ms"),
        number("gauss_newton_step_ms"), options.latent, fmt::join(options.hidden, " → "),
        options.pixels, options.batch, result["threads"].get<int>());
    if (!result["step_fraction_of_peak"].is_null())
        fmt::print("{:.2f}, {:.2f} and {:.2f} of the FMA peak of {:.0f} GFLOP/s\n",
            number("step_fraction_of_peak"), number("detached_step_fraction_of_peak"),
            number("gauss_newton_step_fraction_of_peak"), number("fma_peak_gflops"));
    if (!result.contains("siren"))
        return;
    fmt::print("SIREN at {} wavelengths × {} spectra: {:.1f} ms a step\n", options.pixels,
        options.coordinateSpectra, result["siren"]["step_ms"].get<double>());
    fmt::print("a walk decoded in {:.2f} ms, a brushed range repaired in {:.2f} ms\n",
        result["look"]["walk_ms"].get<double>(), result["look"]["brush_ms"].get<double>());
    if (result.contains("encode"))
        fmt::print("{} spectra of {} pixels encoded in {:.2f} s\n", options.encoded,
            options.encodedPixels, result["encode"]["seconds"].get<double>());
}

int run(const Options& options, const CommonOptions& common)
{
    const int threads = common.threads > 0 ? common.threads : base::defaultThreadCount();
    base::RandomStream stream(common.seed);
    const auto result = measure(options, threads, stream);
    if (!result)
        return report(result.error());
    if (common.json)
        printJson(*result);
    else
        print(*result, options);
    return kDone;
}

} // namespace

void addBenchGon(CLI::App& bench, CommonOptions& common, Action& action)
{
    CLI::App* verb = bench.add_subcommand(
        "gon", "time of a step of a Gradient Origin Network, and of encoding");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    const auto number = [&](const char* option, int& value, const char* help) {
        verb->add_option(option, value, help)->check(CLI::Range(1, 10000000))->capture_default_str();
    };
    verb->add_option("--backend", options->backend, "cpu, cuda or auto")
        ->check(CLI::IsMember({ "auto", "cpu", "cuda" }))
        ->capture_default_str();
    number("--batch", options->batch, "spectra a step");
    number("--latent", options->latent, "dimensions of the code");
    number("--pixels", options->pixels, "of a spectrum");
    number("--rounds", options->rounds, "timed steps");
    number("--siren-spectra", options->coordinateSpectra, "spectra a step of the SIREN");
    number("--siren-rounds", options->coordinateRounds, "timed steps of the SIREN");
    number("--looks", options->looks, "timed walks and brushes");
    number("--encoded", options->encoded, "spectra to encode");
    verb->add_option("--hidden", options->hidden, "widths of the hidden layers")
        ->delimiter(',')
        ->capture_default_str();
    verb->add_option("--siren-hidden", options->coordinateHidden, "of the SIREN")
        ->delimiter(',')
        ->capture_default_str();
    verb->add_flag("--no-encoding", options->skipEncoding, "without the timing of encoding");
    verb->callback([options, &common, &action] {
        action = [options, &common] { return run(*options, common); };
    });
}

} // namespace maury::cli

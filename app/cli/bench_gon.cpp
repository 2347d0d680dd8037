#include "app/cli/bench.h"
#include "app/cli/bench_environment.h"
#include "app/cli/report.h"
#include "core/base/random.h"
#include "core/base/thread_team.h"
#include "core/gon/decoder_start.h"
#include "core/gon/latent_inference.h"
#include "core/gon/training_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
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

/// Median milliseconds of a whole training step: gradient with its second-order term, and Adam.
double stepMilliseconds(gon::GonConfig config, int pixels, int rounds, int threads,
    base::RandomStream& stream)
{
    const std::vector<double> wavelengths = wavelengthsOf(pixels);
    const auto network = gon::makeTrainingNetwork(
        { config.decoder, config.inference, config.stepSize, false, wavelengths,
            static_cast<std::size_t>(config.batchSize), threads },
        startOf(config, wavelengths, stream), gon::NetworkPrecision::Single);
    gon::TrainingBatch batch;
    batch.data = normalRows(config.batchSize, pixels, 0.8, 0.1, stream);
    batch.lossWeight = gon::Matrix::Constant(config.batchSize, pixels, 5000.0F);
    batch.inferenceWeight = batch.lossWeight;
    std::vector<double> times;
    for (int round = 0; round < rounds + 3; ++round) {
        const Clock::time_point start = Clock::now();
        network->gradient(batch);
        network->update(1e-5, 0.9, 0.99, 50.0);
        if (round >= 3) // the first ones warm up
            times.push_back(1e3 * secondsSince(start));
    }
    return median(times);
}

/// Seconds to encode spectra by Gauss–Newton inference: codes alone, in pieces as from a store.
double encodeSeconds(const Options& options, int threads, base::RandomStream& stream)
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
    const gon::LatentInference inference(
        std::make_shared<const gon::GonModel>(std::move(model)), threads);
    constexpr int kTogether = 5000;
    gon::SpectrumSet set;
    set.wavelengthAngstrom = wavelengths;
    set.source = "bench";
    const int rows = std::min(kTogether, options.encoded);
    set.flux = normalRows(rows, options.encodedPixels, 0.8, 0.1, stream);
    set.ivar = gon::Matrix::Constant(rows, options.encodedPixels, 5000.0F);
    set.stars.assign(static_cast<std::size_t>(rows), "star");
    gon::EncodeOptions codesOnly;
    codesOnly.fit = false;
    double seconds = 0.0;
    for (int done = 0; done < options.encoded; done += rows) {
        const Clock::time_point start = Clock::now();
        const auto encoding = inference.encode(set, codesOnly);
        seconds += secondsSince(start);
        if (!encoding || !std::isfinite(encoding->codes(0, 0)))
            return -1.0;
    }
    return seconds;
}

int run(const Options& options, const CommonOptions& common)
{
    const int threads = common.threads > 0 ? common.threads : base::defaultThreadCount();
    base::RandomStream stream(common.seed);
    nlohmann::json result { { "batch", options.batch }, { "threads", threads },
        { "latent", options.latent }, { "hidden", options.hidden },
        { "pixels", options.pixels }, { "environment", benchEnvironment() } };
    const auto dense = [&](gon::InferenceKind inference) {
        gon::GonConfig config = gon::defaultsFor(inference, gon::DecoderKind::Dense);
        config.decoder.latent = options.latent;
        config.decoder.hidden = options.hidden;
        config.batchSize = options.batch;
        return stepMilliseconds(config, options.pixels, options.rounds, threads, stream);
    };
    result["step_ms"] = dense(gon::InferenceKind::OneStep);
    result["detached_step_ms"] = dense(gon::InferenceKind::Detached);
    result["gauss_newton_step_ms"] = dense(gon::InferenceKind::GaussNewton);
    gon::GonConfig siren
        = gon::defaultsFor(gon::InferenceKind::OneStep, gon::DecoderKind::Siren);
    siren.decoder.latent = options.latent;
    siren.decoder.hidden = options.coordinateHidden;
    siren.batchSize = options.coordinateSpectra;
    result["siren"] = { { "spectra", options.coordinateSpectra },
        { "hidden", options.coordinateHidden },
        { "step_ms",
            stepMilliseconds(
                siren, options.pixels, options.coordinateRounds, threads, stream) } };
    if (!options.skipEncoding) {
        const double seconds = encodeSeconds(options, threads, stream);
        result["encode"] = { { "spectra", options.encoded },
            { "pixels", options.encodedPixels }, { "seconds", seconds },
            { "spectra_per_second", options.encoded / seconds } };
    }
    if (common.json) {
        printJson(result);
        return kDone;
    }
    fmt::print("one-step {:.2f} ms, detached {:.2f} ms, Gauss–Newton {:.2f} ms a step "
               "({} → {} → {}, batch {}, {} threads)\nSIREN at {} wavelengths × {} spectra: {:.1f} "
               "ms a step\n",
        result["step_ms"].get<double>(), result["detached_step_ms"].get<double>(),
        result["gauss_newton_step_ms"].get<double>(), options.latent,
        fmt::join(options.hidden, " → "), options.pixels, options.batch, threads, options.pixels,
        options.coordinateSpectra, result["siren"]["step_ms"].get<double>());
    if (result.contains("encode"))
        fmt::print("{} spectra of {} pixels encoded in {:.2f} s\n", options.encoded,
            options.encodedPixels, result["encode"]["seconds"].get<double>());
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
    number("--batch", options->batch, "spectra a step");
    number("--latent", options->latent, "dimensions of the code");
    number("--pixels", options->pixels, "of a spectrum");
    number("--rounds", options->rounds, "timed steps");
    number("--siren-spectra", options->coordinateSpectra, "spectra a step of the SIREN");
    number("--siren-rounds", options->coordinateRounds, "timed steps of the SIREN");
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

#include "app/cli/bench.h"
#include "app/cli/bench_environment.h"
#include "app/cli/bench_peak.h"
#include "app/cli/bench_train_device.h"
#include "app/cli/report.h"
#include "app/cli/training_options.h"
#include "core/base/random.h"
#include "core/base/thread_team.h"
#include "core/nn/panel_kernels.h"
#include "core/train/backend.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 15;
constexpr int kStepsPerRound = 20;

struct Options {
    std::string backend = "cpu";
    train::Precision precision = train::Precision::Tf32;
    int samples
        = 37800; ///< as many as the paper's training set, so that gathering reads from memory
    train::TrainingConfig config;
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Round {
    double stepSeconds;
    Peak peak;
};

nlohmann::json summary(const Options& options, const nn::NetworkSpec& spec, int threads,
    const std::vector<Round>& rounds)
{
    const double flops = options.config.batchSize * spec.trainingOperations();
    std::vector<double> steps;
    std::vector<double> peaks;
    std::vector<double> fractions;
    std::vector<double> clocks;
    for (const Round& round : rounds) {
        steps.push_back(round.stepSeconds * 1e3);
        peaks.push_back(round.peak.gflops);
        fractions.push_back(flops / round.stepSeconds * 1e-9 / round.peak.gflops);
        clocks.push_back(round.peak.clock);
    }
    // Two fused multiply-adds a cycle on two vectors, panelWidth floats together.
    const double perCycle = 4.0 * static_cast<double>(nn::kernels::panelWidth()) / 2.0;
    const double byClock = median(clocks) * perCycle * threads;
    nlohmann::json result { { "backend", options.backend }, { "precision", "fp32" },
        { "batch", options.config.batchSize }, { "threads", threads }, { "hidden", spec.hidden },
        { "step_ms", median(steps) },
        { "samples_per_second", options.config.batchSize / median(steps) * 1e3 },
        { "gflop_per_step", flops * 1e-9 }, { "gflops", flops / median(steps) * 1e-6 },
        { "fma_peak_gflops", median(peaks) }, { "fraction_of_peak", median(fractions) },
        { "clock_ghz", nullptr }, { "peak_over_clock_times_width", nullptr },
        { "rounds", rounds.size() }, { "environment", benchEnvironment() } };
    if (byClock > 0.0) {
        result["clock_ghz"] = median(clocks);
        result["peak_over_clock_times_width"] = median(peaks) / byClock;
    }
    return result;
}

int run(const Options& options, const CommonOptions& common)
{
    if (const auto valid = train::validate(options.config); !valid)
        return report(valid.error());
    const int threads = common.threads > 0 ? common.threads : base::defaultThreadCount();
    auto backend = train::createBackend(options.backend, threads, options.precision);
    if (!backend)
        return report(backend.error());
    const nn::NetworkSpec spec { 1600, options.config.hidden, options.config.activation,
        kBenchClasses, kBenchLuminosities };
    const BenchSamples data(
        std::max(options.samples, options.config.batchSize), spec.inputs, common.seed);
    if (const auto loaded = (*backend)->load(spec,
            nn::initialParameters(spec, options.config.initialisation, common.seed),
            { options.config.optimizer, options.config.momentum, options.config.beta2,
                options.config.weightDecay });
        !loaded)
        return report(loaded.error());
    if (options.backend == "cuda")
        return benchTrainOnDevice(
            { **backend, spec, data, options.config, options.precision }, common);

    base::ThreadTeam team(threads);
    base::RandomStream stream(common.seed);
    std::vector<std::uint32_t> rows(static_cast<std::size_t>(options.config.batchSize));
    std::vector<Round> rounds;
    for (int round = 0; round < kRounds; ++round) {
        const Peak peak = measurePeak(team);
        const Clock::time_point start = Clock::now();
        for (int step = 0; step < kStepsPerRound; ++step) {
            for (auto& row : rows)
                row = stream.below(static_cast<std::uint32_t>(data.sc.size()));
            const auto stats = (*backend)->trainStep({ data.flux.data(), rows, data.sc, data.lc },
                { 1e-3, options.config.live.weightSc, options.config.live.weightLc });
            if (!stats)
                return report(stats.error());
        }
        rounds.push_back({ secondsSince(start) / kStepsPerRound, peak });
    }
    rounds.erase(rounds.begin()); // the first one warms up
    const nlohmann::json result = summary(options, spec, threads, rounds);
    if (common.json)
        printJson(result);
    else
        fmt::print("{} ms a step, {:.0f} GFLOP/s, {:.2f} of the FMA peak of {:.0f} GFLOP/s "
                   "({} threads, batch {})\n",
            fmt::format("{:.2f}", result["step_ms"].get<double>()), result["gflops"].get<double>(),
            result["fraction_of_peak"].get<double>(), result["fma_peak_gflops"].get<double>(),
            threads, options.config.batchSize);
    return kDone;
}

} // namespace

void addBenchTrain(CLI::App& bench, CommonOptions& common, Action& action)
{
    CLI::App* verb = bench.add_subcommand("train",
        "time of a training step beside the processor's FMA peak, measured in turn, or "
        "beside the GPU's fastest product");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("--backend", options->backend, "reference, cpu or cuda")
        ->check(CLI::IsMember({ "reference", "cpu", "cuda" }))
        ->capture_default_str();
    addPrecisionOption(*verb, options->precision);
    verb->add_option("--samples", options->samples, "spectra in memory to draw batches from")
        ->check(CLI::Range(1, 1 << 22))
        ->capture_default_str();
    addTrainingOptions(*verb, options->config);
    verb->callback([options, &common, &action] {
        action = [options, &common] { return run(*options, common); };
    });
}

} // namespace maury::cli

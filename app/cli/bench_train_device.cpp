#include "app/cli/bench_train_device.h"

#include "app/cli/bench_environment.h"
#include "app/cli/report.h"
#include "core/base/random.h"

#include <fmt/format.h>

#include <chrono>
#include <vector>

namespace maury::cli {
namespace {

using base::Result;

constexpr int kRounds = 31;

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string deviceName()
{
    for (const auto& info : train::listBackends())
        if (info.name == "cuda")
            return info.device;
    return {};
}

/// Seconds of a step in each round; the first, which records the graph, is left out.
Result<std::vector<double>> timeSteps(const DeviceBench& bench, std::uint64_t seed)
{
    const auto batch = static_cast<std::size_t>(bench.config.batchSize);
    const std::size_t steps = bench.backend.stepsTogether();
    base::RandomStream stream(seed);
    std::vector<std::uint32_t> rows(steps * batch);
    std::vector<double> seconds;
    for (int round = -1; round < kRounds; ++round) {
        for (auto& row : rows)
            row = stream.below(static_cast<std::uint32_t>(bench.samples.sc.size()));
        const auto start = std::chrono::steady_clock::now();
        const auto stats = bench.backend.trainSteps(bench.samples.batch(rows), batch,
            { 1e-3, bench.config.live.weightSc, bench.config.live.weightLc });
        if (!stats)
            return base::Unexpected(stats.error());
        if (round >= 0)
            seconds.push_back(secondsSince(start) / static_cast<double>(steps));
    }
    return seconds;
}

} // namespace

int benchTrainOnDevice(const DeviceBench& bench, const CommonOptions& common)
{
    const train::LabelledSamples set { bench.samples.flux.data(), bench.samples.sc,
        bench.samples.lc };
    if (const auto kept = bench.backend.keep(std::span(&set, 1)); !kept)
        return report(kept.error());
    const auto seconds = timeSteps(bench, common.seed);
    if (!seconds)
        return report(seconds.error());
    const auto ceilings = train::measureDevice(bench.precision);
    if (!ceilings)
        return report(ceilings.error());
    const double step = median(*seconds);
    const double flops = bench.config.batchSize * bench.spec.trainingOperations();
    const double gflops = flops / step * 1e-9;
    const nlohmann::json result { { "backend", "cuda" }, { "device", deviceName() },
        { "precision", toString(bench.precision) }, { "batch", bench.config.batchSize },
        { "hidden", bench.spec.hidden }, { "step_ms", step * 1e3 },
        { "samples_per_second", bench.config.batchSize / step }, { "gflop_per_step", flops * 1e-9 },
        { "gflops", gflops }, { "device_peak_gflops", ceilings->gflops },
        { "fraction_of_peak", gflops / ceilings->gflops },
        { "device_copy_gb_per_second", ceilings->copyGigabytesPerSecond },
        { "steps_together", bench.backend.stepsTogether() }, { "rounds", seconds->size() },
        { "environment", benchEnvironment() } };
    if (common.json)
        printJson(result);
    else
        fmt::print("{:.1f} µs a step, {:.0f} GFLOP/s, {:.2f} of the device's fastest product "
                   "({:.0f} GFLOP/s; {}, batch {})\n",
            step * 1e6, gflops, gflops / ceilings->gflops, ceilings->gflops,
            toString(bench.precision), bench.config.batchSize);
    return kDone;
}

} // namespace maury::cli

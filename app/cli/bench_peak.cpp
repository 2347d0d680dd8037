#include "app/cli/bench_peak.h"

#include "core/nn/peak_loops.h"

#include <chrono>
#include <vector>

namespace maury::cli {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

Peak measurePeak(base::ThreadTeam& team)
{
    constexpr std::int64_t kIterations = 100'000;
    constexpr int kTurns = 8;
    struct Turn {
        double amount = 0.0;
        double seconds = 0.0;
    };
    const auto timed = [](Turn& sum, double (*loop)(std::int64_t)) {
        const Clock::time_point start = Clock::now();
        sum.amount += loop(kIterations);
        sum.seconds += secondsSince(start);
    };
    std::vector<Turn> operations(static_cast<std::size_t>(team.size()));
    std::vector<Turn> cycles(operations.size());
    team.run([&](int member) {
        const auto at = static_cast<std::size_t>(member);
        for (int turn = 0; turn < kTurns; ++turn) {
            team.barrier();
            timed(cycles[at], nn::kernels::clockLoop);
            timed(operations[at], nn::kernels::fmaLoop);
        }
    });
    Peak peak;
    for (std::size_t at = 0; at < operations.size(); ++at) {
        peak.gflops += operations[at].amount / operations[at].seconds * 1e-9;
        peak.clock += cycles[at].amount / cycles[at].seconds * 1e-9 / team.size();
    }
    return peak;
}

} // namespace maury::cli

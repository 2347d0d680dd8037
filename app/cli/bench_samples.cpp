#include "app/cli/bench_samples.h"

#include "core/base/random.h"

namespace maury::cli {

BenchSamples::BenchSamples(int samples, int pixels, std::uint64_t seed)
    : flux(samples, pixels)
{
    base::RandomStream stream(seed);
    nn::RowVector<float> base(pixels);
    for (auto& value : base)
        value = static_cast<float>(0.6 + 0.4 * stream.uniform());
    for (int i = 0; i < samples; ++i) {
        flux.row(i) = base * static_cast<float>(0.9 + 0.2 * stream.uniform());
        sc.push_back(static_cast<std::uint16_t>(stream.below(kBenchClasses)));
        lc.push_back(static_cast<std::uint16_t>(stream.below(kBenchLuminosities)));
    }
}

} // namespace maury::cli

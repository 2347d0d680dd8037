#include "tests/support/tiny_samples.h"

#include "core/base/random.h"

namespace maury::test {

dataset::SampleSetPtr tinySamples(int count, std::uint64_t seed)
{
    constexpr int kPixels = 24;
    constexpr int kClasses = 4;
    base::RandomStream stream(seed);
    auto set = std::make_shared<dataset::SampleSet>();
    set->grid = { 4000.0, 1.0, kPixels };
    set->scheme = { { "A0", "A2", "A5", "F0" }, { 16.0, 18.0, 20.0, 23.0 } };
    set->description = "tiny test set";
    set->flux.resize(count, kPixels);
    for (int i = 0; i < count; ++i) {
        const auto sc = static_cast<std::uint16_t>(i % kClasses);
        const auto lc = static_cast<std::uint16_t>((i / kClasses) % 3);
        for (int pixel = 0; pixel < kPixels; ++pixel)
            set->flux(i, pixel) = static_cast<float>(1.0 + 0.02 * stream.normal());
        set->flux(i, 3 + 3 * sc) -= 0.5F;
        set->flux(i, 20) -= 0.3F * static_cast<float>(lc);
        set->sc.push_back(sc);
        set->lc.push_back(lc);
        set->standard.push_back(static_cast<std::uint32_t>(sc * 3 + lc));
    }
    for (int sc = 0; sc < kClasses; ++sc)
        for (int lc = 0; lc < 3; ++lc)
            set->standardNames.push_back("tiny/" + std::to_string(sc) + "-" + std::to_string(lc));
    return set;
}

} // namespace maury::test

#include "core/nn/dropout.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "core/base/random_block.h"

#include <algorithm>
#include <array>

namespace maury::nn {
namespace {

constexpr std::size_t kUnitsAtOnce = 16 * base::kRandomTile;
constexpr double kValuesOfAWord = 4294967296.0; // 2³²

} // namespace

void dropoutScales(const Dropout& dropout, int layer, std::size_t sample, std::span<float> scales)
{
    EXPECTS(dropout.rate >= 0.0 && dropout.rate < 1.0);
    const base::RandomStream stream = base::RandomStream(dropout.seed)
                                          .split(static_cast<std::uint64_t>(dropout.step))
                                          .split(static_cast<std::uint64_t>(layer));
    const auto threshold = static_cast<std::uint32_t>(dropout.rate * kValuesOfAWord);
    const auto kept = static_cast<float>(1.0 / (1.0 - dropout.rate));
    std::array<std::uint32_t, kUnitsAtOnce> bits {};
    for (std::size_t begin = 0; begin < scales.size(); begin += kUnitsAtOnce) {
        const std::size_t count = std::min(kUnitsAtOnce, scales.size() - begin);
        // A key for each block of units: the numbers of one key always begin at the first.
        base::fillRandomBits(
            stream.split(begin / kUnitsAtOnce).key(), sample, std::span(bits).first(count));
        for (std::size_t unit = 0; unit < count; ++unit)
            scales[begin + unit] = bits[unit] < threshold ? 0.0F : kept;
    }
}

} // namespace maury::nn

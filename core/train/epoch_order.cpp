#include "core/train/epoch_order.h"

#include "core/base/random.h"

#include <numeric>
#include <utility>

namespace maury::train {

namespace {

constexpr std::uint64_t kShuffleStream = 2; ///< of those that follow from the run's seed

} // namespace

std::vector<std::uint32_t> shuffledRows(std::size_t count, std::uint64_t seed, int epoch)
{
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    base::RandomStream stream
        = base::RandomStream(seed).split(kShuffleStream).split(static_cast<std::uint64_t>(epoch));
    for (std::size_t i = count; i > 1; --i)
        std::swap(rows[i - 1], rows[stream.below(static_cast<std::uint32_t>(i))]);
    return rows;
}

} // namespace maury::train

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace maury::train {

/// The order in which an epoch (0-based) goes through `count` samples: a permutation of their rows,
/// a pure function of its arguments (Fisher–Yates).
[[nodiscard]] std::vector<std::uint32_t> shuffledRows(
    std::size_t count, std::uint64_t seed, int epoch);

} // namespace maury::train

#pragma once

#include "core/nn/parameters.h"
#include "core/train/backend.h"

#include <cstdint>
#include <vector>

namespace maury::cli {

inline constexpr int kBenchClasses = 30;
inline constexpr int kBenchLuminosities = 3;

/// Random samples in memory to draw batches from: what is in them is nothing to a timing.
struct BenchSamples {
    nn::Matrix<float> flux; ///< [samples, pixels]
    std::vector<std::uint16_t> sc;
    std::vector<std::uint16_t> lc;

    BenchSamples(int samples, int pixels, std::uint64_t seed);
    [[nodiscard]] train::Batch batch(std::span<const std::uint32_t> rows) const
    {
        return { flux.data(), rows, sc, lc, nullptr, nullptr };
    }
};

} // namespace maury::cli

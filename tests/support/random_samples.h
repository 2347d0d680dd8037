#pragma once

#include "core/nn/parameters.h"
#include "core/train/backend.h"

#include <cstdint>
#include <vector>

namespace maury::test {

/// Random spectra with labels and soft targets for a network.
struct RandomSamples {
    nn::Matrix<float> flux;
    std::vector<std::uint16_t> sc;
    std::vector<std::uint16_t> lc;
    nn::Matrix<float> softSc;
    nn::Matrix<float> softLc;

    RandomSamples(int count, const nn::NetworkSpec& spec, std::uint64_t seed = 17);
    [[nodiscard]] train::Batch batch(const std::vector<std::uint32_t>& rows) const
    {
        return { flux.data(), rows, sc, lc, nullptr, nullptr };
    }
    [[nodiscard]] train::Batch softBatch(const std::vector<std::uint32_t>& rows) const
    {
        return { flux.data(), rows, {}, {}, softSc.data(), softLc.data() };
    }
    [[nodiscard]] train::LabelledSamples labelled() const { return { flux.data(), sc, lc }; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(sc.size()); }
};

/// The largest difference of two numbers of two networks of the same shape.
[[nodiscard]] double largestDifference(const nn::Parameters& a, const nn::Parameters& b);

} // namespace maury::test

#pragma once

#include <cstdint>
#include <span>

namespace maury::nn {

/// Which units of the hidden layers are silent in one step of a training (Srivastava et al. 2014,
/// JMLR 15, 1929).
struct Dropout {
    double rate = 0.0; ///< probability that a unit is silent; 0 switches dropout off
    std::uint64_t seed = 0;
    std::int64_t step = 0;

    [[nodiscard]] bool isOn() const { return rate > 0.0; }
};

/// What the outputs of one sample's units are multiplied by: 0, or 1 / (1 − rate) so that their
/// expected sum is that of the whole layer, which is used afterwards. A pure function of (seed,
/// step, layer, sample, unit): the same for every backend and number of threads. scales: [units],
/// overwritten; sample: its place in the batch. Precondition: 0 ≤ rate < 1.
void dropoutScales(const Dropout& dropout, int layer, std::size_t sample, std::span<float> scales);

} // namespace maury::nn

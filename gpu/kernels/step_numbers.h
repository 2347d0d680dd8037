#pragma once

// What a step needs to know besides its batch. The host writes a StepControl and a learning rate a
// step into pinned memory before every launch; the graph copies them to the device and PrepareSteps makes the numbers of each
// step of the launch of it: no setting is part of a graph, so that none needs a new one.
// PrepareSteps: one thread a step; overwrites `numbers`.

#include "gpu/kernels/philox.h"

#include <math.h>

namespace maury::gpu {

struct StepControl {
    double weightSc = 0.0;
    double weightLc = 0.0;
    double dropoutRate = 0.0;
    std::uint64_t dropoutSeed = 0;
    std::int64_t stepsDone = 0; ///< of the optimiser, before the launch
    double momentum = 0.0;
    double beta2 = 0.0;
    double weightDecay = 0.0;
};

struct StepNumbers {
    /// Scales of the product that descends: W ← scales[1] · W + scales[0] · AᵀΔ.
    float descent[2];
    float rate;
    float gradientSc; ///< weight of the head in the loss over the number of samples
    float gradientLc;
    float momentum; ///< momentum's β, AdamW's β₁
    float beta2;
    float keepWeight; ///< AdamW's 1 − λ · decay, of weights
    float adamRate; ///< λ / (1 − β₁ᵗ)
    float adamScale; ///< 1 / √(1 − β₂ᵗ)
    float kept; ///< dropout: what the outputs that are kept are multiplied by
    std::uint32_t silentBelow; ///< dropout: units whose bits are below are silent
    std::uint64_t dropoutKey; ///< of this step
};

struct PrepareSteps {
    static constexpr int kThreads = 64;

    const StepControl* control;
    const double* rates; ///< [steps] learning rates
    StepNumbers* numbers; ///< [steps]
    int steps;
    int samples; ///< of a step

    [[nodiscard]] Grid grid() const { return gridFor(steps, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        for (std::int64_t at = firstItem(block); at < steps; at += itemStride(block))
            numbers[at] = numbersOf(at);
    }

private:
    MAURY_DEVICE StepNumbers numbersOf(std::int64_t at) const
    {
        const StepControl c = *control;
        const std::int64_t step = c.stepsDone + at + 1; // counted from 1
        const double rate = rates[at];
        const double total = c.weightSc + c.weightLc;
        StepNumbers n;
        n.rate = static_cast<float>(rate);
        n.descent[0] = -n.rate;
        n.descent[1] = 1.0F;
        n.gradientSc = static_cast<float>(c.weightSc / total) / static_cast<float>(samples);
        n.gradientLc = static_cast<float>(c.weightLc / total) / static_cast<float>(samples);
        n.momentum = static_cast<float>(c.momentum);
        n.beta2 = static_cast<float>(c.beta2);
        n.keepWeight = static_cast<float>(1.0 - rate * c.weightDecay);
        const double passed = static_cast<double>(step);
        n.adamRate = static_cast<float>(rate / (1.0 - ::pow(c.momentum, passed)));
        n.adamScale = static_cast<float>(1.0 / ::sqrt(1.0 - ::pow(c.beta2, passed)));
        n.kept = static_cast<float>(1.0 / (1.0 - c.dropoutRate));
        n.silentBelow = static_cast<std::uint32_t>(c.dropoutRate * 4294967296.0);
        n.dropoutKey = splitKey(keyOfSeed(c.dropoutSeed), static_cast<std::uint64_t>(step));
        return n;
    }
};

} // namespace maury::gpu

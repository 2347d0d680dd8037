#pragma once

// The update of a Gradient Origin Network: Adam with a clipped gradient, over all numbers of the
// network at once. Numbers learn at the rate times `scale`, which is Adam on W where the numbers are
// W·diag(scale).
//  SquareGradients  up to kMostParts blocks; overwrites a part a block.
//  PrepareUpdate    one block; overwrites `numbers` with the factors of the step.
//  ScaledAdam       a thread a number; values and moments in place.

#include "gpu/kernels/gon_inference.h"

namespace maury::gpu {

/// What the host says of a step; copied to the device by the graph.
struct GonControl {
    double learningRate = 0.0;
    double beta1 = 0.0;
    double beta2 = 0.0;
    double clip = 0.0;
    double step = 0.0; ///< this one, counted from 1
};

struct GonNumbers {
    double norm; ///< of the gradient, before clipping
    float factor; ///< of clipping
    float beta1;
    float beta2;
    float rate; ///< λ / (1 − β₁ᵗ)
    float root; ///< 1 / √(1 − β₂ᵗ)
};

struct SquareGradients {
    static constexpr int kThreads = 256;
    static constexpr int kMostParts = 512;

    const float* gradients; ///< [size]
    const float* scale; ///< [size]
    double* parts; ///< [grid().blocks]
    std::int64_t size;

    [[nodiscard]] Grid grid() const
    {
        const unsigned blocks = gridFor(size, 4 * kThreads).blocks;
        return { blocks < kMostParts ? blocks : kMostParts, kThreads * sizeof(double) };
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        double sum = 0.0;
        for (std::int64_t at = firstItem(block); at < size; at += itemStride(block)) {
            const auto g = static_cast<double>(gradients[at] * scale[at]);
            sum += g * g;
        }
        sum = sumOfBlock(block, sum, reinterpret_cast<double*>(block.shared()));
        if (block.thread() == 0)
            parts[block.index()] = sum;
    }
};

struct PrepareUpdate {
    static constexpr int kThreads = 128;

    const double* parts; ///< [count]
    const GonControl* control;
    GonNumbers* numbers;
    int count;

    [[nodiscard]] Grid grid() const { return { 1, kThreads * sizeof(double) }; }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        double sum = 0.0;
        for (int at = block.thread(); at < count; at += block.threads())
            sum += parts[at];
        sum = sumOfBlock(block, sum, reinterpret_cast<double*>(block.shared()));
        if (block.thread() != 0)
            return;
        const GonControl c = *control;
        const double norm = ::sqrt(sum);
        numbers->norm = norm;
        numbers->factor = norm > c.clip ? static_cast<float>(c.clip / norm) : 1.0F;
        numbers->beta1 = static_cast<float>(c.beta1);
        numbers->beta2 = static_cast<float>(c.beta2);
        numbers->rate = static_cast<float>(c.learningRate / (1.0 - ::pow(c.beta1, c.step)));
        numbers->root = static_cast<float>(1.0 / ::sqrt(1.0 - ::pow(c.beta2, c.step)));
    }
};

struct ScaledAdam {
    static constexpr int kThreads = 256;

    float* values; ///< [size], like the others
    const float* gradients;
    float* first;
    float* second;
    const float* scale;
    const GonNumbers* numbers;
    std::int64_t size;

    [[nodiscard]] Grid grid() const { return gridFor(size, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const GonNumbers n = *numbers;
        for (std::int64_t at = firstItem(block); at < size; at += itemStride(block)) {
            const float g = n.factor * gradients[at];
            const float m = n.beta1 * first[at] + (1.0F - n.beta1) * g;
            const float v = n.beta2 * second[at] + (1.0F - n.beta2) * g * g;
            first[at] = m;
            second[at] = v;
            values[at] -= n.rate * scale[at] * m / (n.root * ::sqrtf(v) + 1e-8F);
        }
    }
};

} // namespace maury::gpu

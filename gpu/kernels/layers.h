#pragma once

// Kernels around the products of the hidden layers. Matrices are row-major with a row every `width`
// floats; widths are multiples of kPadding, and what is beyond the layer's own units stays 0.
//  Gather           one block a row, 16 bytes a thread; overwrites `out`.
//  Activate         a thread for four units 16 apart (one Philox block); adds the bias to `z` in
//                   place, overwrites `a`. Where the product's own epilogue does not fit.
//  ActivateBackward the same; multiplies `dz`, which holds dA, in place.
//  ReduceBiases     a block for 32 columns of a layer, 32 rows at a time; overwrites gradients or
//                   descends in place.

#include "gpu/kernels/activation.h"

namespace maury::gpu {

struct Gather {
    static constexpr int kThreads = 128;

    const float* samples; ///< [anything, width]
    const std::uint32_t* rows; ///< [count]
    float* out; ///< [count, width]
    int count;
    int width;

    [[nodiscard]] Grid grid() const { return gridFor(count, 1); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const int pieces = width / 4;
        for (std::int64_t row = block.index(); row < count; row += block.count()) {
            const auto* from
                = reinterpret_cast<const Float4*>(samples + std::int64_t { rows[row] } * width);
            auto* to = reinterpret_cast<Float4*>(out + row * width);
            for (int piece = block.thread(); piece < pieces; piece += block.threads())
                to[piece] = from[piece];
        }
    }
};

/// The units of a layer's rows, as a thread goes through them.
struct LayerUnits {
    const StepNumbers* step; ///< of the dropout; null: none
    int rows;
    int width;
    int layer;

    [[nodiscard]] Grid grid(int threads) const
    {
        return gridFor(std::int64_t { rows } * width / 4, threads);
    }

    /// Calls change(place in [rows, width], unit, scale of the dropout) for each unit of the thread.
    template <typename Block, typename Change>
    MAURY_DEVICE void forEach(const Block& block, const Change& change) const
    {
        const int quads = quadsOf(width);
        const std::int64_t items = std::int64_t { rows } * quads;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            const std::int64_t row = item / quads;
            const int quad = static_cast<int>(item % quads);
            RandomWords words {};
            if (step != nullptr)
                words = dropoutWords(*step, layer, static_cast<std::uint64_t>(row), quad);
            for (int j = 0; j < 4; ++j) {
                const int unit = placeOf(quad, j);
                if (unit < width)
                    change(row * width + unit, unit,
                        step != nullptr ? dropoutScale(*step, words.word[j]) : 1.0F);
            }
        }
    }
};

struct Activate {
    static constexpr int kThreads = 128;

    float* z; ///< [rows, width] product; the bias is added
    const float* bias; ///< [width]
    float* a; ///< [rows, width]; may be `z` where that is not needed any more
    LayerUnits units;
    nn::Activation activation;

    [[nodiscard]] Grid grid() const { return units.grid(kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        units.forEach(block, [&](std::int64_t at, int unit, float scale) {
            const float sum = z[at] + bias[unit];
            z[at] = sum;
            a[at] = activated(activation, sum) * scale;
        });
    }
};

struct ActivateBackward {
    static constexpr int kThreads = 128;

    float* dz; ///< [rows, width] gradient of the activations; becomes that of z
    const float* z; ///< [rows, width]
    LayerUnits units;
    nn::Activation activation;

    [[nodiscard]] Grid grid() const { return units.grid(kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        units.forEach(block, [&](std::int64_t at, int, float scale) {
            dz[at] *= scale * activationSlope(activation, z[at]);
        });
    }
};

/// A layer whose biases get their gradient: the sum of dz over the rows.
struct BiasLayer {
    const float* dz; ///< [rows, width]
    float* target; ///< [width] biases, or their gradient
    int width;
};

struct ReduceBiases {
    static constexpr int kThreads = 1024;
    static constexpr int kMostLayers = 8;
    static constexpr int kColumns = 32;
    static constexpr int kGroups = kThreads / kColumns;

    BiasLayer layers[kMostLayers];
    int count;
    int rows;
    const StepNumbers* step; ///< descends by its rate; null: writes gradients

    [[nodiscard]] Grid grid() const
    {
        int blocks = 0;
        for (int at = 0; at < count; ++at)
            blocks += blocksOf(layers[at].width);
        return { static_cast<unsigned>(blocks), kThreads * sizeof(float) };
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        int part = static_cast<int>(block.index());
        int at = 0;
        while (part >= blocksOf(layers[at].width))
            part -= blocksOf(layers[at++].width);
        const BiasLayer& layer = layers[at];
        const int first = part * kColumns;
        float* sums = block.shared();
        for (int item = block.thread(); item < kThreads; item += block.threads())
            sums[item] = sumOf(layer, first + item % kColumns, item / kColumns);
        block.sync();
        for (int half = kGroups / 2; half > 0; half /= 2) {
            for (int item = block.thread(); item < half * kColumns; item += block.threads())
                sums[item] += sums[item + half * kColumns];
            block.sync();
        }
        for (int lane = block.thread(); lane < kColumns; lane += block.threads())
            if (first + lane < layer.width)
                put(layer.target[first + lane], sums[lane]);
    }

private:
    [[nodiscard]] MAURY_EVERYWHERE static constexpr int blocksOf(int width)
    {
        return (width + kColumns - 1) / kColumns;
    }
    MAURY_DEVICE float sumOf(const BiasLayer& layer, int column, int group) const
    {
        float sum = 0.0F;
        if (column < layer.width)
            for (std::int64_t row = group; row < rows; row += kGroups)
                sum += layer.dz[row * layer.width + column];
        return sum;
    }
    MAURY_DEVICE void put(float& target, float gradient) const
    {
        if (step != nullptr)
            target -= step->rate * gradient;
        else
            target = gradient;
    }
};

} // namespace maury::gpu

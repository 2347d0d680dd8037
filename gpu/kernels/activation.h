#pragma once

// Activation functions of core/nn/activation.h and the dropout of core/nn/dropout.h for kernels.

#include "core/nn/network_spec.h"
#include "gpu/kernels/step_numbers.h"

#include <math.h>

namespace maury::gpu {

inline constexpr float kRoot2OverPi = 0.7978845608F;
inline constexpr float kCubic = 0.044715F;

MAURY_DEVICE inline float activated(nn::Activation activation, float a)
{
    if (activation == nn::Activation::Relu)
        return a > 0.0F ? a : 0.0F;
    if (activation == nn::Activation::GeluExact)
        return 0.5F * a * (1.0F + ::erff(a * 0.70710678119F));
    return 0.5F * a * (1.0F + ::tanhf(kRoot2OverPi * (a + kCubic * a * a * a)));
}

MAURY_DEVICE inline float activationSlope(nn::Activation activation, float a)
{
    if (activation == nn::Activation::Relu)
        return a > 0.0F ? 1.0F : 0.0F;
    if (activation == nn::Activation::GeluExact)
        return 0.5F * (1.0F + ::erff(a * 0.70710678119F))
            + a * 0.39894228040F * ::expf(-0.5F * a * a);
    const float cubic = kCubic * a * a;
    const float t = ::tanhf(kRoot2OverPi * a * (1.0F + cubic));
    return 0.5F * (1.0F + t + a * (1.0F - t * t) * kRoot2OverPi * (1.0F + 3.0F * cubic));
}

/// The random bits of four units of a layer at once: units 64 tile + 16 j + b, j from 0, for the
/// quad 16 tile + b.
MAURY_DEVICE inline RandomWords dropoutWords(
    const StepNumbers& step, int layer, std::uint64_t sample, int quad)
{
    constexpr int kUnitsOfAKey = 1024; // as in core/nn/dropout.cpp
    constexpr int kQuadsOfAKey = kUnitsOfAKey / 4;
    const std::uint64_t ofLayer = splitKey(step.dropoutKey, static_cast<std::uint64_t>(layer));
    return philoxWords(splitKey(ofLayer, static_cast<std::uint64_t>(quad / kQuadsOfAKey)), sample,
        static_cast<std::uint32_t>(quad % kQuadsOfAKey));
}

MAURY_DEVICE inline float dropoutScale(const StepNumbers& step, std::uint32_t bits)
{
    return bits < step.silentBelow ? 0.0F : step.kept;
}

/// The scale of one unit; four units at once cost no more.
MAURY_DEVICE inline float dropoutScaleOf(
    const StepNumbers& step, int layer, std::uint64_t sample, int unit)
{
    const int tile = unit / kTileBits;
    const int place = unit % kTileBits;
    const RandomWords words
        = dropoutWords(step, layer, sample, tile * kTileBlocks + place % kTileBlocks);
    return dropoutScale(step, words.word[place / kTileBlocks]);
}

} // namespace maury::gpu

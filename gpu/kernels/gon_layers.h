#pragma once

// Kernels around the products of a Gradient Origin Network's decoder. The rows of every layer are
// one tangent for each dimension of the code, the origin's own (z = 0), then the batch's
// (core/gon/dense_pass.h has the mathematics). Matrices are row-major; widths are multiples of
// kPadding, and what is beyond a layer's own units stays 0.
//  GonActivate        a thread a unit; overwrites rows of `out` and `slope`.
//  GonActivateOrigin  the same for tangents and origin; overwrites `out`, `slope`, `curve`.
//  GonMultiplySlopes  a thread a unit; overwrites `delta`.
//  GonBackOrigin      a thread a unit of a row; overwrites `delta`; the origin's adds up the tangents.
//  AddBias            a thread a number; adds to `values`.

#include "core/gon/kinds.h"
#include "gpu/kernels/block.h"

#include <math.h>

namespace maury::gpu {

struct GonCurve {
    float value;
    float slope; ///< f′
    float curve; ///< f″
};

MAURY_DEVICE inline float logistic(float a)
{
    return 1.0F / (1.0F + ::expf(-a));
}

/// The activations of core/gon with two derivatives.
MAURY_DEVICE inline GonCurve gonActivated(gon::Activation activation, float a)
{
    switch (activation) {
    case gon::Activation::Gelu: {
        const float phi = 0.5F * ::erfcf(-0.70710678119F * a);
        const float density = 0.39894228040F * ::expf(-0.5F * a * a);
        return { a * phi, phi + a * density, (2.0F - a * a) * density };
    }
    case gon::Activation::Silu: {
        const float s = logistic(a);
        const float rest = 1.0F - s;
        return { a * s, s * (1.0F + a * rest), s * rest * (2.0F + a * (1.0F - 2.0F * s)) };
    }
    case gon::Activation::Elu: {
        const float e = ::expf(a < 0.0F ? a : 0.0F);
        return a < 0.0F ? GonCurve { e - 1.0F, e, e } : GonCurve { a, 1.0F, 0.0F };
    }
    case gon::Activation::Softplus: {
        const float s = logistic(a);
        return { (a > 0.0F ? a : 0.0F) + ::log1pf(::expf(a > 0.0F ? -a : a)), s, s * (1.0F - s) };
    }
    case gon::Activation::Sine:
        break;
    }
    return { ::sinf(a), ::cosf(a), -::sinf(a) };
}

struct GonActivate {
    static constexpr int kThreads = 128;

    const float* z; ///< [rows, width] product
    const float* bias; ///< [width]
    float* out; ///< [rows, outStride]
    float* slope; ///< [rows, width]
    int rows;
    int width;
    int units; ///< that are the layer's own
    int outStride;
    gon::Activation activation;

    [[nodiscard]] Grid grid() const { return gridFor(std::int64_t { rows } * width, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = std::int64_t { rows } * width;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            const std::int64_t row = item / width;
            const int unit = static_cast<int>(item % width);
            const GonCurve c = unit < units ? gonActivated(activation, z[item] + bias[unit])
                                            : GonCurve { 0.0F, 0.0F, 0.0F };
            out[row * outStride + unit] = c.value;
            slope[item] = c.slope;
        }
    }
};

struct GonActivateOrigin {
    static constexpr int kThreads = 128;

    const float* z; ///< [latent + 1, width] products: Ra of every tangent, then the origin's
    const float* bias; ///< [width]
    float* out; ///< [latent + 1, outStride]
    float* slope; ///< [width]
    float* curve; ///< [width]
    int latent;
    int width;
    int units;
    int outStride;
    gon::Activation activation;

    [[nodiscard]] Grid grid() const
    {
        return gridFor((std::int64_t { latent } + 1) * width, kThreads);
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = (std::int64_t { latent } + 1) * width;
        const float* origin = z + std::int64_t { latent } * width;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            const std::int64_t row = item / width;
            const int unit = static_cast<int>(item % width);
            const GonCurve c = unit < units ? gonActivated(activation, origin[unit] + bias[unit])
                                            : GonCurve { 0.0F, 0.0F, 0.0F };
            out[row * outStride + unit] = row < latent ? c.slope * z[item] : c.value;
            if (row < latent)
                continue;
            slope[unit] = c.slope;
            curve[unit] = c.curve;
        }
    }
};

struct GonMultiplySlopes {
    static constexpr int kThreads = 128;

    const float* dInput; ///< [rows, inputStride]
    const float* slope; ///< [rows, width]
    float* delta; ///< [rows, width]
    int rows;
    int width;
    int inputStride;

    [[nodiscard]] Grid grid() const { return gridFor(std::int64_t { rows } * width, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = std::int64_t { rows } * width;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block))
            delta[item] = dInput[item / width * inputStride + item % width] * slope[item];
    }
};

struct GonBackOrigin {
    static constexpr int kThreads = 128;

    const float* dInput; ///< [latent + 1, inputStride]
    const float* z; ///< [latent + 1, width] Ra of every tangent
    const float* slope; ///< [width]
    const float* curve; ///< [width]
    float* delta; ///< [latent + 1, width]
    int latent;
    int width;
    int inputStride;

    [[nodiscard]] Grid grid() const
    {
        return gridFor((std::int64_t { latent } + 1) * width, kThreads);
    }

    /// Rh = f′(a) ⊙ Ra, h = f(a).
    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = (std::int64_t { latent } + 1) * width;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            const std::int64_t row = item / width;
            const auto unit = item % width;
            float sum = slope[unit] * dInput[row * inputStride + unit];
            if (row == latent) {
                float bent = 0.0F;
                for (std::int64_t t = 0; t < latent; ++t)
                    bent += z[t * width + unit] * dInput[t * inputStride + unit];
                sum += curve[unit] * bent;
            }
            delta[item] = sum;
        }
    }
};

struct AddBias {
    static constexpr int kThreads = 256;

    float* values; ///< [rows, width]
    const float* bias; ///< [width]
    int rows;
    int width;

    [[nodiscard]] Grid grid() const { return gridFor(std::int64_t { rows } * width, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = std::int64_t { rows } * width;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block))
            values[item] += bias[item % width];
    }
};

} // namespace maury::gpu

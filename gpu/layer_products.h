#pragma once

#include "gpu/device.h"
#include "gpu/network.h"

namespace maury::gpu {

// The products of a dense layer, with its input X [rows, fanIn], dZ [rows, fanOut].

/// Z = X·W into `z` without an epilogue; with BiasGelu into `aux`, which may be null, and its
/// activation into `z`.
[[nodiscard]] Product forwardProduct(
    const Network& network, const DenseLayout& layer, int rows, const float* x, float* z);

/// dX = dZ·Wᵀ.
[[nodiscard]] Product backwardProduct(
    const Network& network, const DenseLayout& layer, int rows, const float* dz, float* dx);

/// W ← scales[1] · W + scales[0] · Xᵀ·dZ; without scales the gradient Xᵀ·dZ goes to the network's
/// gradients.
[[nodiscard]] Product weightsProduct(const Network& network, const DenseLayout& layer, int rows,
    const float* x, const float* dz, const float* scales);

/// Adds bias and activation to a product. Precondition: the activation is GeluTanh.
[[nodiscard]] Product withGelu(
    Product product, const Network& network, const DenseLayout& layer, float* aux);

/// Multiplies a product by the slope of the activation at z. Precondition: as above.
[[nodiscard]] Product withGeluGradient(Product product, float* z);

} // namespace maury::gpu

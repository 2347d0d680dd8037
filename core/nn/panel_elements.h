#pragma once

// What the fast CPU backend does to single numbers of panels (panel_kernels.h): activations with
// their slopes, and the updates of optimisers.

#include <cstddef>

namespace maury::nn::kernels {

/// One panel, in place z ← f(z), and slope ← f′(z), for `rows` rows that lie `stride` floats apart.
/// Absolute error ≤ 1e-6.
void geluTanh(float* z, float* slope, std::size_t stride, std::size_t rows);
void geluExact(float* z, float* slope, std::size_t stride, std::size_t rows);
void relu(float* z, float* slope, std::size_t stride, std::size_t rows);

/// One panel of dZ = dA ⊙ f′(Z) for `rows` rows: values and slope have rows `stride` floats apart;
/// the result overwrites values and goes to panel [rows, panelWidth] too, the form that
/// updatePanel() reads.
void multiplySlope(
    float* values, const float* slope, std::size_t stride, std::size_t rows, float* panel);

/// The updates of nn/optimizer.h, vectorised; `size` a multiple of panelWidth().
void momentum(
    float* value, const float* gradient, float* velocity, std::size_t size, float rate, float beta);
struct AdamFactors {
    float beta1, beta2;
    float keep; ///< 1 − λ·decay
    float rate; ///< λ / (1 − β₁ᵗ)
    float scale; ///< 1 / √(1 − β₂ᵗ)
};
void adamw(float* value, const float* gradient, float* first, float* second, std::size_t size,
    const AdamFactors& factors);

} // namespace maury::nn::kernels

#pragma once

// The arithmetic of the fast CPU backend: matrix products on weights that stay packed in *panels*,
// for the vector width of the processor the program runs on (SSE to AVX-512, NEON).
//
// A panel holds panelWidth() neighbouring columns of a matrix, row after row, so that one row of a
// panel is two vector registers. Keeping the weights in this layout for good saves the packing that
// a general GEMM repeats in every call, which costs a fifth of a step at batch 200. Columns beyond
// the last are zero and stay zero.

#include <cstddef>
#include <cstdint>
#include <string>

namespace maury::nn::kernels {

/// Columns of a panel: two vectors of floats on this processor.
[[nodiscard]] std::size_t panelWidth();

/// The instruction set in use ("AVX3", "AVX2", "SSE4", "NEON", …), for reports.
[[nodiscard]] std::string instructionSet();

/// C = A·B + bias for one panel of B. a: rows of A, `aStride` floats apart, `depth` long; b:
/// [depth, panelWidth]; bias: [panelWidth] or null for none; c: overwritten, rows `cStride` floats
/// apart, panelWidth wide. `next`: the panel that will be used next, fetched from memory meanwhile;
/// may be null.
void multiplyPanel(const float* a, std::size_t aStride, std::size_t rows, std::size_t depth,
    const float* b, const float* bias, float* c, std::size_t cStride, const float* next);

/// Copies rows [firstRow, lastRow) of A into column tiles, the form that updatePanel() reads
/// without jumping through memory. a: [batch] rows `aStride` apart, `depth` wide; packed:
/// batch·depth floats in all, of which only those of the given rows are written, so that several
/// threads can share the work.
void packColumns(const float* a, std::size_t aStride, std::size_t firstRow, std::size_t lastRow,
    std::size_t batch, std::size_t depth, float* packed);

/// W ← W + alpha·Aᵀ·D for one panel. packed: A from packColumns(); d: [batch, panelWidth]; w:
/// [depth, panelWidth]. With alpha = −λ this is the whole weight update of gradient descent.
void updatePanel(const float* packed, std::size_t batch, std::size_t depth, const float* d,
    float alpha, float* w);

/// bias ← bias + alpha · Σ over the batch of D; d: [batch, panelWidth].
void updateBias(const float* d, std::size_t batch, float alpha, float* bias);

/// In place z ← f(z), and slope ← f′(z); `size` numbers, a multiple of panelWidth(). Absolute error
/// ≤ 1e-6.
void geluTanh(float* z, float* slope, std::size_t size);
void geluExact(float* z, float* slope, std::size_t size);
void relu(float* z, float* slope, std::size_t size);

/// values ← values ⊙ slope; `size` a multiple of panelWidth().
void multiplySlope(float* values, const float* slope, std::size_t size);

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

/// A loop of nothing but fused multiply-adds in registers: returns the number of floating-point
/// operations done, so that a benchmark can state what fraction of the processor's peak a step
/// reaches.
[[nodiscard]] double fmaLoop(std::int64_t iterations);

} // namespace maury::nn::kernels

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

/// Rows or columns of A cut into tiles of nearly equal height, each small enough for the registers:
/// 100 rows become 8 tiles of 12 or 13, not 7 of 14 and a slow one of 2.
struct Tiling {
    std::size_t count = 0; ///< rows in all
    std::size_t tiles = 0;

    Tiling() = default;
    /// As few tiles as the registers allow, rounded up to a multiple of `shares` (at most one tile
    /// a row) so that as many threads get as many tiles.
    explicit Tiling(std::size_t count, std::size_t shares = 1);
    [[nodiscard]] std::size_t begin(std::size_t tile) const { return count * tile / tiles; }
    [[nodiscard]] std::size_t height(std::size_t tile) const
    {
        return begin(tile + 1) - begin(tile);
    }
};

/// to[(k − begin)·toStride + i] = rows[i][k] for i < height and k in [begin, end).
void transpose(const float* const* rows, std::size_t height, std::size_t begin, std::size_t end,
    float* to, std::size_t toStride);

/// Copies one tile of A into the form that multiplyPanel() reads without jumping through memory:
/// element k of every row, then element k + 1. rows: [height] pointers to `depth` numbers each, at
/// most kMaximumTile of them; fetch: as many pointers to rows to bring in from memory meanwhile,
/// or null. packed: [depth, height].
void packTile(const float* const* rows, std::size_t height, std::size_t depth, float* packed,
    const float* const* fetch);
inline constexpr std::size_t kMaximumTile = 16;

/// C = A·B + bias for one panel of B and the tiles [firstTile, lastTile) of A. packed: A from
/// packTile(), tile t at begin(t)·depth; b: [depth, panelWidth]; bias: [panelWidth] or null for
/// none; c: row 0 of C, rows `cStride` floats apart, panelWidth wide, overwritten. `next`: the
/// panel that will be used next, fetched from memory meanwhile; may be null.
void multiplyPanel(const float* packed, const Tiling& tiling, std::size_t firstTile,
    std::size_t lastTile, std::size_t depth, const float* b, const float* bias, float* c,
    std::size_t cStride, const float* next);

/// Copies `count` rows of A from `firstRow` on into column tiles, the form that updatePanel() reads
/// without jumping through memory. rows: pointers to them; tiling: of the columns of A; packed:
/// `batch` floats for each column; several threads can share the rows.
void packColumns(const float* const* rows, std::size_t firstRow, std::size_t count,
    std::size_t batch, const Tiling& tiling, float* packed);

/// W ← W + alpha·Aᵀ·D for one panel. packed: A from packColumns(); tiling: of the columns of A;
/// d: [batch, panelWidth]; w: [columns of A, panelWidth]. With alpha = −λ this is the whole weight
/// update of gradient descent.
void updatePanel(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float alpha, float* w);

/// W ← Aᵀ·D for one panel, from the same: a gradient, without reading what was there.
void gradientPanel(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float* w);

/// bias ← bias + alpha · Σ over the batch of D; d: [batch, panelWidth].
void updateBias(const float* d, std::size_t batch, float alpha, float* bias);

} // namespace maury::nn::kernels

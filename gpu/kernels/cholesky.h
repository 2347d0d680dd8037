#pragma once

// Small symmetric systems, one block each. A matrix is its lower triangle, row after row: element
// (i, j ≤ i) at i(i + 1)/2 + j. Doubles, for the normal matrices of spectra of high S/N are badly
// conditioned.

#include "gpu/kernels/block.h"

#include <math.h>

namespace maury::gpu {

/// Numbers of a triangle.
[[nodiscard]] MAURY_EVERYWHERE constexpr int triangleSize(int edge)
{
    return edge * (edge + 1) / 2;
}
[[nodiscard]] MAURY_EVERYWHERE constexpr std::int64_t triangleAt(int row, int column)
{
    return std::int64_t { row } * (row + 1) / 2 + column;
}

/// A ← L with A = L·Lᵀ. A matrix that is not positive definite becomes NaN.
template <typename Block> MAURY_DEVICE void factorise(Block& block, double* a, int edge)
{
    for (int k = 0; k < edge; ++k) {
        block.sync();
        const double root = ::sqrt(a[triangleAt(k, k)]);
        block.sync();
        for (int i = k + block.thread(); i < edge; i += block.threads())
            a[triangleAt(i, k)] /= root;
        block.sync();
        const int rest = edge - k - 1;
        for (int item = block.thread(); item < rest * rest; item += block.threads()) {
            const int i = k + 1 + item / rest;
            const int j = k + 1 + item % rest;
            if (j <= i)
                a[triangleAt(i, j)] -= a[triangleAt(i, k)] * a[triangleAt(j, k)];
        }
    }
    block.sync();
}

/// x ← (L·Lᵀ)⁻¹ x.
template <typename Block>
MAURY_DEVICE void solveTriangles(Block& block, const double* l, int edge, double* x)
{
    for (int k = 0; k < edge; ++k) {
        block.sync();
        if (block.thread() == 0)
            x[k] /= l[triangleAt(k, k)];
        block.sync();
        for (int i = k + 1 + block.thread(); i < edge; i += block.threads())
            x[i] -= l[triangleAt(i, k)] * x[k];
    }
    for (int k = edge - 1; k >= 0; --k) {
        block.sync();
        if (block.thread() == 0)
            x[k] /= l[triangleAt(k, k)];
        block.sync();
        for (int i = block.thread(); i < k; i += block.threads())
            x[i] -= l[triangleAt(k, i)] * x[k];
    }
    block.sync();
}

} // namespace maury::gpu

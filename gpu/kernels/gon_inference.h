#pragma once

// Affine inference and its way back (core/gon/affine_inference.h has the mathematics). Spectra are
// rows of `pixels` numbers, padded with weight 0; codes rows of `latent`, padded too.
//  WeighResiduals   one block a spectrum; overwrites `weighted` and `norm`.
//  PairProducts     one block a pair of dimensions; overwrites `products`.
//  SolveCodes       one block a spectrum; overwrites `factor` (the first time) and the solutions.
//  ApplySteps       a thread a number; overwrites the solutions.
//  StepGradients    a thread a dimension; overwrites `gradient`.
//  GatherCotangents a thread a number; overwrites `out`.
//  SpreadCotangents a thread a pixel; overwrites rows of `weighted`, those of the residuals in place.
//  FitResiduals     one block a spectrum; `values` in place, overwrites `sums`.

#include "gpu/kernels/cholesky.h"

namespace maury::gpu {

/// The sum of what the threads of a block have, for all of them; `room`: a number for each.
template <typename Block> MAURY_DEVICE double sumOfBlock(Block& block, double value, double* room)
{
    block.sync(); // somebody may still read the sum before
    room[block.thread()] = value;
    block.sync();
    for (int left = block.threads(); left > 1;) {
        const int half = (left + 1) / 2;
        if (block.thread() < left - half)
            room[block.thread()] += room[block.thread() + half];
        block.sync();
        left = half;
    }
    return room[0];
}

struct WeighResiduals {
    static constexpr int kThreads = 256;

    const float* data; ///< [rows, pixels]
    const float* weight; ///< [rows, pixels]
    const float* origin; ///< [pixels] g₀
    float* weighted; ///< [rows, pixels] W (x − g₀)
    float* norm; ///< [rows] used pixels / Σ w
    int rows;
    int pixels;

    [[nodiscard]] Grid grid() const
    {
        return { gridFor(rows, 1).blocks, kThreads * sizeof(double) };
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        auto* room = reinterpret_cast<double*>(block.shared());
        for (std::int64_t row = block.index(); row < rows; row += block.count()) {
            double used = 0.0;
            double sum = 0.0;
            for (std::int64_t p = block.thread(); p < pixels; p += block.threads()) {
                const float w = weight[row * pixels + p];
                weighted[row * pixels + p] = w * (data[row * pixels + p] - origin[p]);
                used += w > 0.0F ? 1.0 : 0.0;
                sum += static_cast<double>(w);
            }
            used = sumOfBlock(block, used, room);
            sum = sumOfBlock(block, sum, room);
            if (block.thread() == 0)
                norm[row] = sum > 0.0 ? static_cast<float>(used / sum) : 0.0F;
        }
    }
};

/// Products of every pair of the Jacobian's rows, so that the normal matrices of a whole batch are
/// one product of these with the weights.
struct PairProducts {
    static constexpr int kThreads = 256;

    const float* jacobian; ///< [latent, pixels]
    float* products; ///< [triangleSize(latent), pixels]
    int latent;
    int pixels;

    [[nodiscard]] Grid grid() const { return gridFor(triangleSize(latent), 1); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        for (int pair = block.index(); pair < triangleSize(latent); pair += block.count()) {
            int a = static_cast<int>((::sqrtf(8.0F * static_cast<float>(pair) + 1.0F) - 1.0F) / 2.0F);
            while (triangleAt(a + 1, 0) <= pair) // the root is rounded
                ++a;
            while (triangleAt(a, 0) > pair)
                --a;
            const float* first = jacobian + std::int64_t { a } * pixels;
            const float* second = jacobian + (pair - triangleAt(a, 0)) * pixels;
            float* to = products + std::int64_t { pair } * pixels;
            for (int p = block.thread(); p < pixels; p += block.threads())
                to[p] = first[p] * second[p];
        }
    }
};

/// x = (JᵀWJ + 1)⁻¹ b. With a normal matrix its factor is made and kept; without, the kept one is
/// used.
struct SolveCodes {
    static constexpr int kThreads = 128;

    const float* normal; ///< [rows, triangleSize(latent)] JᵀWJ; null: `factor` is there
    double* factor; ///< [rows, triangleSize(latent)]
    const float* right; ///< [rows, latent]
    float* out; ///< [rows, latent]
    float* also; ///< [rows, alsoStride] the same once more; may be null
    int rows;
    int latent;
    int alsoStride;

    /// Whether the matrix finds room in shared memory beside the vector.
    [[nodiscard]] MAURY_EVERYWHERE bool isShared() const
    {
        return (static_cast<std::size_t>(triangleSize(latent)) + static_cast<std::size_t>(latent))
            * sizeof(double)
            <= kSharedBytes;
    }
    [[nodiscard]] Grid grid() const
    {
        const int numbers = latent + (isShared() ? triangleSize(latent) : 0);
        return { gridFor(rows, 1).blocks, static_cast<std::size_t>(numbers) * sizeof(double) };
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const int size = triangleSize(latent);
        auto* x = reinterpret_cast<double*>(block.shared());
        for (std::int64_t row = block.index(); row < rows; row += block.count()) {
            double* kept = factor + row * size;
            double* a = isShared() ? x + latent : kept;
            block.sync(); // the row before is done
            for (int d = block.thread(); d < latent; d += block.threads())
                x[d] = static_cast<double>(right[row * latent + d]);
            for (int at = block.thread(); at < size; at += block.threads())
                if (normal != nullptr)
                    a[at] = static_cast<double>(normal[row * size + at]);
                else if (a != kept)
                    a[at] = kept[at];
            if (normal != nullptr) {
                block.sync();
                for (int d = block.thread(); d < latent; d += block.threads())
                    a[triangleAt(d, d)] += 1.0;
                factorise(block, a, latent);
                if (a != kept)
                    for (int at = block.thread(); at < size; at += block.threads())
                        kept[at] = a[at];
            }
            solveTriangles(block, a, latent, x);
            for (int d = block.thread(); d < latent; d += block.threads()) {
                out[row * latent + d] = static_cast<float>(x[d]);
                if (also != nullptr)
                    also[row * alsoStride + d] = static_cast<float>(x[d]);
            }
        }
    }
};

/// x = c μ ⊙ b: the code of a step, and the way back through it.
struct ApplySteps {
    static constexpr int kThreads = 128;

    const float* norm; ///< [rows] c
    const float* steps; ///< [latent] μ
    const float* right; ///< [rows, latent]
    float* out; ///< [rows, latent]
    float* also; ///< [rows, alsoStride]; may be null
    int rows;
    int latent;
    int alsoStride;

    [[nodiscard]] Grid grid() const { return gridFor(std::int64_t { rows } * latent, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = std::int64_t { rows } * latent;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            const std::int64_t row = item / latent;
            const std::int64_t d = item % latent;
            out[item] = norm[row] * steps[d] * right[item];
            if (also != nullptr)
                also[row * alsoStride + d] = out[item];
        }
    }
};

/// ∂L/∂μ = Σ v c JᵀW (x − g₀).
struct StepGradients {
    static constexpr int kThreads = 128;

    const float* dCodes; ///< [rows, latent] v
    const float* norm; ///< [rows]
    const float* projected; ///< [rows, latent]
    float* gradient; ///< [latent]
    int rows;
    int latent;

    [[nodiscard]] Grid grid() const { return gridFor(latent, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        for (std::int64_t d = firstItem(block); d < latent; d += itemStride(block)) {
            double sum = 0.0;
            for (std::int64_t row = 0; row < rows; ++row)
                sum += static_cast<double>(dCodes[row * latent + d])
                    * static_cast<double>(norm[row])
                    * static_cast<double>(projected[row * latent + d]);
            gradient[d] = static_cast<float>(sum);
        }
    }
};

/// ∂L/∂z: through the first layer, the skip, and the prior ½ share |z|².
struct GatherCotangents {
    static constexpr int kThreads = 128;

    const float* first; ///< [rows, latent] from the first layer
    const float* skipped; ///< [rows, skipStride] from the last one; null: no skip
    const float* codes; ///< [rows, latent]
    float* out; ///< [rows, latent]
    float share; ///< 0: no prior
    int rows;
    int latent;
    int skipStride;

    [[nodiscard]] Grid grid() const { return gridFor(std::int64_t { rows } * latent, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = std::int64_t { rows } * latent;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            float sum = first[item] + share * codes[item];
            if (skipped != nullptr)
                sum += skipped[item / latent * skipStride + item % latent];
            out[item] = sum;
        }
    }
};

/// Rows −W J u of every spectrum, and with Gauss–Newton W (r − J z) after them, in place of W r.
struct SpreadCotangents {
    static constexpr int kThreads = 256;

    const float* weight; ///< [rows, pixels]
    const float* ofCodes; ///< [rows, pixels] J z; null: steps
    const float* ofCotangents; ///< [rows, pixels] J u
    float* weighted; ///< [2·rows, pixels]
    int rows;
    int pixels;

    [[nodiscard]] Grid grid() const { return gridFor(std::int64_t { rows } * pixels, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const std::int64_t items = std::int64_t { rows } * pixels;
        for (std::int64_t item = firstItem(block); item < items; item += itemStride(block)) {
            weighted[item] = -weight[item] * ofCotangents[item];
            if (ofCodes != nullptr)
                weighted[items + item] -= weight[item] * ofCodes[item];
        }
    }
};

/// What a spectrum adds to the loss of a step.
struct GonSums {
    double chi2;
    double codes; ///< |z|²
};

struct FitResiduals {
    static constexpr int kThreads = 256;

    float* values; ///< [rows, pixels] F without its bias; becomes ∂L/∂F = share w (F − x)
    const float* bias; ///< [pixels]
    const float* data; ///< [rows, pixels]
    const float* weight; ///< [rows, pixels]
    const float* codes; ///< [rows, latent]
    GonSums* sums; ///< [rows]
    float share;
    int rows;
    int pixels;
    int latent;

    [[nodiscard]] Grid grid() const
    {
        return { gridFor(rows, 1).blocks, kThreads * sizeof(double) };
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        auto* room = reinterpret_cast<double*>(block.shared());
        for (std::int64_t row = block.index(); row < rows; row += block.count()) {
            double chi2 = 0.0;
            for (std::int64_t p = block.thread(); p < pixels; p += block.threads()) {
                const std::int64_t at = row * pixels + p;
                const float residual = values[at] + bias[p] - data[at];
                const float weighted = weight[at] * residual;
                values[at] = share * weighted;
                chi2 += static_cast<double>(weighted * residual);
            }
            double squares = 0.0;
            for (std::int64_t d = block.thread(); d < latent; d += block.threads()) {
                const auto z = static_cast<double>(codes[row * latent + d]);
                squares += z * z;
            }
            chi2 = sumOfBlock(block, chi2, room);
            squares = sumOfBlock(block, squares, room);
            if (block.thread() == 0)
                sums[row] = { chi2, squares };
        }
    }
};

} // namespace maury::gpu

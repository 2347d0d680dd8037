#pragma once

#include "core/preprocess/target_grid.h"

#include <cstddef>
#include <span>
#include <vector>

namespace maury::preprocess {

/// The rows of a ResamplingOperator: what each pixel of a grid takes of the source's pixels. A row's
/// weights are padded with zeros to whole packs, so that sums of products need no remainders.
struct ResamplingRows {
    struct Row {
        std::size_t begin = 0; ///< of the source pixels
        std::size_t offset = 0; ///< into the weights
        std::size_t length = 0;
        double missing = 0.0; ///< share of the weight where nothing was observed
        double absolute = 1.0; ///< Σ |M|
    };
    static constexpr std::size_t kPack = 4;
    static constexpr std::size_t wholePacks(std::size_t count)
    {
        return (count + kPack - 1) / kPack * kPack;
    }

    std::size_t firstPixel = 0; ///< of the grid, whose row is the first
    std::vector<Row> rows;
    std::vector<double> weights; ///< with two packs of zeros behind the last
    bool convolves = false; ///< false where σ is too small to be seen
};

/// The rows for source pixels at these wavelengths, convolved with a Gaussian of σ in ln λ. Pixels
/// at the ends that can never be good are left out. Precondition: at least two wavelengths, strictly
/// increasing.
[[nodiscard]] ResamplingRows makeResamplingRows(
    std::span<const double> wavelengths, const TargetGrid& grid, double sigma);

} // namespace maury::preprocess

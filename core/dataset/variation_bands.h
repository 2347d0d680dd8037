#pragma once

#include "core/dataset/augmentation.h"

#include <array>
#include <span>
#include <stop_token>
#include <vector>

namespace maury::dataset {

/// How the variations of one spectrum scatter: percentiles of their flux, pixel by pixel.
struct VariationBands {
    /// The middle, and the ends of the ranges that hold 68 % and 95 % of the variations.
    static constexpr std::array<double, 5> kPercentiles { 2.5, 16.0, 50.0, 84.0, 97.5 };

    std::array<std::vector<float>, kPercentiles.size()> curves; ///< [pixels] each
    int count = 0; ///< of variations
};

/// Variations 0 … count − 1 of epoch 0 of a spectrum [pixels]. Between two order statistics a
/// percentile is interpolated linearly. Empty curves when stopped. Precondition: count >= 1.
[[nodiscard]] VariationBands variationBands(std::span<const float> flux, const Augmenter& augmenter,
    int count, const std::stop_token& stop = {});

} // namespace maury::dataset

#pragma once

#include "core/robust/log_grid.h"

#include <cstdint>
#include <span>
#include <vector>

namespace maury::robust {

/// mean[i] = mean of flux over the `window` (odd) pixels around i, truncated at the ends. flux,
/// mean: [pixels], not overlapping.
void runningMean(std::span<const float> flux, std::size_t window, std::span<float> mean);

/// The input before standardisation: flux / (running mean) − 1 of the crop. Divides out any slow
/// change of the flux, so that nothing depends on how the continuum was drawn. flux, mean:
/// [grid.pixels]; input: [grid.cropPixels]; 0 where the mean is not positive.
void divideLocally(std::span<const float> flux, std::span<const float> mean, const LogGrid& grid,
    std::span<float> input);

/// What brings every pixel of the input to a like scale: its mean and standard deviation over
/// variations of the standards.
struct Standardisation {
    std::vector<float> mean; ///< [cropPixels]
    std::vector<float> deviation;

    /// Added to the deviation: keeps pixels without lines quiet.
    static constexpr float kQuiet = 0.02F;

    /// In place: x ← (x − mean) / (deviation + kQuiet).
    void apply(std::span<float> input) const;
};

/// The network's input of an observed spectrum. Missing pixels hold 0, the mean of the training.
[[nodiscard]] std::vector<float> networkInput(
    const LogSpectrum& spectrum, const LogGrid& grid, const Standardisation& standardisation);

} // namespace maury::robust

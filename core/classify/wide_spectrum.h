#pragma once

#include "core/preprocess/recipe.h"
#include "core/robust/log_grid.h"

#include <optional>

namespace maury::classify {

/// A spectrum for the wide networks: to air and to rest as in the recipe of the blue range, then on
/// their grid, unrectified and blurred by kWideBlurAngstrom. Nothing when the spectrum ends before
/// the green or has gaps of more than kMostMissing.
[[nodiscard]] std::optional<robust::LogSpectrum> wideSpectrum(const spectrum::Spectrum& spectrum,
    const preprocess::Recipe& blue, const robust::LogGrid& grid);

} // namespace maury::classify

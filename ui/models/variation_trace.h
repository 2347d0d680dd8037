#pragma once

#include "core/dataset/variation_bands.h"
#include "ui/models/trace.h"

#include <array>

namespace maury::ui {

/// Variations of a spectrum to draw: percentiles of the flux against wavelength in Å and one
/// variation for itself. NaN where the spectrum has no data.
struct VariationTrace {
    static constexpr std::size_t kCurves = dataset::VariationBands::kPercentiles.size();

    QVector<double> wavelength;
    std::array<QVector<double>, kCurves> percentiles; ///< as VariationBands::kPercentiles
    Trace highlighted;

    [[nodiscard]] bool isEmpty() const { return wavelength.isEmpty(); }
};

/// good: [pixels], 0 where the spectrum has no data. Precondition: all have the grid's pixels.
[[nodiscard]] VariationTrace variationTrace(const spectrum::WavelengthGrid& grid,
    const dataset::VariationBands& bands, std::span<const float> highlighted,
    std::span<const std::uint8_t> good);

} // namespace maury::ui

#include "core/dataset/variation_bands.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>

namespace maury::dataset {
namespace {

/// Value at `fraction` (0 … 1) of the way through sorted values.
float interpolated(std::span<const float> sorted, double fraction)
{
    const double position = fraction * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const auto part = static_cast<float>(position - static_cast<double>(below));
    return sorted[below] + part * (sorted[above] - sorted[below]);
}

} // namespace

VariationBands variationBands(std::span<const float> flux, const Augmenter& augmenter, int count,
    const std::stop_token& stop)
{
    EXPECTS(count >= 1);
    const std::size_t pixels = flux.size();
    const auto rows = static_cast<std::size_t>(count);
    std::vector<float> varied(rows * pixels);
    for (std::size_t row = 0; row < rows; ++row) {
        if (stop.stop_requested())
            return {};
        augmenter.apply(flux, 0, row, std::span(varied).subspan(row * pixels, pixels));
    }

    VariationBands bands;
    bands.count = count;
    for (std::vector<float>& curve : bands.curves)
        curve.resize(pixels);
    std::vector<float> column(rows);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        for (std::size_t row = 0; row < rows; ++row)
            column[row] = varied[row * pixels + pixel];
        std::sort(column.begin(), column.end());
        for (std::size_t i = 0; i < bands.curves.size(); ++i)
            bands.curves[i][pixel] = interpolated(column, VariationBands::kPercentiles[i] / 100.0);
    }
    return bands;
}

} // namespace maury::dataset

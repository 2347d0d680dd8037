#include "ui/models/variation_trace.h"

#include "core/base/contract.h"

#include <limits>

namespace maury::ui {

namespace {

QVector<double> masked(std::span<const float> values, std::span<const std::uint8_t> good)
{
    QVector<double> result;
    result.reserve(static_cast<qsizetype>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
        result.append(good[i] != 0 ? static_cast<double>(values[i])
                                   : std::numeric_limits<double>::quiet_NaN());
    return result;
}

} // namespace

VariationTrace variationTrace(const spectrum::WavelengthGrid& grid,
    const dataset::VariationBands& bands, std::span<const float> highlighted,
    std::span<const std::uint8_t> good)
{
    EXPECTS(highlighted.size() == grid.pixels && good.size() == grid.pixels);
    VariationTrace trace;
    const auto wavelengths = grid.wavelengths();
    trace.wavelength = { wavelengths.begin(), wavelengths.end() };
    for (std::size_t i = 0; i < bands.curves.size(); ++i) {
        EXPECTS(bands.curves[i].size() == grid.pixels);
        trace.percentiles[i] = masked(bands.curves[i], good);
    }
    trace.highlighted.wavelength = trace.wavelength;
    trace.highlighted.flux = masked(highlighted, good);
    return trace;
}

} // namespace maury::ui

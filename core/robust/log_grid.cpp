#include "core/robust/log_grid.h"

#include "core/base/contract.h"
#include "core/preprocess/edges.h"
#include "core/preprocess/resample.h"

#include <algorithm>
#include <cmath>

namespace maury::robust {
namespace {

constexpr double kBlueStep = 2e-4;
constexpr double kWideStep = 3e-4;
constexpr double kFirst = 3830.0;
constexpr double kLast = 4612.0;
constexpr double kCropFirst = 3870.0;
constexpr double kCropLast = 4590.0;
constexpr double kLocalWidth = 93 * kBlueStep; ///< of ln λ

/// Pixels up to `last`, of which those up to `cropLast` are seen.
LogGrid gridOf(double step, double last, double cropLast)
{
    const auto stepsBetween = [step](double from, double to) { return std::log(to / from) / step; };
    LogGrid grid;
    grid.firstAngstrom = kFirst;
    grid.step = step;
    grid.pixels = static_cast<std::size_t>(stepsBetween(kFirst, last)) + 1;
    grid.cropBegin = static_cast<std::size_t>(std::ceil(stepsBetween(kFirst, kCropFirst)));
    grid.cropPixels = static_cast<std::size_t>(stepsBetween(kCropFirst, cropLast));
    return grid;
}

/// Median of the good pixels; 0 without any.
float medianOf(const std::vector<float>& flux, const std::vector<std::uint8_t>& good)
{
    std::vector<float> values;
    for (std::size_t pixel = 0; pixel < flux.size(); ++pixel)
        if (good[pixel] != 0)
            values.push_back(flux[pixel]);
    if (values.empty())
        return 0.0F;
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

double LogGrid::wavelength(std::size_t pixel) const
{
    return firstAngstrom * std::exp(step * static_cast<double>(pixel));
}

std::vector<double> LogGrid::wavelengths() const
{
    std::vector<double> result(pixels);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
        result[pixel] = wavelength(pixel);
    return result;
}

double LogGrid::middleStepAngstrom() const
{
    return wavelength(pixels / 2) * step;
}

std::size_t LogGrid::localWindow() const
{
    return 2 * static_cast<std::size_t>(std::lround(0.5 * (kLocalWidth / step - 1.0))) + 1;
}

LogGrid blueGrid(double lastAngstrom)
{
    EXPECTS(lastAngstrom >= kBlueGridNeeds);
    return gridOf(kBlueStep, std::min(kLast, lastAngstrom), kCropLast);
}

LogGrid wideGrid()
{
    return gridOf(kWideStep, kWideGridNeeds, kWideSpectraNeed);
}

LogSpectrum toLogGrid(std::span<const float> flux, std::span<const std::uint8_t> good,
    const spectrum::WavelengthGrid& from, const LogGrid& grid)
{
    EXPECTS(flux.size() == from.pixels && good.size() == from.pixels);
    spectrum::Segment segment;
    segment.wavelengthAngstrom = from.wavelengths();
    segment.flux.assign(flux.begin(), flux.end());
    for (const std::uint8_t isGood : good)
        segment.mask.push_back(isGood != 0 ? 0 : spectrum::mask::kNoData);
    const auto pixels = preprocess::resample(segment, grid.wavelengths());
    LogSpectrum result;
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
        result.flux.push_back(static_cast<float>(pixels.flux[pixel]));
        result.good.push_back(pixels.isGood(pixel) ? 1 : 0);
    }
    const float median = medianOf(result.flux, result.good);
    if (!(median > 0.0F)) {
        std::fill(result.good.begin(), result.good.end(), std::uint8_t { 0 });
        return result;
    }
    for (float& value : result.flux)
        value /= median;
    preprocess::fillFromNearestGood(result.flux, result.good);
    return result;
}

} // namespace maury::robust

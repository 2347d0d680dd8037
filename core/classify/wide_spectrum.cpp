#include "core/classify/wide_spectrum.h"

#include "core/preprocess/gaussian_blur.h"
#include "core/robust/standards.h"

#include <algorithm>

namespace maury::classify {
namespace {

preprocess::Recipe wideRecipe(const preprocess::Recipe& blue)
{
    preprocess::Recipe recipe;
    for (const preprocess::Step& step : blue.steps)
        if (preprocess::isSegmentStep(step)
            && !std::holds_alternative<preprocess::Rectify>(step))
            recipe.steps.push_back(step);
    recipe.steps.push_back(preprocess::ToGrid { robust::wideLibraryGrid() });
    recipe.steps.push_back(preprocess::TrimEdges {});
    recipe.steps.push_back(preprocess::FillGaps {});
    return recipe;
}

std::vector<float> blurred(const std::vector<float>& flux, double sigmaPixels)
{
    const Eigen::Map<const Eigen::ArrayXf> given(flux.data(), std::ssize(flux));
    const Eigen::ArrayXd result = preprocess::gaussianBlurred(given.cast<double>(), sigmaPixels);
    std::vector<float> values(flux.size());
    std::transform(result.begin(), result.end(), values.begin(),
        [](double value) { return static_cast<float>(value); });
    return values;
}

} // namespace

std::optional<robust::LogSpectrum> wideSpectrum(
    const spectrum::Spectrum& spectrum, const preprocess::Recipe& blue, const robust::LogGrid& grid)
{
    const auto gridded = preprocess::replay(wideRecipe(blue), spectrum);
    if (!gridded)
        return std::nullopt;
    const double sigma = robust::kWideBlurAngstrom / preprocess::kFwhmPerSigma;
    auto result = robust::toLogGrid(blurred(gridded->flux, sigma / gridded->grid.stepAngstrom),
        gridded->good, gridded->grid, grid);
    std::size_t missing = 0;
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel)
        missing += grid.isCropped(pixel) && result.good[pixel] == 0 ? 1 : 0;
    if (static_cast<double>(missing) > robust::kMostMissing * static_cast<double>(grid.cropPixels))
        return std::nullopt;
    return result;
}

} // namespace maury::classify

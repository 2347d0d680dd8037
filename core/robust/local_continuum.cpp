#include "core/robust/local_continuum.h"

#include "core/base/contract.h"

#include <algorithm>

namespace maury::robust {

void runningMean(std::span<const float> flux, std::size_t window, std::span<float> mean)
{
    EXPECTS(flux.size() == mean.size() && window % 2 == 1);
    const std::size_t half = window / 2;
    const std::size_t pixels = flux.size();
    double sum = 0.0;
    std::size_t begin = 0; // the window is [begin, end)
    std::size_t end = 0;
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        while (end < std::min(pixels, pixel + half + 1))
            sum += static_cast<double>(flux[end++]);
        while (begin + half < pixel)
            sum -= static_cast<double>(flux[begin++]);
        mean[pixel] = static_cast<float>(sum / static_cast<double>(end - begin));
    }
}

void divideLocally(std::span<const float> flux, std::span<const float> mean, const LogGrid& grid,
    std::span<float> input)
{
    EXPECTS(flux.size() == grid.pixels && mean.size() == grid.pixels);
    EXPECTS(input.size() == grid.cropPixels);
    for (std::size_t i = 0; i < grid.cropPixels; ++i) {
        const std::size_t pixel = grid.cropBegin + i;
        input[i] = mean[pixel] > 0.0F ? flux[pixel] / mean[pixel] - 1.0F : 0.0F;
    }
}

void Standardisation::apply(std::span<float> input) const
{
    EXPECTS(input.size() == mean.size() && input.size() == deviation.size());
    for (std::size_t i = 0; i < input.size(); ++i)
        input[i] = (input[i] - mean[i]) / (deviation[i] + kQuiet);
}

std::vector<float> networkInput(
    const LogSpectrum& spectrum, const LogGrid& grid, const Standardisation& standardisation)
{
    std::vector<float> mean(grid.pixels);
    runningMean(spectrum.flux, grid.localWindow(), mean);
    std::vector<float> input(grid.cropPixels);
    divideLocally(spectrum.flux, mean, grid, input);
    standardisation.apply(input);
    for (std::size_t i = 0; i < input.size(); ++i)
        if (spectrum.good[grid.cropBegin + i] == 0)
            input[i] = 0.0F;
    return input;
}

} // namespace maury::robust

#include "core/mk/synthetic/degrade.h"

#include "core/mk/synthetic/constants.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::mk::synthetic {
namespace {

void normalise(std::vector<float>& kernel)
{
    const float sum = std::accumulate(kernel.begin(), kernel.end(), 0.0F);
    for (float& value : kernel)
        value /= sum;
}

/// Convolution; beyond its ends the spectrum goes on as it ends.
std::vector<float> convolve(std::span<const float> values, const std::vector<float>& kernel)
{
    const std::size_t half = kernel.size() / 2;
    std::vector<float> padded(values.size() + 2 * half);
    std::fill_n(padded.begin(), half, values.front());
    std::copy(values.begin(), values.end(), padded.begin() + static_cast<std::ptrdiff_t>(half));
    std::fill(padded.end() - static_cast<std::ptrdiff_t>(half), padded.end(), values.back());
    std::vector<float> result(values.size(), 0.0F);
    for (std::size_t k = 0; k < kernel.size(); ++k)
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] += kernel[k] * padded[i + k];
    return result;
}

} // namespace

std::vector<float> rotationKernel(
    double velocityKms, double wavelengthAngstrom, double stepAngstrom)
{
    constexpr double kLimbDarkening = 0.6;
    const double reach
        = velocityKms * 1e5 / constants::kLightSpeed * wavelengthAngstrom / stepAngstrom;
    const int half = static_cast<int>(reach);
    std::vector<float> kernel;
    for (int i = -half; i <= half; ++i) {
        const double inside = half == 0 ? 1.0 : 1.0 - (i / reach) * (i / reach);
        kernel.push_back(static_cast<float>(2.0 * (1.0 - kLimbDarkening) * std::sqrt(inside)
            + 0.5 * constants::kPi * kLimbDarkening * inside));
    }
    normalise(kernel);
    return kernel;
}

std::vector<float> gaussianKernel(double fwhmAngstrom, double stepAngstrom)
{
    const double sigma = fwhmAngstrom / 2.3548 / stepAngstrom;
    const int half = static_cast<int>(std::ceil(4.0 * sigma));
    std::vector<float> kernel;
    for (int i = -half; i <= half; ++i)
        kernel.push_back(static_cast<float>(std::exp(-0.5 * (i / sigma) * (i / sigma))));
    normalise(kernel);
    return kernel;
}

std::vector<double> degrade(std::span<const float> fine, const SynthesisGrid& grid,
    const Blur& blur, const spectrum::WavelengthGrid& target)
{
    EXPECTS(fine.size() == grid.points && blur.fwhmAngstrom > 0.0);
    EXPECTS(target.firstAngstrom >= grid.firstAngstrom
        && target.lastAngstrom() <= grid.wavelength(grid.points - 1));
    const double middle = grid.wavelength(grid.points / 2);
    const auto rotated
        = convolve(fine, rotationKernel(blur.rotationKms, middle, grid.stepAngstrom));
    const auto observed = convolve(rotated, gaussianKernel(blur.fwhmAngstrom, grid.stepAngstrom));
    std::vector<double> pixels(target.pixels);
    for (std::size_t pixel = 0; pixel < target.pixels; ++pixel) {
        const double position = (target.wavelength(pixel) - grid.firstAngstrom) / grid.stepAngstrom;
        const std::size_t left = std::min(static_cast<std::size_t>(position), grid.points - 2);
        const double fraction = position - static_cast<double>(left);
        pixels[pixel] = (1.0 - fraction) * static_cast<double>(observed[left])
            + fraction * static_cast<double>(observed[left + 1]);
    }
    return pixels;
}

} // namespace maury::mk::synthetic

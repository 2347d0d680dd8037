#include "core/preprocess/cosmic_rays.h"

#include "core/base/contract.h"
#include "core/preprocess/gaussian_blur.h"
#include "core/preprocess/running_percentile.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace maury::preprocess {
namespace {

using spectrum::Segment;

constexpr std::size_t kWidestHit = 3;
/// Of what the line spread function allows: room for its not being Gaussian.
constexpr double kTolerance = 0.8;
/// The fall to the borders must be as sure as this many standard deviations.
constexpr double kSureFall = 2.0;
/// Rounding of numbers in files is no scatter.
constexpr double kLeastRelativeNoise = 1e-4;
constexpr double kScatterOfMedian = 1.4826;
constexpr double kUnknownFwhmPixels = 2.0;

/// The least that the two pixels beside a feature of `width` pixels hold, on average, of the mean
/// over it.
double leastAtBorders(std::size_t width, double sigma)
{
    const auto gaussian = [sigma](double x) { return std::exp(-0.5 * x * x / (sigma * sigma)); };
    const double half = 0.5 * (static_cast<double>(width) - 1.0);
    double mean = 0.0;
    for (std::size_t i = 0; i < width; ++i)
        mean += gaussian(static_cast<double>(i) - half) / static_cast<double>(width);
    return gaussian(half + 1.0) / mean;
}

/// A segment's pixels above their surroundings.
struct Excess {
    std::vector<double> value;
    std::vector<double> noise;
    std::vector<double> good; ///< 1 or 0

    Excess(const Segment& segment, const CosmicRaySettings& settings)
        : value(segment.pixels(), 0.0)
        , noise(segment.pixels(), 0.0)
        , good(segment.pixels(), 0.0)
    {
        const std::size_t window = 2 * static_cast<std::size_t>(settings.halfWindowPixels) + 1;
        for (std::size_t i = 0; i < good.size(); ++i)
            good[i] = segment.isGood(i) && std::isfinite(segment.flux[i]) ? 1.0 : 0.0;
        const auto median = runningPercentile(segment.flux, good, window, 50.0);
        std::vector<double> deviation(good.size(), 0.0);
        for (std::size_t i = 0; i < good.size(); ++i)
            if (good[i] > 0.0) {
                value[i] = segment.flux[i] - median[i];
                deviation[i] = std::abs(value[i]);
            }
        const auto scatter = runningPercentile(deviation, good, window, 50.0);
        for (std::size_t i = 0; i < good.size(); ++i) {
            if (good[i] == 0.0)
                continue;
            const double stated = segment.ivar.empty() || !(segment.ivar[i] > 0.0)
                ? 0.0
                : 1.0 / std::sqrt(segment.ivar[i]);
            noise[i] = std::max({ stated, kScatterOfMedian * scatter[i],
                kLeastRelativeNoise * std::abs(median[i]) });
        }
    }
};

/// σ of the line spread function in pixels, at a pixel.
double sigmaPixels(const Segment& segment, std::size_t i)
{
    double fwhm = kUnknownFwhmPixels;
    if (segment.resolvingPower) {
        const auto& w = segment.wavelengthAngstrom;
        const double step = 0.5 * (w[i + 1] - w[i - 1]);
        fwhm = std::max(fwhm, w[i] / *segment.resolvingPower / step);
    }
    return fwhm / kFwhmPerSigma;
}

bool isHit(const Segment& segment, const Excess& excess, std::size_t first, std::size_t width,
    double threshold)
{
    const std::size_t before = first - 1;
    const std::size_t after = first + width;
    if (excess.good[before] == 0.0 || excess.good[after] == 0.0)
        return false;
    double mean = 0.0;
    double noise = 0.0;
    for (std::size_t i = first; i < after; ++i) {
        if (excess.good[i] == 0.0 || excess.value[i] < threshold * excess.noise[i])
            return false;
        mean += excess.value[i] / static_cast<double>(width);
        noise = std::max(noise, excess.noise[i]);
    }
    const double borders = 0.5 * (excess.value[before] + excess.value[after]);
    const double least = kTolerance * leastAtBorders(width, sigmaPixels(segment, first));
    return borders + kSureFall * noise < least * mean;
}

} // namespace

std::size_t markCosmicRays(Segment& segment, const CosmicRaySettings& settings)
{
    EXPECTS(settings.halfWindowPixels >= 3);
    const std::size_t pixels = segment.pixels();
    if (pixels < kWidestHit + 2)
        return 0;
    Excess excess(segment, settings);
    std::size_t marked = 0;
    // The widest first: half of a hit of two pixels would pass for one of one.
    for (std::size_t width = kWidestHit; width >= 1; --width)
        for (std::size_t first = 1; first + width < pixels; ++first) {
            if (!isHit(segment, excess, first, width, settings.threshold))
                continue;
            for (std::size_t i = first; i < first + width; ++i) {
                segment.mask[i] |= spectrum::mask::kCosmicRay;
                excess.good[i] = 0.0;
                ++marked;
            }
        }
    return marked;
}

} // namespace maury::preprocess

#include "core/preprocess/what_if.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/pixel_borders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using spectrum::Segment;

constexpr double kLimbDarkening = 0.6;
constexpr double kFwhmOfSigma = 2.354820045030949;
constexpr double kGaussianReach = 5.0; ///< sigmas

/// Part of a Gaussian of σ 1 that lies below x.
double gaussianBelow(double x)
{
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

/// Part of Gray's rotation profile (robust::rotationKernel()) that lies below x, |x| ≤ 1 at v sin i.
double rotationBelow(double x)
{
    constexpr double kPi = std::numbers::pi;
    x = std::clamp(x, -1.0, 1.0);
    const double ring = (1.0 - kLimbDarkening) * (x * std::sqrt(1.0 - x * x) + std::asin(x));
    const double disc = 0.5 * kPi * kLimbDarkening * (x - x * x * x / 3.0);
    return 0.5 + (ring + disc) / (kPi * (1.0 - kLimbDarkening / 3.0));
}

/// Replaces every good pixel by the mean of the good ones around it, each weighted by the part of
/// the profile that falls on it. `widthAt`: the unit of the profile in Å at a wavelength; `reach`:
/// where it ends, in units.
void broaden(Segment& segment, const auto& widthAt, const auto& partBelow, double reach)
{
    const auto& wavelength = segment.wavelengthAngstrom;
    const PixelBorders borders(wavelength);
    const std::size_t pixels = wavelength.size();
    std::vector<double> flux = segment.flux;
    std::vector<double> ivar = segment.ivar;
    std::size_t first = 0;
    for (std::size_t i = 0; i < pixels; ++i) {
        if (!segment.isGood(i))
            continue;
        const double width = widthAt(wavelength[i]);
        while (borders.right(first) < wavelength[i] - reach * width)
            ++first;
        double weights = 0.0;
        double sum = 0.0;
        double variance = 0.0;
        bool known = !ivar.empty();
        for (std::size_t j = first; j < pixels && borders.left(j) < wavelength[i] + reach * width; ++j) {
            if (!segment.isGood(j))
                continue;
            const double weight = partBelow((borders.right(j) - wavelength[i]) / width)
                - partBelow((borders.left(j) - wavelength[i]) / width);
            weights += weight;
            sum += weight * segment.flux[j];
            if (known && segment.ivar[j] > 0.0)
                variance += weight * weight / segment.ivar[j];
            else
                known = known && weight == 0.0;
        }
        if (!(weights > 0.0))
            continue;
        flux[i] = sum / weights;
        if (!ivar.empty())
            ivar[i] = known && variance > 0.0 ? weights * weights / variance : 0.0;
    }
    segment.flux = std::move(flux);
    segment.ivar = std::move(ivar);
}

double middleOf(const Segment& segment)
{
    return 0.5 * (segment.wavelengthAngstrom.front() + segment.wavelengthAngstrom.back());
}

void blur(Segment& segment, double fwhmAngstrom)
{
    const double sigma = fwhmAngstrom / kFwhmOfSigma;
    broaden(segment, [sigma](double) { return sigma; }, gaussianBelow, kGaussianReach);
    if (segment.resolvingPower) {
        const double middle = middleOf(segment);
        segment.resolvingPower
            = middle / std::hypot(middle / *segment.resolvingPower, fwhmAngstrom);
    }
}

void tilt(Segment& segment, double exponent)
{
    const double middle = middleOf(segment);
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        const double factor = std::pow(segment.wavelengthAngstrom[i] / middle, exponent);
        segment.flux[i] *= factor;
        if (!segment.ivar.empty())
            segment.ivar[i] /= factor * factor;
    }
    // It is no longer what a continuum was divided out of.
    if (segment.rectified)
        segment.rectified = false;
}

void addNoise(Segment& segment, double signalToNoise, base::RandomStream stream)
{
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        const double draw = stream.normal(); // also for masked pixels: the others keep their noise
        if (!segment.isGood(i))
            continue;
        const double sigma = std::abs(segment.flux[i]) / signalToNoise;
        segment.flux[i] += sigma * draw;
        if (!segment.ivar.empty() && segment.ivar[i] > 0.0)
            segment.ivar[i] = 1.0 / (1.0 / segment.ivar[i] + sigma * sigma);
    }
}

} // namespace

bool WhatIf::isNone() const
{
    return velocityKms == 0.0 && rotationKms == 0.0 && blurAngstrom == 0.0 && tilt == 0.0
        && signalToNoise == 0.0;
}

base::Result<void> validate(const WhatIf& change)
{
    struct Range {
        const char* option;
        double value;
        double low;
        double high;
    };
    for (const Range& range : {
             Range { "--if-velocity", change.velocityKms, -3000.0, 3000.0 },
             Range { "--if-rotation", change.rotationKms, 0.0, 1000.0 },
             Range { "--if-blur", change.blurAngstrom, 0.0, 100.0 },
             Range { "--if-tilt", change.tilt, -20.0, 20.0 },
             Range { "--if-snr", change.signalToNoise, 0.0, 1e6 },
         })
        if (!(range.value >= range.low && range.value <= range.high))
            return base::failure(ErrorCode::OptionInvalid, range.option,
                fmt::format("{}", range.value), fmt::format("{} to {}", range.low, range.high));
    return {};
}

spectrum::Spectrum changed(const spectrum::Spectrum& star, const WhatIf& change)
{
    EXPECTS(validate(change));
    spectrum::Spectrum result = star;
    const base::RandomStream noise(change.seed);
    for (std::size_t i = 0; i < result.segments.size(); ++i) {
        Segment& segment = result.segments[i];
        if (segment.pixels() < 2)
            continue;
        if (change.velocityKms != 0.0)
            segment = withoutVelocity(std::move(segment), -change.velocityKms);
        if (change.rotationKms > 0.0)
            broaden(segment,
                [&change](double at) { return at * change.rotationKms / kSpeedOfLightKms; },
                rotationBelow, 1.0);
        if (change.blurAngstrom > 0.0)
            blur(segment, change.blurAngstrom);
        if (change.tilt != 0.0)
            tilt(segment, change.tilt);
        if (change.signalToNoise > 0.0)
            addNoise(segment, change.signalToNoise, noise.split(i));
    }
    return result;
}

} // namespace maury::preprocess

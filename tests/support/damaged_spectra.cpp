#include "tests/support/damaged_spectra.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace maury::test {
namespace {

using classify::DoubtCode;
using spectrum::Segment;
using spectrum::Spectrum;

constexpr double kFirst = 3830.0; ///< what networks see of a spectrum, with its surroundings
constexpr double kLast = 4612.0;
constexpr std::array kBalmer { 4861.33, 4340.47, 4101.74, 3970.07, 3889.05 };
constexpr std::uint64_t kSeed = 0x64616d61;

std::vector<double> goodFluxBetween(const Segment& segment, double from, double to)
{
    std::vector<double> flux;
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        if (segment.isGood(i) && segment.wavelengthAngstrom[i] >= from
            && segment.wavelengthAngstrom[i] <= to)
            flux.push_back(segment.flux[i]);
    return flux;
}

/// The flux that a share of the pixels between two wavelengths lies below; 0 where there are none.
double quantile(const Segment& segment, double share, double from = kFirst, double to = kLast)
{
    std::vector<double> flux = goodFluxBetween(segment, from, to);
    if (flux.empty())
        return 0.0;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(flux.size() - 1));
    std::nth_element(flux.begin(), flux.begin() + at, flux.end());
    return flux[static_cast<std::size_t>(at)];
}

/// A damage that replaces every flux by change(wavelength, flux, segment as it was).
template <typename Change> auto eachFlux(Change change)
{
    return [change](Spectrum star) {
        for (Segment& segment : star.segments) {
            const Segment before = segment;
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                segment.flux[i] = change(before.wavelengthAngstrom[i], before.flux[i], before);
        }
        return star;
    };
}

/// Flat at the star's median, with noise of 1/signalToNoise, times `level`.
auto flat(double level, double signalToNoise)
{
    return [=](Spectrum star) {
        base::RandomStream random(kSeed);
        for (Segment& segment : star.segments) {
            const double median = quantile(segment, 0.5);
            for (double& flux : segment.flux)
                flux = median * (level + random.normal() / signalToNoise);
        }
        return star;
    };
}

auto cutOffAbove(double share)
{
    return [share](Spectrum star) {
        for (Segment& segment : star.segments) {
            const double top = quantile(segment, share);
            for (double& flux : segment.flux)
                flux = std::min(flux, top);
        }
        return star;
    };
}

auto maskedBetween(double from, double to)
{
    return [=](Spectrum star) {
        for (Segment& segment : star.segments)
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                if (segment.wavelengthAngstrom[i] >= from && segment.wavelengthAngstrom[i] <= to) {
                    segment.flux[i] = 0.0;
                    segment.mask[i] |= spectrum::mask::kNoData;
                }
        return star;
    };
}

/// A gap that somebody has bridged by a straight line.
auto bridged(double from, double to)
{
    return [=](Spectrum star) {
        for (Segment& segment : star.segments) {
            const auto& wavelength = segment.wavelengthAngstrom;
            const auto indexOf = [&](double at) {
                return static_cast<std::size_t>(
                    std::lower_bound(wavelength.begin(), wavelength.end(), at)
                    - wavelength.begin());
            };
            const std::size_t begin = indexOf(from);
            const std::size_t end = indexOf(to);
            const double left = segment.flux[begin];
            const double slope = (segment.flux[end] - left) / (wavelength[end] - wavelength[begin]);
            for (std::size_t i = begin; i < end; ++i)
                segment.flux[i] = left + slope * (wavelength[i] - wavelength[begin]);
        }
        return star;
    };
}

double gaussian(double wavelength, double centre, double fwhm)
{
    constexpr double kFourLog2 = 2.772588722;
    const double x = (wavelength - centre) / fwhm;
    return std::exp(-kFourLog2 * x * x);
}

/// Balmer lines in emission, the highest `height` times the continuum above it.
auto balmerEmission(double height, double fwhm)
{
    return eachFlux([=](double wavelength, double flux, const Segment& before) {
        double lines = 0.0;
        for (const double centre : kBalmer)
            lines += gaussian(wavelength, centre, fwhm);
        return lines < 1e-6
            ? flux
            : flux + height * lines * quantile(before, 0.8, wavelength - 40.0, wavelength + 40.0);
    });
}

/// Emission in the cores of Balmer lines that takes away a share of their depth.
auto balmerFilled(double share, double fwhm)
{
    return eachFlux([=](double wavelength, double flux, const Segment& before) {
        double emission = 0.0;
        for (const double centre : kBalmer) {
            if (std::abs(wavelength - centre) > 3.0 * fwhm)
                continue;
            const double level = quantile(before, 0.9, centre - 50.0, centre + 50.0);
            const double core = quantile(before, 0.5, centre - 1.5, centre + 1.5);
            emission += share * std::max(0.0, level - core) * gaussian(wavelength, centre, fwhm);
        }
        return flux + emission;
    });
}

/// Wavelengths in vacuum under the name of another medium, or none.
auto inVacuumAs(spectrum::Medium said, spectrum::Frame frame)
{
    return [=](Spectrum star) {
        for (Segment& segment : star.segments) {
            for (double& wavelength : segment.wavelengthAngstrom)
                wavelength = spectrum::vacuumFromAir(wavelength);
            segment.medium = said;
            segment.frame = frame;
        }
        return star;
    };
}

Spectrum inAirAsVacuum(Spectrum star)
{
    for (Segment& segment : star.segments)
        segment.medium = spectrum::Medium::Vacuum;
    return star;
}

auto atRedshift(double redshift)
{
    return [redshift](Spectrum star) { return shifted(std::move(star), redshift); };
}

/// A share of the median taken off, as a sky that is too bright.
auto skySubtracted(double share)
{
    return [share](Spectrum star) {
        for (Segment& segment : star.segments) {
            const double level = share * quantile(segment, 0.5);
            for (double& flux : segment.flux)
                flux -= level;
        }
        return star;
    };
}

auto cosmicRays(double perAngstrom, double height)
{
    return [=](Spectrum star) {
        base::RandomStream random(kSeed);
        for (Segment& segment : star.segments) {
            const double level = quantile(segment, 0.5);
            for (std::size_t i = 1; i < segment.pixels(); ++i)
                if (random.uniform() < perAngstrom
                        * (segment.wavelengthAngstrom[i] - segment.wavelengthAngstrom[i - 1]))
                    segment.flux[i] += height * level;
        }
        return star;
    };
}

Spectrum upsideDown(Spectrum star)
{
    for (Segment& segment : star.segments) {
        const double level = 2.0 * quantile(segment, 0.5);
        for (double& flux : segment.flux)
            flux = level - flux;
    }
    return star;
}

void append(std::vector<Damage>& all, std::vector<Damage> more)
{
    all.insert(all.end(), more.begin(), more.end());
}

std::vector<Damage> pixelDamages()
{
    using Code = DoubtCode;
    const std::vector blank { Code::NoLines, Code::SignalToNoise, Code::OutsideAtlas };
    return { { "blank, S/N 100", flat(1.0, 100.0), blank },
        { "blank, S/N 20", flat(1.0, 20.0), blank },
        { "no light, noise alone", flat(0.0, 1.0), blank }, { "all zero", flat(0.0, 1e300), blank },
        { "saturated, 30 % cut off", cutOffAbove(0.7), { Code::Saturated } },
        { "saturated, 5 % cut off", cutOffAbove(0.95), { Code::Saturated } },
        { "red half alone", maskedBetween(0.0, 4220.0), { Code::Coverage } },
        { "blue half alone", maskedBetween(4220.0, 1e5), { Code::Coverage } },
        { "gap of 100 A", maskedBetween(4050.0, 4150.0), { Code::Coverage } },
        { "straight line of 30 A", bridged(4085.0, 4115.0), { Code::FilledIn } },
        { "straight line of 12 A", bridged(4335.0, 4347.0), { Code::FilledIn } },
        { "sky of 80 % taken off", skySubtracted(0.8),
            { Code::NegativeFlux, Code::OutsideAtlas, Code::Stranger } },
        { "cosmic rays", cosmicRays(0.02, 3.0), { Code::Spike } },
        { "upside down", upsideDown, { Code::UpsideDown, Code::Emission } } };
}

std::vector<Damage> lineDamages()
{
    using Code = DoubtCode;
    const std::vector filled { Code::BalmerFilled, Code::Emission };
    const double hottest = 7.0; // B0: hotter, the lines are too weak to have cores,
    const double coolest = 24.0; // F2: cooler, metals rule them
    // A star's core that is filled to 60 % is as shallow as that of a neighbouring type.
    return { { "Balmer emission of 100 %", balmerEmission(1.0, 6.0), filled },
        { "Balmer emission of 40 %", balmerEmission(0.4, 6.0), filled },
        { "Balmer cores filled to 90 %", balmerFilled(0.9, 6.0), filled, 0.95, hottest, coolest },
        { "Balmer cores filled to 60 %", balmerFilled(0.6, 6.0), filled, 0.7, hottest, coolest } };
}

std::vector<Damage> shiftDamages()
{
    using Code = DoubtCode;
    using spectrum::Frame;
    using spectrum::Medium;
    const std::vector far { Code::FarShifted, Code::RestContradicted };
    const std::vector vacuum { Code::PerhapsVacuum };
    const std::vector air { Code::PerhapsAir };
    return { { "z = -0.004", atRedshift(-0.004), far }, { "z = 0.003", atRedshift(0.003), far },
        { "z = 0.01", atRedshift(0.01), far }, { "z = 0.1", atRedshift(0.1), far },
        { "vacuum said to be air", inVacuumAs(Medium::Air, Frame::Rest), vacuum },
        { "vacuum, medium not said", inVacuumAs(Medium::Unknown, Frame::Rest), vacuum },
        { "vacuum, medium and frame not said", inVacuumAs(Medium::Unknown, Frame::Unknown),
            vacuum },
        { "air said to be vacuum", inAirAsVacuum, air } };
}

} // namespace

std::vector<Damage> damages()
{
    std::vector<Damage> all = pixelDamages();
    append(all, lineDamages());
    append(all, shiftDamages());
    return all;
}

spectrum::Spectrum shifted(Spectrum spectrum, double redshift)
{
    for (Segment& segment : spectrum.segments)
        for (double& wavelength : segment.wavelengthAngstrom)
            wavelength *= 1.0 + redshift;
    return spectrum;
}

spectrum::Spectrum galaxyOf(const std::vector<Spectrum>& stars, double dispersionKms)
{
    EXPECTS(!stars.empty());
    Spectrum galaxy = stars.front();
    Segment& sum = galaxy.segments.front();
    std::fill(sum.flux.begin(), sum.flux.end(), 0.0);
    for (const Spectrum& star : stars) {
        const Segment& from = star.segments.front();
        const double level = quantile(from, 0.5);
        for (std::size_t i = 0; i < sum.pixels(); ++i) {
            const double centre = sum.wavelengthAngstrom[i];
            const double sigma = centre * dispersionKms / preprocess::kSpeedOfLightKms;
            double flux = 0.0;
            double weights = 0.0;
            const auto first = std::lower_bound(from.wavelengthAngstrom.begin(),
                from.wavelengthAngstrom.end(), centre - 4.0 * sigma);
            for (auto at = first; at != from.wavelengthAngstrom.end() && *at < centre + 4.0 * sigma;
                 ++at) {
                const auto pixel = static_cast<std::size_t>(at - from.wavelengthAngstrom.begin());
                if (!from.isGood(pixel))
                    continue;
                const double weight = std::exp(-0.5 * std::pow((*at - centre) / sigma, 2));
                flux += weight * from.flux[pixel];
                weights += weight;
            }
            if (weights > 0.0)
                sum.flux[i] += flux / weights / level;
        }
    }
    return galaxy;
}

} // namespace maury::test

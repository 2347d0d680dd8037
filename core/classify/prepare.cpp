#include "core/classify/prepare.h"

#include "core/classify/nearest_standard.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/edges.h"
#include "core/preprocess/envelope.h"
#include "core/preprocess/noise_estimate.h"
#include "core/preprocess/resample.h"
#include "core/preprocess/velocity.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;
using spectrum::WavelengthGrid;

constexpr double kFewestCovered = 0.5;
/// Better signal to noise than this is not believed: standards themselves have a few hundred.
constexpr double kBestSignalToNoise = 1000.0;
/// A spectrum given as rectified has its continuum within this of 1.
constexpr double kLevelTolerance = 0.1;

/// The parts of a spectrum that reach the grid, in air.
struct Source {
    std::vector<Segment> segments;
    Medium medium = Medium::Unknown;
    Frame frame = Frame::Unknown;
    std::optional<bool> rectified;
};

/// The value that all segments share, else `mixed`.
template <typename Value, typename Of>
Value shared(const std::vector<Segment>& segments, Value mixed, Of&& of)
{
    const bool same = std::all_of(segments.begin(), segments.end(),
        [&](const Segment& segment) { return of(segment) == of(segments.front()); });
    return same && !segments.empty() ? of(segments.front()) : mixed;
}

Source inAir(
    const spectrum::Spectrum& spectrum, const WavelengthGrid& grid, const PrepareOptions& options)
{
    Source source;
    for (Segment segment : spectrum.segments) {
        segment.medium = options.medium.value_or(segment.medium);
        segment.frame = options.frame.value_or(segment.frame);
        if (segment.medium == Medium::Vacuum)
            for (double& wavelength : segment.wavelengthAngstrom)
                wavelength = spectrum::airFromVacuum(wavelength);
        const auto& wavelengths = segment.wavelengthAngstrom;
        if (!wavelengths.empty() && wavelengths.front() <= grid.lastAngstrom()
            && wavelengths.back() >= grid.firstAngstrom)
            source.segments.push_back(std::move(segment));
    }
    source.medium = shared(
        source.segments, Medium::Unknown, [](const Segment& segment) { return segment.medium; });
    source.frame = shared(
        source.segments, Frame::Unknown, [](const Segment& segment) { return segment.frame; });
    source.rectified = shared(source.segments, std::optional<bool>(),
        [](const Segment& segment) { return segment.rectified; });
    return source;
}

/// A spectrum on the grid on its way to a PreparedSpectrum.
struct Gridded {
    std::vector<float> flux;
    std::vector<std::uint8_t> good;
    std::vector<double> ivar; ///< empty without errors
};

/// Segments that overlap are averaged by inverse variance where all have errors, else evenly.
Gridded toGrid(const Source& source, double velocityKms, const WavelengthGrid& grid)
{
    const bool hasErrors = std::all_of(source.segments.begin(), source.segments.end(),
        [](const Segment& segment) { return !segment.ivar.empty(); });
    std::vector<double> sum(grid.pixels, 0.0);
    std::vector<double> weight(grid.pixels, 0.0);
    for (const Segment& segment : source.segments) {
        const auto pixels
            = preprocess::resample(preprocess::withoutVelocity(segment, velocityKms), grid);
        for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
            if (!pixels.isGood(pixel))
                continue;
            const double w = hasErrors ? pixels.ivar[pixel] : 1.0;
            sum[pixel] += w * pixels.flux[pixel];
            weight[pixel] += w;
        }
    }
    Gridded result { std::vector<float>(grid.pixels, 0.0F),
        std::vector<std::uint8_t>(grid.pixels, 0), {} };
    double largest = 0.0; // brought near 1, so that tiny units (erg/s/cm²/Å) survive in float
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
        if (weight[pixel] <= 0.0)
            continue;
        result.good[pixel] = 1;
        largest = std::max(largest, std::abs(sum[pixel] / weight[pixel]));
    }
    const double unit = largest > 1e3 || largest < 1e-3 ? largest : 1.0;
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel)
        if (result.good[pixel] != 0 && unit > 0.0)
            result.flux[pixel] = static_cast<float>(sum[pixel] / weight[pixel] / unit);
    if (hasErrors) {
        result.ivar = std::move(weight);
        for (double& ivar : result.ivar)
            ivar *= unit * unit;
    }
    preprocess::trimEdgeRamps(result.flux, result.good, grid);
    return result;
}

void divideBy(std::span<const double> divisor, Gridded& gridded)
{
    for (std::size_t pixel = 0; pixel < gridded.flux.size(); ++pixel) {
        gridded.flux[pixel]
            = static_cast<float>(static_cast<double>(gridded.flux[pixel]) / divisor[pixel]);
        if (!gridded.ivar.empty())
            gridded.ivar[pixel] *= divisor[pixel] * divisor[pixel];
    }
}

Result<Gridded> rectified(Gridded gridded, const WavelengthGrid& grid)
{
    const std::vector<double> flux(gridded.flux.begin(), gridded.flux.end());
    const auto envelope = preprocess::upperEnvelope(grid.wavelengths(), flux, gridded.good);
    if (!envelope)
        return base::Unexpected(envelope.error());
    divideBy(*envelope, gridded);
    return gridded;
}

NearestStandard nearestTo(const Gridded& gridded, const mk::Atlas& atlas)
{
    PreparedSpectrum spectrum;
    spectrum.flux = gridded.flux;
    spectrum.good = gridded.good;
    spectrum.noise = 1.0; // χ² is then the mean square difference
    return nearestStandards(spectrum, atlas, 1).front();
}

/// What is done to the continuum, with the words for it.
enum class ContinuumStep { Keep, Rectify, Scale };

/// For a file that does not say whether it is rectified.
ContinuumStep judgeContinuum(
    const Gridded& gridded, const mk::Atlas& atlas, std::vector<std::string>& warnings)
{
    const NearestStandard asGiven = nearestTo(gridded, atlas);
    const bool levelFits = std::abs(asGiven.scale - 1.0) < kLevelTolerance;
    const auto after = rectified(gridded, atlas.grid());
    if (levelFits && (!after || asGiven.chi2 <= nearestTo(*after, atlas).chi2)) {
        warnings.push_back(fmt::format("the file does not say whether it is rectified: taken as "
                                       "rectified (within {:.1f} % of standard {} as it stands)",
            100.0 * std::sqrt(asGiven.chi2), asGiven.name));
        return ContinuumStep::Keep;
    }
    return ContinuumStep::Rectify;
}

ContinuumStep chooseContinuum(const Source& source, const Gridded& gridded, const mk::Atlas& atlas,
    const PrepareOptions& options, std::vector<std::string>& warnings)
{
    if (!atlas.rectified())
        return ContinuumStep::Scale;
    if (!options.rectify || source.rectified.value_or(false))
        return ContinuumStep::Keep;
    if (!source.rectified)
        return judgeContinuum(gridded, atlas, warnings);
    return ContinuumStep::Rectify;
}

Result<Gridded> applyContinuum(ContinuumStep step, Gridded gridded, const mk::Atlas& atlas)
{
    if (step == ContinuumStep::Rectify)
        return rectified(std::move(gridded), atlas.grid());
    if (step == ContinuumStep::Scale) {
        const double scale = nearestTo(gridded, atlas).scale;
        if (!(scale > 0.0))
            return base::failure(
                ErrorCode::ValueInvalid, {}, "no positive flux", "the flux of a star");
        divideBy(std::vector<double>(gridded.flux.size(), scale), gridded);
    }
    return gridded;
}

std::string coveredRange(const spectrum::Spectrum& spectrum)
{
    std::vector<std::string> ranges;
    for (const Segment& segment : spectrum.segments) {
        std::optional<double> first;
        double last = 0.0;
        for (std::size_t i = 0; i < segment.pixels(); ++i) {
            if (!segment.isGood(i))
                continue;
            first = first.value_or(segment.wavelengthAngstrom[i]);
            last = segment.wavelengthAngstrom[i];
        }
        if (first)
            ranges.push_back(fmt::format("{:.6g}–{:.6g} Å", *first, last));
    }
    return ranges.empty() ? "no good pixel" : fmt::format("{}", fmt::join(ranges, ", "));
}

double medianOfGood(const std::vector<float>& flux, const std::vector<std::uint8_t>& good)
{
    std::vector<float> values;
    for (std::size_t pixel = 0; pixel < flux.size(); ++pixel)
        if (good[pixel] != 0)
            values.push_back(flux[pixel]);
    if (values.empty())
        return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return static_cast<double>(*middle);
}

/// Noise of a grid pixel relative to the median flux: from the file's errors, else estimated on the
/// source's own pixels, where noise is not yet correlated.
double relativeNoise(
    const Source& source, const Gridded& gridded, double level, const WavelengthGrid& grid)
{
    if (!gridded.ivar.empty()) {
        std::vector<float> sigma(gridded.ivar.size());
        for (std::size_t pixel = 0; pixel < sigma.size(); ++pixel)
            sigma[pixel] = gridded.good[pixel] != 0
                ? static_cast<float>(1.0 / std::sqrt(gridded.ivar[pixel]))
                : 0.0F;
        return medianOfGood(sigma, gridded.good) / level;
    }
    double noise = 0.0;
    for (const Segment& segment : source.segments)
        if (const auto estimate
            = preprocess::estimateNoise(segment, grid.firstAngstrom, grid.lastAngstrom()))
            noise = std::max(
                noise, estimate->relative * std::sqrt(estimate->stepAngstrom / grid.stepAngstrom));
    return noise;
}

void noteAssumptions(const Source& source, PreparedSpectrum& prepared)
{
    prepared.medium = source.medium;
    prepared.frame = source.frame;
    if (source.medium == Medium::Unknown)
        prepared.warnings.push_back(
            "whether the wavelengths are in air or vacuum is unknown: taken as air");
}

/// Looks for a velocity unless the spectrum is at rest; nothing found is said.
std::optional<double> velocityOf(const Source& source, const Gridded& gridded,
    const mk::Atlas& atlas, const PrepareOptions& options, std::vector<std::string>& warnings)
{
    const bool saidToRest = source.frame == Frame::Rest;
    if (!options.shift || (saidToRest && !options.shiftRest))
        return std::nullopt;
    const auto match
        = preprocess::findVelocity(gridded.flux, gridded.good, atlas.flux(), atlas.grid());
    if (saidToRest && (!match || std::abs(match->velocityKms) > kLargestRestVelocityKms)) {
        if (match)
            warnings.push_back(fmt::format("said to be at rest, but standard {} fits best at "
                                           "{:+.0f} km/s: not shifted",
                atlas.standards()[match->row].name, match->velocityKms));
        return std::nullopt;
    }
    if (!match) {
        warnings.push_back(fmt::format(
            "no velocity found within ±{:.0f} km/s: not shifted", preprocess::kVelocityRangeKms));
        return std::nullopt;
    }
    warnings.push_back(
        fmt::format("velocity {:+.1f} km/s removed (correlation {:.2f} with standard {})",
            match->velocityKms, match->correlation, atlas.standards()[match->row].name));
    return match->velocityKms;
}

void finish(
    const Source& source, Gridded gridded, const mk::Atlas& atlas, PreparedSpectrum& prepared)
{
    const double level = std::max(medianOfGood(gridded.flux, gridded.good), 1e-6);
    prepared.noise = level
        * std::max(relativeNoise(source, gridded, level, atlas.grid()), 1.0 / kBestSignalToNoise);
    prepared.coverage = coverageOf(gridded.good);
    if (!prepared.coverage.missing.empty())
        prepared.warnings.push_back(
            describe(prepared.coverage, atlas.grid()) + ": filled with the nearest good value");
    prepared.asRead = gridded.flux;
    preprocess::fillFromNearestGood(gridded.flux, gridded.good);
    prepared.flux = std::move(gridded.flux);
    prepared.good = std::move(gridded.good);
    prepared.ivar = std::move(gridded.ivar);
}

} // namespace

double PreparedSpectrum::medianFlux() const
{
    return medianOfGood(flux, good);
}

double PreparedSpectrum::signalToNoise() const
{
    return medianFlux() / noise;
}

Result<PreparedSpectrum> prepare(
    const spectrum::Spectrum& spectrum, const mk::Atlas& atlas, const PrepareOptions& options)
{
    const WavelengthGrid& grid = atlas.grid();
    const Source source = inAir(spectrum, grid, options);
    PreparedSpectrum prepared;
    prepared.warnings = spectrum.warnings;
    Gridded gridded = toGrid(source, 0.0, grid);
    if (1.0 - coverageOf(gridded.good).missingShare() < kFewestCovered)
        return base::failure(ErrorCode::CoverageInsufficient, spectrum.file.string(),
            coveredRange(spectrum),
            fmt::format("at least half of {:g}–{:g} Å", grid.firstAngstrom, grid.lastAngstrom()));
    noteAssumptions(source, prepared);

    const ContinuumStep step = chooseContinuum(source, gridded, atlas, options, prepared.warnings);
    Gridded unrectified = gridded;
    auto flat = applyContinuum(step, std::move(gridded), atlas);
    if (!flat)
        return base::failureIn(flat.error(), spectrum.file.string());
    prepared.velocityKms = velocityOf(source, *flat, atlas, options, prepared.warnings);
    if (prepared.velocityKms) {
        // From the source again: resampling twice would smooth twice.
        unrectified = toGrid(source, *prepared.velocityKms, grid);
        flat = applyContinuum(step, unrectified, atlas);
        if (!flat)
            return base::failureIn(flat.error(), spectrum.file.string());
    }
    prepared.rectifiedHere = step == ContinuumStep::Rectify;
    if (prepared.rectifiedHere)
        prepared.warnings.push_back("rectified here by an upper envelope");
    preprocess::fillFromNearestGood(unrectified.flux, unrectified.good);
    prepared.unrectified = std::move(unrectified.flux);
    finish(source, std::move(*flat), atlas, prepared);
    return prepared;
}

} // namespace maury::classify

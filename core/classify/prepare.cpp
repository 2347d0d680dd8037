#include "core/classify/prepare.h"

#include "core/classify/fit.h"
#include "core/classify/nearest_standard.h"
#include "core/preprocess/noise_estimate.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;
using preprocess::GriddedSpectrum;
using preprocess::Recipe;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;
using spectrum::WavelengthGrid;

constexpr double kFewestCovered = 0.5;
constexpr double kLargestGivenVelocityKms = 5000.0;
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

NearestStandard nearestTo(const GriddedSpectrum& gridded, const mk::Atlas& atlas)
{
    PreparedSpectrum spectrum;
    spectrum.flux = gridded.flux;
    spectrum.good = gridded.good;
    spectrum.noise = 1.0; // χ² is then the mean square difference
    return nearestStandards(spectrum, atlas, 1).front();
}

/// The steps before the continuum.
Recipe ontoGrid(const Source& source, std::optional<double> velocity, const WavelengthGrid& grid)
{
    Recipe recipe;
    const bool mixed = std::any_of(source.segments.begin(), source.segments.end(),
        [&](const Segment& segment) { return segment.medium != source.medium; });
    recipe.steps.push_back(
        preprocess::ToAir { mixed ? std::nullopt : std::optional(source.medium) });
    if (velocity)
        recipe.steps.push_back(preprocess::RemoveVelocity { *velocity });
    recipe.steps.push_back(preprocess::ToGrid { grid });
    recipe.steps.push_back(preprocess::TrimEdges {});
    return recipe;
}

Recipe with(Recipe recipe, std::optional<preprocess::Step> step)
{
    if (step)
        recipe.steps.push_back(*std::move(step));
    return recipe;
}

/// For a file that does not say whether it is rectified.
std::optional<preprocess::Step> judgeContinuum(const GriddedSpectrum& gridded,
    const Result<GriddedSpectrum>& after, const mk::Atlas& atlas, preprocess::Rectify rectify,
    std::vector<std::string>& warnings)
{
    const NearestStandard asGiven = nearestTo(gridded, atlas);
    const bool levelFits = std::abs(asGiven.scale - 1.0) < kLevelTolerance;
    if (!levelFits || (after && asGiven.chi2 > nearestTo(*after, atlas).chi2))
        return rectify;
    warnings.push_back(fmt::format("the file does not say whether it is rectified: taken as "
                                   "rectified (within {:.1f} % of standard {} as it stands)",
        100.0 * std::sqrt(asGiven.chi2), asGiven.name));
    return std::nullopt;
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
    const Source& source, const GriddedSpectrum& gridded, double level, const WavelengthGrid& grid)
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

/// A peak below this may be chance: it contradicts nothing that a file says.
constexpr double kContradiction = 0.6;

/// Looks for a velocity unless the spectrum is at rest; nothing found is said.
std::optional<double> velocityOf(const Source& source, const GriddedSpectrum& gridded,
    const mk::Atlas& atlas, const preprocess::VelocityFinder& finder, const PrepareOptions& options,
    PreparedSpectrum& prepared)
{
    std::vector<std::string>& warnings = prepared.warnings;
    const bool saidToRest = source.frame == Frame::Rest;
    if (!options.shift || (saidToRest && !options.shiftRest))
        return std::nullopt;
    const auto match = finder.find(gridded.flux, gridded.good, options.velocityRangeKms);
    if (saidToRest && (!match || std::abs(match->velocityKms) > kLargestRestVelocityKms)) {
        const bool contradicted = match && match->correlation > kContradiction;
        if (match)
            warnings.push_back(fmt::format(
                "said to be at rest, but standard {} fits best at {:+.0f} km/s: {}",
                atlas.standards()[match->row].name, match->velocityKms,
                contradicted ? "shifted" : "not shifted"));
        if (!contradicted)
            return std::nullopt;
        // The lines are better witnesses than the header; the answer stays marked.
        prepared.restContradictedKms = match->velocityKms;
        return match->velocityKms;
    }
    if (!match) {
        warnings.push_back(fmt::format(
            "no velocity found within ±{:.0f} km/s: not shifted", options.velocityRangeKms));
        return std::nullopt;
    }
    warnings.push_back(
        fmt::format("velocity {:+.1f} km/s removed (correlation {:.2f} with standard {})",
            match->velocityKms, match->correlation, atlas.standards()[match->row].name));
    return match->velocityKms;
}

Result<void> checkCoverage(const spectrum::Spectrum& spectrum, const GriddedSpectrum& gridded)
{
    if (1.0 - coverageOf(gridded.good).missingShare() >= kFewestCovered)
        return {};
    return base::failure(ErrorCode::CoverageInsufficient, spectrum.file.string(),
        coveredRange(spectrum),
        fmt::format("at least half of {:g}–{:g} Å", gridded.grid.firstAngstrom,
            gridded.grid.lastAngstrom()));
}

/// The recipe for one spectrum, found step by step.
class Planner {
public:
    Planner(const spectrum::Spectrum& spectrum, const mk::Atlas& atlas, const Source& source,
        const PrepareOptions& options, PreparedSpectrum& prepared)
        : m_spectrum(spectrum)
        , m_atlas(atlas)
        , m_source(source)
        , m_options(options)
        , m_prepared(prepared)
    {
    }

    Result<Recipe> plan(const preprocess::VelocityFinder& finder)
    {
        const Recipe before = steps(std::nullopt);
        const auto gridded = preprocess::replay(before, m_spectrum);
        if (!gridded)
            return base::Unexpected(gridded.error());
        if (const auto enough = checkCoverage(m_spectrum, *gridded); !enough)
            return base::Unexpected(enough.error());
        noteMedium();
        const auto continuum = continuumStep(before, *gridded);
        if (!continuum)
            return base::Unexpected(continuum.error());
        std::optional<double> velocity = m_options.velocityKms;
        if (!velocity && m_options.shift) {
            const auto flat = preprocess::replay(with(before, *continuum), m_spectrum);
            if (!flat)
                return base::Unexpected(flat.error());
            velocity = velocityOf(m_source, *flat, m_atlas, finder, m_options, m_prepared);
        }
        Recipe recipe = with(steps(velocity), *continuum);
        recipe.steps.push_back(preprocess::FillGaps {});
        return recipe;
    }

private:
    [[nodiscard]] Recipe steps(std::optional<double> velocity) const
    {
        return ontoGrid(m_source, velocity, m_atlas.grid());
    }

    void noteMedium()
    {
        if (m_source.medium == Medium::Unknown)
            m_prepared.warnings.push_back(
                "whether the wavelengths are in air or vacuum is unknown: taken as air");
    }

    Result<std::optional<preprocess::Step>> continuumStep(
        const Recipe& before, const GriddedSpectrum& gridded)
    {
        using Continuum = std::optional<preprocess::Step>;
        if (!m_atlas.rectified()) {
            const double scale = nearestTo(gridded, m_atlas).scale;
            if (!(scale > 0.0))
                return base::failure(ErrorCode::ValueInvalid, m_spectrum.file.string(),
                    "no positive flux", "the flux of a star");
            return Continuum(preprocess::Scale { scale });
        }
        if (!m_options.rectify || m_source.rectified.value_or(false))
            return Continuum();
        const preprocess::Rectify rectify { m_options.continuum };
        if (m_source.rectified)
            return Continuum(rectify);
        return judgeContinuum(gridded, preprocess::replay(with(before, rectify), m_spectrum),
            m_atlas, rectify, m_prepared.warnings);
    }

    const spectrum::Spectrum& m_spectrum;
    const mk::Atlas& m_atlas;
    const Source& m_source;
    const PrepareOptions& m_options;
    PreparedSpectrum& m_prepared; ///< its notices and what velocities say
};

Result<void> checkGrid(const Recipe& recipe, const WavelengthGrid& grid)
{
    for (const auto& step : recipe.steps)
        if (const auto* toGrid = std::get_if<preprocess::ToGrid>(&step);
            toGrid != nullptr && !(toGrid->grid == grid))
            return base::failure(ErrorCode::ModelMismatch, "recipe", describeGrid(toGrid->grid),
                "the atlas's " + describeGrid(grid));
    return {};
}

/// How a star was rectified, in words.
std::string rectifiedBy(const Recipe& recipe)
{
    for (const auto& step : recipe.steps)
        if (const auto* rectify = std::get_if<preprocess::Rectify>(&step); rectify != nullptr
            && rectify->continuum.method != preprocess::ContinuumMethod::Envelope)
            return "rectified here: " + preprocess::describe(step);
    return "rectified here by an upper envelope";
}

void finish(const Source& source, GriddedSpectrum gridded, const mk::Atlas& atlas,
    PreparedSpectrum& prepared)
{
    prepared.medium = source.medium;
    prepared.frame = source.frame;
    const double level = std::max(medianOfGood(gridded.flux, gridded.good), 1e-6);
    prepared.noise = level
        * std::max(relativeNoise(source, gridded, level, atlas.grid()), 1.0 / kBestSignalToNoise);
    prepared.coverage = coverageOf(gridded.good);
    for (const auto& step : prepared.recipe.steps) {
        if (const auto* velocity = std::get_if<preprocess::RemoveVelocity>(&step))
            prepared.velocityKms = velocity->kms;
        prepared.rectifiedHere |= std::holds_alternative<preprocess::Rectify>(step);
    }
    if (prepared.rectifiedHere)
        prepared.warnings.push_back(rectifiedBy(prepared.recipe));
    if (!prepared.coverage.missing.empty())
        prepared.warnings.push_back(
            describe(prepared.coverage, atlas.grid()) + ": filled with the nearest good value");
    prepared.flux = std::move(gridded.flux);
    prepared.unrectified = std::move(gridded.unrectified);
    prepared.asRead = std::move(gridded.asRead);
    prepared.good = std::move(gridded.good);
    prepared.ivar = std::move(gridded.ivar);
}

Result<void> inRange(const char* option, double value, double lowest, double highest)
{
    if (value >= lowest && value <= highest)
        return {};
    return base::failure(ErrorCode::OptionInvalid, option, fmt::format("{:g}", value),
        fmt::format("{:g} to {:g}", lowest, highest));
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

Result<void> validate(const PrepareOptions& options)
{
    for (const auto& check : { inRange("--velocity", options.velocityKms.value_or(0.0),
                                   -kLargestGivenVelocityKms, kLargestGivenVelocityKms),
             inRange(
                 "--velocity-range", options.velocityRangeKms, 30.0, preprocess::kVelocityRangeKms),
             preprocess::validate(options.continuum) })
        if (!check)
            return check;
    return {};
}

Preparer::Preparer(mk::AtlasPtr atlas)
    : m_atlas(std::move(atlas))
    , m_velocity(m_atlas->flux(), m_atlas->grid())
{
}

Result<PreparedSpectrum> Preparer::prepare(
    const spectrum::Spectrum& spectrum, const PrepareOptions& options) const
{
    if (const auto valid = validate(options); !valid)
        return base::Unexpected(valid.error());
    PreparedSpectrum prepared;
    prepared.warnings = spectrum.warnings;
    const Source source = inAir(spectrum, m_atlas->grid(), options);
    if (!options.recipe.steps.empty()) {
        if (const auto same = checkGrid(options.recipe, m_atlas->grid()); !same)
            return base::Unexpected(same.error());
        prepared.recipe = options.recipe;
    } else {
        auto planned = Planner(spectrum, *m_atlas, source, options, prepared).plan(m_velocity);
        if (!planned)
            return base::Unexpected(planned.error());
        prepared.recipe = *std::move(planned);
    }
    auto gridded = preprocess::replay(prepared.recipe, spectrum);
    if (!gridded)
        return base::Unexpected(gridded.error());
    if (const auto enough = checkCoverage(spectrum, *gridded); !enough)
        return base::Unexpected(enough.error());
    finish(source, *std::move(gridded), *m_atlas, prepared);
    return prepared;
}

Result<PreparedSpectrum> prepare(
    const spectrum::Spectrum& spectrum, const mk::Atlas& atlas, const PrepareOptions& options)
{
    // The pointer does not own: the Preparer ends before the atlas does.
    return Preparer(mk::AtlasPtr(mk::AtlasPtr(), &atlas)).prepare(spectrum, options);
}

} // namespace maury::classify

#include "core/preprocess/reduction.h"

#include "core/preprocess/segment_steps.h"
#include "core/spectrum/medium.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using base::Result;
using spectrum::Segment;

void note(std::vector<std::string>& notes, std::string text)
{
    if (std::find(notes.begin(), notes.end(), text) == notes.end())
        notes.push_back(std::move(text));
}

/// Says where line spread functions stay as they are although the grid has one.
void noteResolution(
    const Segment& segment, const TargetGrid& grid, std::vector<std::string>& notes)
{
    if (!grid.resolvingPower)
        return;
    if (!segment.resolvingPower)
        note(notes, "the resolving power is not known: lines keep their width");
    else if (*segment.resolvingPower <= *grid.resolvingPower)
        note(notes,
            fmt::format("the resolving power of {:g} is below the grid's {:g}: lines keep their "
                        "width",
                *segment.resolvingPower, *grid.resolvingPower));
}

Result<void> regrid(SegmentWork& work, const Regrid& step, Regridder& regridder, Reduced& result)
{
    result.grid = step.grid;
    for (const Segment& given : work.segments) {
        auto segment = spectrum::inMedium(given, step.grid.medium);
        if (!segment)
            return base::Unexpected(segment.error());
        if (!segment->resolvingPower)
            segment->resolvingPower = step.sourceResolvingPower;
        noteResolution(*segment, step.grid, work.notes);
        auto regridded = regridder.regrid(*segment, step.grid);
        if (regridded.pixels() > 0)
            result.regridded.push_back(std::move(regridded));
    }
    if (!result.regridded.empty())
        return {};
    const auto& first = work.segments.front().wavelengthAngstrom;
    const auto& last = work.segments.back().wavelengthAngstrom;
    return base::failure(ErrorCode::CoverageInsufficient, {},
        fmt::format("{:.6g}–{:.6g} Å", first.front(), last.back()),
        fmt::format("pixels within {:g}–{:g} Å", step.grid.firstAngstrom, step.grid.lastAngstrom()));
}

Result<void> apply(SegmentWork& work, Step& step, Regridder& regridder, Reduced& result)
{
    if (!result.grid && isSegmentStep(step))
        return applySegmentStep(work, step);
    if (const auto* last = std::get_if<Regrid>(&step); last != nullptr && !result.grid)
        return regrid(work, *last, regridder, result);
    return base::failure(ErrorCode::OptionInvalid, "recipe", describe(step),
        result.grid ? "nothing after the spectrum is on its grid" : "a step of segments");
}

} // namespace

std::vector<Segment> Reduced::segments() const
{
    if (!grid)
        return spectrum.segments;
    std::vector<Segment> result;
    for (const RegriddedSegment& each : regridded)
        result.push_back(each.segment(*grid));
    return result;
}

Result<Reduced> reduce(
    const Recipe& recipe, const spectrum::Spectrum& spectrum, Regridder& regridder)
{
    SegmentWork work(spectrum);
    Reduced result;
    result.recipe = recipe;
    for (Step& step : result.recipe.steps)
        if (const auto done = apply(work, step, regridder, result); !done) {
            base::Error error = done.error();
            error.place = spectrum.file.string()
                + (error.place.empty() ? std::string() : ": " + error.place);
            return base::failureIn(std::move(error), describe(step));
        }
    result.spectrum = spectrum;
    result.spectrum.segments = std::move(work.segments);
    result.spectrum.radialVelocityKms = work.motion.radialVelocityKms;
    result.spectrum.barycentricCorrectionKms = work.motion.barycentricCorrectionKms;
    result.notes = std::move(work.notes);
    result.cosmicRays = work.cosmicRays;
    result.tellurics = work.tellurics;
    return result;
}

} // namespace maury::preprocess

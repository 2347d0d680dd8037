#include "core/preprocess/segment_steps.h"

#include "core/base/contract.h"
#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"
#include "core/spectrum/medium.h"

#include <fmt/format.h>

#include <limits>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using base::Result;
using spectrum::Medium;
using spectrum::Segment;

/// "segment 2 (HDU 3)".
std::string nameOf(const SegmentWork& work, std::size_t segment)
{
    const std::string& origin = work.segments[segment].origin;
    return fmt::format(
        "segment {}{}", segment, origin.empty() ? std::string() : " (" + origin + ")");
}

/// Does something that can fail to every segment.
template <typename Of> Result<void> forEach(SegmentWork& work, Of&& of)
{
    for (std::size_t i = 0; i < work.segments.size(); ++i)
        if (const auto done = of(work.segments[i], i); !done)
            return base::failureIn(done.error(), nameOf(work, i));
    return {};
}

/// What a step says of velocities counts from then on; what it does not say it is told.
void agree(spectrum::Motion& known, spectrum::Motion& ofStep)
{
    for (const auto& [mine, theirs] :
        { std::pair(&known.radialVelocityKms, &ofStep.radialVelocityKms),
            std::pair(&known.barycentricCorrectionKms, &ofStep.barycentricCorrectionKms) }) {
        if (*theirs)
            *mine = *theirs;
        else
            *theirs = *mine;
    }
}

Result<void> run(SegmentWork& work, ToAir& step)
{
    for (Segment& segment : work.segments) {
        if (step.from.value_or(segment.medium) == Medium::Vacuum)
            for (double& wavelength : segment.wavelengthAngstrom)
                wavelength = spectrum::airFromVacuum(wavelength);
        segment.medium = Medium::Air;
    }
    return {};
}

Result<void> run(SegmentWork& work, RemoveVelocity& step)
{
    for (Segment& segment : work.segments)
        segment = withoutVelocity(std::move(segment), step.kms);
    return {};
}

Result<void> run(SegmentWork& work, ToMedium& step)
{
    return forEach(work, [&](Segment& segment, std::size_t) -> Result<void> {
        auto moved = spectrum::inMedium(segment, step.medium);
        if (!moved)
            return base::Unexpected(moved.error());
        segment = *std::move(moved);
        return {};
    });
}

Result<void> run(SegmentWork& work, ToFrame& step)
{
    agree(work.motion, step.motion);
    return forEach(work, [&](Segment& segment, std::size_t) -> Result<void> {
        auto moved = spectrum::inFrame(segment, step.frame, step.motion);
        if (!moved)
            return base::Unexpected(moved.error());
        segment = *std::move(moved);
        return {};
    });
}

Result<void> run(SegmentWork& work, MarkCosmicRays& step)
{
    for (Segment& segment : work.segments)
        work.cosmicRays += markCosmicRays(segment, step.settings);
    return {};
}

Result<void> run(SegmentWork& work, MarkTellurics& step)
{
    agree(work.motion, step.motion);
    return forEach(work, [&](Segment& segment, std::size_t) -> Result<void> {
        const auto marked = markTellurics(segment, step.motion, step.settings, work.notes);
        if (!marked)
            return base::Unexpected(marked.error());
        work.tellurics += *marked;
        return {};
    });
}

/// The continuum of segment i, by coefficients where the step has them.
Result<std::vector<double>> continuumOfSegment(
    const Segment& segment, std::size_t i, bool isReplayed, Rectify& step)
{
    if (isReplayed)
        return continuumOf(step.fits[i], step.continuum.method, segment.wavelengthAngstrom);
    auto drawn = drawContinuum(segment, step.continuum);
    if (!drawn)
        return base::Unexpected(drawn.error());
    if (!drawn->fit.empty()) {
        step.fits.resize(i + 1);
        step.fits.back() = std::move(drawn->fit);
    }
    return std::move(drawn->flux);
}

Result<void> run(SegmentWork& work, Rectify& step)
{
    const bool isReplayed = !step.fits.empty();
    if (isReplayed && step.fits.size() != work.segments.size())
        return base::failure(ErrorCode::OptionInvalid, "recipe",
            fmt::format("coefficients of {} segments", step.fits.size()),
            fmt::format("{}, as the spectrum has", work.segments.size()));
    std::size_t rectified = 0;
    Result<void> last;
    for (std::size_t i = 0; i < work.segments.size(); ++i) {
        Segment& segment = work.segments[i];
        auto continuum = continuumOfSegment(segment, i, isReplayed, step);
        if (!continuum) {
            // A dead camera does not cost the others their continuum.
            work.notes.push_back(fmt::format("{}: no continuum could be drawn ({}), left out",
                nameOf(work, i), continuum.error().found));
            last = base::failureIn(continuum.error(), nameOf(work, i));
            continuum = std::vector<double>(
                segment.pixels(), std::numeric_limits<double>::quiet_NaN());
        } else {
            ++rectified;
        }
        divideByContinuum(segment, *continuum);
    }
    if (!step.fits.empty())
        step.fits.resize(work.segments.size());
    return rectified > 0 ? Result<void>() : last;
}

} // namespace

SegmentWork::SegmentWork(const spectrum::Spectrum& spectrum)
    : segments(spectrum.segments)
    , motion { spectrum.radialVelocityKms, spectrum.barycentricCorrectionKms }
{
}

Result<void> applySegmentStep(SegmentWork& work, Step& step)
{
    EXPECTS(isSegmentStep(step));
    if (auto* toAir = std::get_if<ToAir>(&step))
        return run(work, *toAir);
    if (auto* velocity = std::get_if<RemoveVelocity>(&step))
        return run(work, *velocity);
    if (auto* medium = std::get_if<ToMedium>(&step))
        return run(work, *medium);
    if (auto* frame = std::get_if<ToFrame>(&step))
        return run(work, *frame);
    if (auto* cosmicRays = std::get_if<MarkCosmicRays>(&step))
        return run(work, *cosmicRays);
    if (auto* tellurics = std::get_if<MarkTellurics>(&step))
        return run(work, *tellurics);
    return run(work, std::get<Rectify>(step));
}

} // namespace maury::preprocess

#include "core/preprocess/recipe.h"

#include "core/preprocess/doppler.h"
#include "core/preprocess/edges.h"
#include "core/preprocess/resample.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using base::Result;
using spectrum::Medium;
using spectrum::Segment;
using spectrum::WavelengthGrid;

/// Flux beyond these is brought near 1, so that units such as erg/s/cm²/Å survive in float.
constexpr double kHugeFlux = 1e3;
constexpr double kTinyFlux = 1e-3;

bool reaches(const Segment& segment, const WavelengthGrid& grid)
{
    const auto& wavelength = segment.wavelengthAngstrom;
    return !wavelength.empty() && wavelength.front() <= grid.lastAngstrom()
        && wavelength.back() >= grid.firstAngstrom;
}

/// A spectrum between two steps: segments until ToGrid, pixels from there on.
class Workpiece {
public:
    explicit Workpiece(const spectrum::Spectrum& spectrum)
        : m_segments(spectrum.segments)
    {
    }

    Result<void> apply(const Step& step)
    {
        const bool ofSegments = std::holds_alternative<ToAir>(step)
            || std::holds_alternative<RemoveVelocity>(step) || std::holds_alternative<ToGrid>(step);
        if (ofSegments == m_onGrid)
            return base::failure(ErrorCode::OptionInvalid, "recipe", describe(step),
                m_onGrid ? "this step before the spectrum is on its grid"
                         : "this step after the spectrum is on its grid");
        return std::visit([this](const auto& each) { return run(each); }, step);
    }

    Result<GriddedSpectrum> finish()
    {
        if (!m_onGrid)
            return base::failure(ErrorCode::OptionInvalid, "recipe", "no grid", "a step to-grid");
        keepUnrectified();
        fillFromNearestGood(m_result.unrectified, m_result.good);
        if (m_result.asRead.empty())
            m_result.asRead = m_result.flux;
        return std::move(m_result);
    }

private:
    Result<void> run(const ToAir& step)
    {
        for (Segment& segment : m_segments)
            if (step.from.value_or(segment.medium) == Medium::Vacuum)
                for (double& wavelength : segment.wavelengthAngstrom)
                    wavelength = spectrum::airFromVacuum(wavelength);
        return {};
    }

    Result<void> run(const RemoveVelocity& step)
    {
        for (Segment& segment : m_segments)
            segment = withoutVelocity(std::move(segment), step.kms);
        return {};
    }

    Result<void> run(const ToGrid& step)
    {
        m_onGrid = true;
        m_result.grid = step.grid;
        std::erase_if(
            m_segments, [&](const Segment& segment) { return !reaches(segment, step.grid); });
        merge();
        return {};
    }

    Result<void> run(const TrimEdges&)
    {
        trimEdgeRamps(m_result.flux, m_result.good, m_result.grid);
        return {};
    }

    Result<void> run(const Rectify& step)
    {
        keepUnrectified();
        const std::vector<double> flux(m_result.flux.begin(), m_result.flux.end());
        const auto envelope
            = upperEnvelope(m_result.grid.wavelengths(), flux, m_result.good, step.envelope);
        if (!envelope)
            return base::Unexpected(envelope.error());
        divideBy([&envelope](std::size_t pixel) { return (*envelope)[pixel]; });
        return {};
    }

    Result<void> run(const Scale& step)
    {
        keepUnrectified();
        divideBy([&step](std::size_t) { return step.divisor; });
        return {};
    }

    Result<void> run(const FillGaps&)
    {
        m_result.asRead = m_result.flux;
        fillFromNearestGood(m_result.flux, m_result.good);
        return {};
    }

    void keepUnrectified()
    {
        if (m_result.unrectified.empty())
            m_result.unrectified = m_result.flux;
    }

    template <typename Divisor> void divideBy(const Divisor& divisor)
    {
        for (std::size_t pixel = 0; pixel < m_result.flux.size(); ++pixel) {
            const double by = divisor(pixel);
            m_result.flux[pixel]
                = static_cast<float>(static_cast<double>(m_result.flux[pixel]) / by);
            if (!m_result.ivar.empty())
                m_result.ivar[pixel] *= by * by;
        }
    }

    void merge()
    {
        const std::size_t pixels = m_result.grid.pixels;
        const bool hasErrors = std::all_of(m_segments.begin(), m_segments.end(),
            [](const Segment& segment) { return !segment.ivar.empty(); });
        std::vector<double> sum(pixels, 0.0);
        std::vector<double> weight(pixels, 0.0);
        for (const Segment& segment : m_segments) {
            const GridPixels onGrid = resample(segment, m_result.grid);
            for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
                if (!onGrid.isGood(pixel))
                    continue;
                const double w = hasErrors ? onGrid.ivar[pixel] : 1.0;
                sum[pixel] += w * onGrid.flux[pixel];
                weight[pixel] += w;
            }
        }
        m_result.flux.assign(pixels, 0.0F);
        m_result.good.assign(pixels, 0);
        double largest = 0.0;
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            if (weight[pixel] <= 0.0)
                continue;
            m_result.good[pixel] = 1;
            largest = std::max(largest, std::abs(sum[pixel] / weight[pixel]));
        }
        const bool inRange = largest == 0.0 || (largest <= kHugeFlux && largest >= kTinyFlux);
        const double unit = inRange ? 1.0 : largest;
        for (std::size_t pixel = 0; pixel < pixels; ++pixel)
            if (m_result.good[pixel] != 0)
                m_result.flux[pixel] = static_cast<float>(sum[pixel] / weight[pixel] / unit);
        if (!hasErrors)
            return;
        for (double& ivar : weight)
            ivar *= unit * unit;
        m_result.ivar = std::move(weight);
    }

    std::vector<Segment> m_segments;
    GriddedSpectrum m_result;
    bool m_onGrid = false;
};

std::string describeOne(const ToAir& step)
{
    if (!step.from)
        return "wavelengths brought to air, as each segment says";
    if (*step.from == Medium::Vacuum)
        return "wavelengths brought from vacuum to air";
    return *step.from == Medium::Air ? "wavelengths are in air" : "wavelengths taken as air";
}

std::string describeOne(const RemoveVelocity& step)
{
    return fmt::format("velocity {:+.1f} km/s removed", step.kms);
}

std::string describeOne(const ToGrid& step)
{
    return fmt::format("resampled to {:g}–{:g} Å in steps of {:g} Å", step.grid.firstAngstrom,
        step.grid.lastAngstrom(), step.grid.stepAngstrom);
}

std::string describeOne(const TrimEdges&)
{
    return "ramps at missing edges left out";
}

std::string describeOne(const Rectify& step)
{
    return fmt::format("rectified by an upper envelope (percentile {:g}, degree {})",
        step.envelope.percentile, step.envelope.degree);
}

std::string describeOne(const Scale& step)
{
    return fmt::format("divided by {:.4g}", step.divisor);
}

std::string describeOne(const FillGaps&)
{
    return "missing pixels filled from the nearest good one";
}

} // namespace

Result<GriddedSpectrum> replay(const Recipe& recipe, const spectrum::Spectrum& spectrum)
{
    Workpiece workpiece(spectrum);
    for (const Step& step : recipe.steps)
        if (const auto done = workpiece.apply(step); !done)
            return base::failureIn(done.error(), spectrum.file.string());
    return workpiece.finish();
}

std::string describe(const Step& step)
{
    return std::visit([](const auto& each) { return describeOne(each); }, step);
}

} // namespace maury::preprocess

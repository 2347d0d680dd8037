#include "core/preprocess/recipe.h"

#include "core/preprocess/edges.h"
#include "core/preprocess/resample.h"
#include "core/preprocess/segment_steps.h"

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
        : m_before(spectrum)
    {
    }

    Result<void> apply(const Step& step)
    {
        if (!m_onGrid && isSegmentStep(step)) {
            Step filled = step;
            return applySegmentStep(m_before, filled);
        }
        if (std::holds_alternative<ToGrid>(step) == m_onGrid)
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
    /// Steps of segments come too late here; a Regrid does not lead to a GriddedSpectrum.
    template <typename Other> Result<void> run(const Other& step)
    {
        return base::failure(ErrorCode::OptionInvalid, "recipe", describe(Step(step)),
            "a step for a spectrum that is on the grid of an atlas");
    }

    Result<void> run(const ToGrid& step)
    {
        m_onGrid = true;
        m_result.grid = step.grid;
        std::erase_if(m_before.segments,
            [&](const Segment& segment) { return !reaches(segment, step.grid); });
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
        const auto continuum = continuumOnGrid(step);
        if (!continuum)
            return base::Unexpected(continuum.error());
        for (std::size_t pixel = 0; pixel < continuum->size(); ++pixel)
            if (!((*continuum)[pixel] > 0.0)) {
                m_result.good[pixel] = 0;
                m_result.flux[pixel] = 0.0F;
            }
        divideBy([&continuum](std::size_t pixel) {
            return (*continuum)[pixel] > 0.0 ? (*continuum)[pixel] : 1.0;
        });
        return {};
    }

    Result<std::vector<double>> continuumOnGrid(const Rectify& step) const
    {
        const std::vector<double> flux(m_result.flux.begin(), m_result.flux.end());
        if (step.continuum.method == ContinuumMethod::Envelope) // across gaps, up to the ends
            return upperEnvelope(
                m_result.grid.wavelengths(), flux, m_result.good, step.continuum.envelope);
        Segment segment;
        segment.wavelengthAngstrom = m_result.grid.wavelengths();
        segment.flux = flux;
        segment.ivar = m_result.ivar;
        segment.medium = spectrum::Medium::Air;
        for (const std::uint8_t good : m_result.good)
            segment.mask.push_back(good != 0 ? 0 : spectrum::mask::kNoData);
        if (!step.fits.empty())
            return continuumOf(
                step.fits.front(), step.continuum.method, segment.wavelengthAngstrom);
        auto drawn = drawContinuum(segment, step.continuum);
        if (!drawn)
            return base::Unexpected(drawn.error());
        return std::move(drawn->flux);
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
        const bool hasErrors = std::all_of(m_before.segments.begin(), m_before.segments.end(),
            [](const Segment& segment) { return !segment.ivar.empty(); });
        std::vector<double> sum(pixels, 0.0);
        std::vector<double> weight(pixels, 0.0);
        for (const Segment& segment : m_before.segments) {
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

    SegmentWork m_before;
    GriddedSpectrum m_result;
    bool m_onGrid = false;
};

std::string describeMotion(const spectrum::Motion& motion)
{
    std::string text;
    if (motion.radialVelocityKms)
        text += fmt::format(", velocity {:+.2f} km/s", *motion.radialVelocityKms);
    if (motion.barycentricCorrectionKms)
        text += fmt::format(
            ", barycentric correction {:+.2f} km/s", *motion.barycentricCorrectionKms);
    return text;
}

std::string describeOne(const ToMedium& step)
{
    return fmt::format("wavelengths brought to {}", toString(step.medium));
}

std::string describeOne(const ToFrame& step)
{
    return fmt::format("wavelengths brought to the {} frame{}", toString(step.frame),
        describeMotion(step.motion));
}

std::string describeOne(const MarkCosmicRays& step)
{
    return fmt::format("cosmic rays marked above {:g} standard deviations", step.settings.threshold);
}

std::string describeOne(const MarkTellurics& step)
{
    return fmt::format("telluric bands marked{}{}", step.settings.weakToo ? ", weak ones too" : "",
        describeMotion(step.motion));
}

std::string describeOne(const Regrid& step)
{
    return fmt::format("resampled to the grid {} ({:g}–{:g} Å, {} pixels{})", step.grid.name,
        step.grid.firstAngstrom, step.grid.lastAngstrom(), step.grid.pixels,
        step.grid.resolvingPower ? fmt::format(", R = {:g}", *step.grid.resolvingPower) : "");
}

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
    const ContinuumSettings& by = step.continuum;
    const auto width = fmt::format("{:g} {}", by.width, by.widthInKms ? "km/s" : "Å");
    switch (by.method) {
    case ContinuumMethod::Gaussian:
        return fmt::format("divided by a Gaussian mean of σ = {}", width);
    case ContinuumMethod::Polynomial:
    case ContinuumMethod::Chebyshev:
        return fmt::format("divided by a {} polynomial of degree {} (clipped at -{:g} and +{:g} σ)",
            by.method == ContinuumMethod::Chebyshev ? "Chebyshev" : "plain", by.degree, by.clipLow,
            by.clipHigh);
    case ContinuumMethod::Median:
        return fmt::format("divided by a running median over {}", width);
    case ContinuumMethod::Percentile:
        return fmt::format("divided by a running percentile {:g} over {}", by.percentile, width);
    case ContinuumMethod::Envelope:
        break;
    }
    return fmt::format("rectified by an upper envelope (percentile {:g}, degree {})",
        by.envelope.percentile, by.envelope.degree);
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

bool isSegmentStep(const Step& step)
{
    return std::holds_alternative<ToAir>(step) || std::holds_alternative<RemoveVelocity>(step)
        || std::holds_alternative<ToMedium>(step) || std::holds_alternative<ToFrame>(step)
        || std::holds_alternative<MarkCosmicRays>(step)
        || std::holds_alternative<MarkTellurics>(step) || std::holds_alternative<Rectify>(step);
}

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

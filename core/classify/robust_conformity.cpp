#include "core/classify/robust_conformity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::classify {
namespace {

/// Below the worst signal to noise of the training: an estimate from the spectrum itself errs.
constexpr double kNoiseRoom = 0.75;
constexpr double kResolutionRoom = 1.1; ///< beyond the widest blur of the training
constexpr double kSharperAngstrom = 1.0; ///< in quadrature, than the library
constexpr double kCodesApart = 4.0; ///< network and nearest standard
/// Unexplained rest against the nearest standard above which the spectrum is like no standard.
constexpr double kLargestExcess = 0.1;

} // namespace

RobustConformity::RobustConformity(
    mk::AtlasPtr atlas, const robust::LogGrid& grid, const robust::VariationSettings& variation)
    : m_atlas(std::move(atlas))
    , m_grid(grid)
    , m_variation(variation)
{
}

void RobustConformity::addCoverage(
    const PreparedSpectrum& spectrum, std::vector<std::string>& reasons) const
{
    // Only what the network sees counts: the library's grid begins further in the blue.
    const spectrum::WavelengthGrid& grid = m_atlas->grid();
    const auto pixelOf = [&grid](double wavelength) {
        return static_cast<std::size_t>(
            std::lround((wavelength - grid.firstAngstrom) / grid.stepAngstrom));
    };
    const std::size_t begin = pixelOf(m_grid.wavelength(m_grid.cropBegin));
    const std::size_t end
        = pixelOf(m_grid.wavelength(m_grid.cropBegin + m_grid.cropPixels - 1)) + 1;
    const spectrum::WavelengthGrid seen { grid.wavelength(begin), grid.stepAngstrom, end - begin };
    const Coverage coverage = coverageOf(std::span(spectrum.good).subspan(begin, end - begin));
    const bool inside = std::any_of(coverage.missing.begin(), coverage.missing.end(),
        [&](const PixelRun& run) { return !coverage.touchesEdge(run); });
    if (inside || coverage.missingShare() > kHarmlessEdgeShare)
        reasons.push_back(describe(coverage, seen));
}

void RobustConformity::addResolution(
    const Residual& residual, std::vector<std::string>& reasons) const
{
    const double native = m_variation.nativeFwhmAngstrom;
    if (residual.broadening < -kSharperAngstrom)
        reasons.push_back(fmt::format("lines sharper than the library's {:.1f} Å: smooth the "
                                      "spectrum first",
            native));
    const double fwhm = std::hypot(native, std::max(0.0, residual.broadening));
    if (fwhm > kResolutionRoom * m_variation.widestFwhmAngstrom)
        reasons.push_back(fmt::format(
            "lines {:.1f} Å wide (trained up to {:.1f} Å)", fwhm, m_variation.widestFwhmAngstrom));
}

void RobustConformity::addStranger(
    const Residual& residual, const Prediction& answer, std::vector<std::string>& reasons) const
{
    if (answer.outsideDistance) {
        if (answer.outsideAtlas.value_or(false))
            reasons.push_back(
                fmt::format("outside the atlas: like no standard, {:.1f} times as far "
                            "off as stars that it lacks may be",
                    *answer.outsideDistance));
    } else if (residual.excess > kLargestExcess) {
        reasons.push_back(fmt::format("differs by {:.0f} % from the nearest standard, {}: perhaps "
                                      "not a normal star",
            100.0 * residual.excess, m_atlas->standards()[residual.row].name));
    }
}

void RobustConformity::addOtherJudge(
    const mk::Standard& nearest, const Prediction& answer, std::vector<std::string>& reasons) const
{
    // Other libraries of the training may go farther than this one (libnor36 to M5).
    const double last = m_atlas->standards().back().temperatureCode;
    const double code = std::min(answer.temperatureCode, last);
    const bool oppositeLuminosity
        = std::abs(static_cast<int>(answer.lc) - static_cast<int>(nearest.group)) > 1;
    if (std::abs(code - nearest.temperatureCode) > kCodesApart || oppositeLuminosity)
        reasons.push_back(fmt::format("the nearest standard, {}, is {}: quite another type",
            nearest.name, mk::print(nearest.type)));
}

Conformity RobustConformity::judge(const PreparedSpectrum& spectrum, const Residual& leastResidual,
    const mk::Standard& nearest, const Prediction& answer) const
{
    std::vector<std::string> reasons;
    addCoverage(spectrum, reasons);
    if (spectrum.signalToNoise() < kNoiseRoom * m_variation.lowestSignalToNoise)
        reasons.push_back(fmt::format("signal to noise {:.0f} a pixel (trained from {:.0f})",
            spectrum.signalToNoise(), m_variation.lowestSignalToNoise));
    if (spectrum.frame != spectrum::Frame::Rest && !spectrum.velocityKms)
        reasons.push_back(fmt::format(
            "{} velocity frame and no velocity removed", spectrum::toString(spectrum.frame)));
    addResolution(leastResidual, reasons);
    addStranger(leastResidual, answer, reasons);
    addOtherJudge(nearest, answer, reasons);
    return { reasons.empty(), std::move(reasons) };
}

} // namespace maury::classify

#include "core/classify/robust_conformity.h"

#include "core/classify/pixel_defects.h"
#include "core/robust/atlas_space.h"

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
/// A star at rest in air looks as if it moved so fast when its wavelengths are in vacuum.
constexpr double kVacuumKms = 83.0;
constexpr double kVacuumToleranceKms = 12.0;

} // namespace

std::optional<Finding> otherMedium(const PreparedSpectrum& spectrum)
{
    using maury::spectrum::Frame;
    const bool vacuum = spectrum.medium == maury::spectrum::Medium::Vacuum;
    const bool mayRest = spectrum.frame == Frame::Rest || spectrum.frame == Frame::Unknown;
    const double shift = vacuum ? -kVacuumKms : kVacuumKms;
    if (!mayRest || std::abs(spectrum.velocityKms.value_or(0.0) - shift) > kVacuumToleranceKms)
        return std::nullopt;
    return Finding { { vacuum ? DoubtCode::PerhapsAir : DoubtCode::PerhapsVacuum,
                         { { "velocity_kms", *spectrum.velocityKms } }, {} },
        fmt::format("{:+.0f} km/s found and removed: a star at rest looks so when its wavelengths "
                    "are in {}",
            *spectrum.velocityKms, vacuum ? "air" : "vacuum") };
}

RobustConformity::RobustConformity(
    mk::AtlasPtr atlas, const robust::LogGrid& grid, const robust::VariationSettings& variation)
    : m_atlas(std::move(atlas))
    , m_grid(grid)
    , m_variation(variation)
    , m_lines(*m_atlas, grid)
    , m_farShift(*m_atlas)
{
}

void RobustConformity::addCoverage(const PreparedSpectrum& spectrum, Findings& findings) const
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
    if (isHarmful(coverage))
        findings.push_back(coverageFinding(coverage, seen));
}

double RobustConformity::noiseOver(double widthAngstrom, const PreparedSpectrum& spectrum) const
{
    return std::sqrt(m_atlas->grid().stepAngstrom / widthAngstrom) / spectrum.signalToNoise();
}

void RobustConformity::addNoise(const PreparedSpectrum& spectrum, Findings& findings) const
{
    // The training's is that of a pixel of the network's grid, which is wider than the library's.
    const double signalToNoise = 1.0 / noiseOver(m_grid.middleStepAngstrom(), spectrum);
    if (signalToNoise < kNoiseRoom * m_variation.lowestSignalToNoise)
        findings.push_back({ { DoubtCode::SignalToNoise,
                                 { { "signal_to_noise", signalToNoise },
                                     { "trained", m_variation.lowestSignalToNoise } },
                                 {} },
            fmt::format("signal to noise {:.0f} a pixel of {:.2f} Å (trained from {:.0f})",
                signalToNoise, m_grid.middleStepAngstrom(), m_variation.lowestSignalToNoise) });
}

void RobustConformity::addVelocity(const PreparedSpectrum& spectrum, Findings& findings) const
{
    const bool saidToRest = spectrum.frame == spectrum::Frame::Rest;
    if (spectrum.restContradictedKms)
        findings.push_back({ { DoubtCode::RestContradicted,
                                 { { "velocity_kms", *spectrum.restContradictedKms } }, {} },
            fmt::format("said to be at rest, but the standards fit best at {:+.0f} km/s",
                *spectrum.restContradictedKms) });
    else if (!saidToRest && !spectrum.velocityKms)
        findings.push_back({ { DoubtCode::NoVelocity, {}, spectrum::toString(spectrum.frame) },
            fmt::format(
                "{} velocity frame and no velocity removed", spectrum::toString(spectrum.frame)) });
    // Files at rest are off by as much without a word on their medium being wrong: what they say is
    // only questioned in a notice.
    if (spectrum.medium == spectrum::Medium::Unknown)
        if (auto finding = otherMedium(spectrum))
            findings.push_back(*std::move(finding));
}

void RobustConformity::addResolution(const Residual& residual, Findings& findings) const
{
    const double native = m_variation.nativeFwhmAngstrom;
    if (residual.broadening < -kSharperAngstrom)
        findings.push_back(
            { { DoubtCode::Sharper,
                  { { "fwhm_angstrom", -residual.broadening }, { "limit_angstrom", native } }, {} },
                fmt::format("lines sharper than the library's {:.1f} Å: smooth the spectrum first",
                    native) });
    const double fwhm = std::hypot(native, std::max(0.0, residual.broadening));
    const double widest = m_variation.widestFwhmAngstrom;
    if (fwhm > kResolutionRoom * widest)
        findings.push_back({ { DoubtCode::Broader,
                                 { { "fwhm_angstrom", fwhm }, { "limit_angstrom", widest } }, {} },
            fmt::format("lines {:.1f} Å wide (trained up to {:.1f} Å)", fwhm, widest) });
}

void RobustConformity::addStranger(
    const Residual& residual, const Prediction& answer, Findings& findings) const
{
    const std::string& name = m_atlas->standards()[residual.row].name;
    if (answer.outsideDistance) {
        if (answer.outsideAtlas.value_or(false))
            findings.push_back({ { DoubtCode::OutsideAtlas,
                                     { { "distance", *answer.outsideDistance } }, {} },
                fmt::format("outside the atlas: like no standard, {:.1f} times as far off as stars "
                            "that it lacks may be",
                    *answer.outsideDistance) });
    } else if (residual.excess > kLargestExcess) {
        findings.push_back({ { DoubtCode::Stranger,
                                 { { "percent", 100.0 * residual.excess },
                                     { "limit_percent", 100.0 * kLargestExcess } },
                                 name },
            fmt::format("differs by {:.0f} % from the nearest standard, {}: perhaps not a normal "
                        "star",
                100.0 * residual.excess, name) });
    }
}

void RobustConformity::addOtherJudge(
    const mk::Standard& nearest, const Prediction& answer, Findings& findings) const
{
    // Other libraries of the training may go farther than this one (libnor36 to M5).
    const double last = m_atlas->standards().back().temperatureCode;
    const double code = std::min(answer.temperatureCode, last);
    const bool oppositeLuminosity
        = std::abs(static_cast<int>(answer.lc) - static_cast<int>(nearest.group)) > 1;
    const std::string type = mk::print(nearest.type);
    if (std::abs(code - nearest.temperatureCode) > kCodesApart || oppositeLuminosity)
        findings.push_back(
            { { DoubtCode::OtherJudge, {}, fmt::format("{} ({})", nearest.name, type) },
                fmt::format(
                    "the nearest standard, {}, is {}: quite another type", nearest.name, type) });
}

Conformity RobustConformity::judge(const Case& judged) const
{
    const PreparedSpectrum& spectrum = judged.prepared;
    Findings findings
        = pixelDefects(judged.asRead, m_grid.wavelength(m_grid.cropBegin), m_grid.lastAngstrom());
    addCoverage(spectrum, findings);
    addNoise(spectrum, findings);
    if (auto shifted = m_farShift.find(judged.asRead, judged.options.medium))
        findings.push_back(*std::move(shifted));
    addVelocity(spectrum, findings);
    const double noise = noiseOver(robust::binAngstrom(m_grid), spectrum);
    for (Finding& finding : m_lines.findings(judged.blue, noise))
        findings.push_back(std::move(finding));
    addResolution(judged.leastResidual, findings);
    addStranger(judged.leastResidual, judged.answer, findings);
    addOtherJudge(judged.nearest, judged.answer, findings);
    return conformityOf(std::move(findings));
}

} // namespace maury::classify

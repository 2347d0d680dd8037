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
/// A star in air looks as if it moved so much faster when its wavelengths are in vacuum.
constexpr double kVacuumKms = 83.0;

/// The velocity that a spectrum should show if its medium is right; nothing where any would do.
std::optional<double> statedVelocity(
    const PreparedSpectrum& prepared, const spectrum::Spectrum& asRead)
{
    using maury::spectrum::Frame;
    switch (prepared.frame) {
    case Frame::Rest:
        return 0.0;
    case Frame::Barycentric:
    case Frame::Heliocentric:
        return asRead.radialVelocityKms;
    case Frame::Unknown:
        return prepared.medium == maury::spectrum::Medium::Unknown ? std::optional(0.0)
                                                                   : std::nullopt;
    case Frame::Topocentric:
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<Finding> otherMedium(
    const PreparedSpectrum& prepared, const spectrum::Spectrum& asRead)
{
    const bool vacuum = prepared.medium == maury::spectrum::Medium::Vacuum;
    const double shift = vacuum ? -kVacuumKms : kVacuumKms;
    const auto stated = statedVelocity(prepared, asRead);
    if (!stated || !prepared.velocityKms)
        return std::nullopt;
    const double off = *prepared.velocityKms - *stated;
    // Nearer to the shift than to none, or beyond it.
    if (off * shift < 0.5 * shift * shift || std::abs(off) > kLargestRestVelocityKms)
        return std::nullopt;
    const char* other = vacuum ? "air" : "vacuum";
    return Finding { { vacuum ? DoubtCode::PerhapsAir : DoubtCode::PerhapsVacuum,
                         { { "velocity_kms", off } }, {} },
        fmt::format("the velocity is off by {:+.0f} km/s, as if the wavelengths were in {} (by "
                    "{:+.0f} km/s)",
            off, other, shift) };
}

RobustConformity::RobustConformity(
    mk::AtlasPtr atlas, const robust::LogGrid& grid, const robust::VariationSettings& variation)
    : m_atlas(std::move(atlas))
    , m_grid(grid)
    , m_variation(variation)
    , m_lines(*m_atlas, grid)
    , m_balmer(*m_atlas, grid)
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

void RobustConformity::addVelocity(const Case& judged, Findings& findings) const
{
    const PreparedSpectrum& spectrum = judged.prepared;
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
    if (auto finding = otherMedium(spectrum, judged.asRead))
        findings.push_back(*std::move(finding));
}

void RobustConformity::addLines(const Case& judged, Findings& findings) const
{
    const double noise = noiseOver(robust::binAngstrom(m_grid), judged.prepared);
    bool lines = true;
    for (Finding& finding : m_lines.findings(judged.blue, noise)) {
        lines = lines && finding.doubt.code != DoubtCode::NoLines;
        findings.push_back(std::move(finding));
    }
    if (!lines)
        return;
    const double pixelNoise = noiseOver(m_grid.middleStepAngstrom(), judged.prepared);
    if (auto filled = m_balmer.find(judged.blue, pixelNoise))
        findings.push_back(*std::move(filled));
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
    addVelocity(judged, findings);
    addLines(judged, findings);
    addResolution(judged.leastResidual, findings);
    addStranger(judged.leastResidual, judged.answer, findings);
    addOtherJudge(judged.nearest, judged.answer, findings);
    return conformityOf(std::move(findings));
}

} // namespace maury::classify

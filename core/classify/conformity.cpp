#include "core/classify/conformity.h"

#include "core/base/contract.h"
#include "core/classify/statistics.h"
#include "core/preprocess/noise_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::classify {
namespace {

using spectrum::Frame;
using spectrum::Medium;

constexpr int kVariations = 3; ///< of each standard
constexpr std::uint64_t kSeed = 0x636f6e66;
constexpr double kRoom = 1.25; ///< beyond the widest variation, for continuum, velocity and blur
constexpr double kExcessRoom = 1.5; ///< beyond the widest variation of the same standard
constexpr double kNoiseFactor = 2.0; ///< more noise than this times the training's is another kind
/// What a velocity may be: standards themselves are at rest to this.
constexpr double kLeastVelocityLimitKms = 20.0;
constexpr double kFoundVelocityLimitKms = 30.0;
constexpr double kNoiseSigmas = 5.0;
constexpr double kLeastNoise = 1e-4; ///< so that a noiseless variation can be weighed

/// A variation of a standard as if it had been prepared from a file.
PreparedSpectrum variationOf(const mk::Atlas& atlas, std::size_t row,
    const dataset::Augmenter& augmenter, std::uint64_t index)
{
    const auto pixels = atlas.grid().pixels;
    const auto line = static_cast<Eigen::Index>(row);
    PreparedSpectrum spectrum;
    spectrum.flux.resize(pixels);
    augmenter.apply({ atlas.flux().row(line).data(), pixels }, 0, index, spectrum.flux);
    const auto* good = atlas.good().row(line).data();
    spectrum.good.assign(good, good + pixels);
    spectrum::Segment segment;
    segment.wavelengthAngstrom = atlas.grid().wavelengths();
    segment.flux.assign(spectrum.flux.begin(), spectrum.flux.end());
    segment.mask.assign(pixels, 0);
    const auto noise = preprocess::estimateNoise(
        segment, atlas.grid().firstAngstrom, atlas.grid().lastAngstrom());
    // As in prepare(): the estimate is relative to the median flux.
    spectrum.noise = std::max(kLeastNoise, noise ? noise->relative * spectrum.medianFlux() : 0.0);
    return spectrum;
}

/// What the file does not say or what had to be done to the spectrum.
void addHistory(const PreparedSpectrum& spectrum, std::vector<Finding>& findings)
{
    using Code = DoubtCode;
    if (spectrum.rectifiedHere)
        findings.push_back({ { Code::RectifiedHere, {}, {} },
            "not rectified in the file (rectified here by an upper envelope)" });
    if (spectrum.medium == Medium::Unknown)
        findings.push_back({ { Code::MediumUnknown, {}, {} },
            "air or vacuum unknown (taken as air; the difference is 83 km/s)" });
    const auto& velocity = spectrum.velocityKms;
    const std::string frame = spectrum::toString(spectrum.frame);
    if (spectrum.frame == Frame::Unknown && velocity)
        findings.push_back({ { Code::FrameUnknown, { { "velocity_kms", *velocity } }, {} },
            fmt::format("velocity frame unknown ({:+.0f} km/s found and removed)", *velocity) });
    else if (spectrum.frame == Frame::Unknown)
        findings.push_back(
            { { Code::NoVelocity, {}, frame }, "velocity frame unknown and no velocity removed" });
    else if (spectrum.frame != Frame::Rest && !velocity)
        findings.push_back({ { Code::NoVelocity, {}, frame },
            fmt::format("{} wavelengths and no velocity removed", frame) });
    else if (velocity && std::abs(*velocity) > kFoundVelocityLimitKms)
        findings.push_back({ { Code::Velocity, { { "velocity_kms", *velocity } }, {} },
            fmt::format("velocity {:+.0f} km/s found and removed (the training spectra are at "
                        "rest)",
                *velocity) });
}

void addFluxRange(const PreparedSpectrum& spectrum, const ConformityLimits& limits,
    std::vector<Finding>& findings)
{
    const auto [low, high] = std::minmax_element(spectrum.flux.begin(), spectrum.flux.end());
    const double margin = kNoiseSigmas * spectrum.noise;
    const auto lowest = static_cast<double>(*low);
    const auto highest = static_cast<double>(*high);
    if (lowest < limits.lowestFlux - margin || highest > limits.highestFlux + margin)
        findings.push_back({ { DoubtCode::FluxRange,
                                 { { "lowest", lowest }, { "highest", highest },
                                     { "lowest_limit", limits.lowestFlux },
                                     { "highest_limit", limits.highestFlux } },
                                 {} },
            fmt::format("flux from {:.2f} to {:.2f}, in the training library from {:.2f} to {:.2f}",
                lowest, highest, limits.lowestFlux, limits.highestFlux) });
}

void addContinuum(
    const Residual& residual, const ConformityLimits& limits, std::vector<Finding>& findings)
{
    if (std::abs(residual.level - 1.0) > limits.levelOffset)
        findings.push_back(
            { { DoubtCode::ContinuumLevel,
                  { { "level", residual.level }, { "offset_limit", limits.levelOffset } }, {} },
                fmt::format(
                    "continuum level {:.3f} of the nearest standard's (training: 1 ± {:.3f})",
                    residual.level, limits.levelOffset) });
    if (std::abs(residual.slope) > limits.slope || std::abs(residual.curvature) > limits.curvature)
        findings.push_back(
            { { DoubtCode::ContinuumShape,
                  { { "slope", residual.slope }, { "curvature", residual.curvature },
                      { "slope_limit", limits.slope }, { "curvature_limit", limits.curvature } },
                  {} },
                fmt::format("continuum slope {:+.3f} and curvature {:+.3f} against the nearest "
                            "standard (training: ± {:.3f} and ± {:.3f})",
                    residual.slope, residual.curvature, limits.slope, limits.curvature) });
}

void addLines(const Residual& residual, const ConformityLimits& limits, const std::string& name,
    std::vector<Finding>& findings)
{
    if (std::abs(residual.velocityKms) > limits.velocityKms)
        findings.push_back(
            { { DoubtCode::LinesShifted, { { "velocity_kms", residual.velocityKms } }, name },
                fmt::format("lines shifted by {:+.0f} km/s against standard {}",
                    residual.velocityKms, name) });
    if (std::abs(residual.broadening) > limits.broadening) {
        const bool broader = residual.broadening > 0.0;
        const double fwhm = std::abs(residual.broadening);
        findings.push_back(
            { { broader ? DoubtCode::Broader : DoubtCode::Sharper,
                  { { "fwhm_angstrom", fwhm }, { "limit_angstrom", limits.broadening } }, {} },
                fmt::format("lines {} than the training library's: {:.1f} Å FWHM in quadrature "
                            "(training: up to {:.1f} Å)",
                    broader ? "broader" : "sharper", fwhm, limits.broadening) });
    }
    const double limit = limits.excess[residual.row];
    if (residual.excess > limit)
        findings.push_back({ { DoubtCode::Stranger,
                                 { { "percent", 100.0 * residual.excess },
                                     { "limit_percent", 100.0 * limit } },
                                 name },
            fmt::format("differs by {:.2f} % from the nearest standard, {} (the training library's "
                        "variations reach {:.2f} %)",
                100.0 * residual.excess, name, 100.0 * limit) });
}

} // namespace

Finding coverageFinding(const Coverage& coverage, const spectrum::WavelengthGrid& grid)
{
    const auto longest = std::max_element(coverage.missing.begin(), coverage.missing.end(),
        [](const PixelRun& a, const PixelRun& b) { return a.size() < b.size(); });
    EXPECTS(longest != coverage.missing.end());
    return { { DoubtCode::Coverage,
                 { { "missing_percent", 100.0 * coverage.missingShare() },
                     { "from_angstrom", grid.firstAngstrom },
                     { "to_angstrom", grid.lastAngstrom() },
                     { "longest_from_angstrom", grid.wavelength(longest->begin) },
                     { "longest_to_angstrom", grid.wavelength(longest->end - 1) } },
                 {} },
        describe(coverage, grid) };
}

bool isHarmful(const Coverage& coverage)
{
    const bool inside = std::any_of(coverage.missing.begin(), coverage.missing.end(),
        [&](const PixelRun& run) { return !coverage.touchesEdge(run); });
    return inside || coverage.missingShare() > kHarmlessEdgeShare;
}

ConformityTest::ConformityTest(
    mk::AtlasPtr atlas, const dataset::AugmentationSettings& augmentation)
    : m_atlas(std::move(atlas))
    , m_augmentation(augmentation)
{
    const std::size_t count = m_atlas->standards().size();
    const dataset::Augmenter augmenter(m_atlas->grid(), augmentation, kSeed);
    ConformityLimits& limits = m_limits;
    std::vector<double> allExcess;
    std::vector<double> signalToNoise;
    for (std::size_t row = 0; row < count; ++row) {
        double widest = 0.0;
        for (int variation = 0; variation < kVariations; ++variation) {
            const auto spectrum = variationOf(
                *m_atlas, row, augmenter, row * kVariations + static_cast<std::size_t>(variation));
            const Residual residual = residualAgainst(spectrum, *m_atlas, row);
            const auto widen = [](double& limit, double value) {
                limit = std::max(limit, kRoom * std::abs(value));
            };
            widen(limits.levelOffset, residual.level - 1.0);
            widen(limits.slope, residual.slope);
            widen(limits.curvature, residual.curvature);
            widen(limits.velocityKms, residual.velocityKms);
            widen(limits.broadening, residual.broadening);
            widest = std::max(widest, residual.excess);
            allExcess.push_back(residual.excess);
            signalToNoise.push_back(spectrum.signalToNoise());
        }
        limits.excess.push_back(kExcessRoom * widest);
    }
    // A standard whose few variations happened to be small gets the room of the others.
    const double usual = kExcessRoom * percentile(allExcess, 90.0);
    for (double& excess : limits.excess)
        excess = std::max(excess, usual);
    limits.velocityKms = std::max(limits.velocityKms, kLeastVelocityLimitKms);
    limits.signalToNoise = percentile(signalToNoise, 1.0) / kNoiseFactor;
    limits.lowestFlux = static_cast<double>(m_atlas->flux().minCoeff());
    limits.highestFlux = static_cast<double>(m_atlas->flux().maxCoeff());
}

Conformity ConformityTest::judge(
    const PreparedSpectrum& spectrum, const Residual& leastResidual) const
{
    std::vector<Finding> findings;
    if (isHarmful(spectrum.coverage))
        findings.push_back(coverageFinding(spectrum.coverage, m_atlas->grid()));
    addHistory(spectrum, findings);
    if (spectrum.signalToNoise() < m_limits.signalToNoise)
        findings.push_back({ { DoubtCode::SignalToNoise,
                                 { { "signal_to_noise", spectrum.signalToNoise() },
                                     { "trained", std::sqrt(m_augmentation.gain) } },
                                 {} },
            fmt::format("signal to noise {:.0f} a pixel (trained at {:.0f})",
                spectrum.signalToNoise(), std::sqrt(m_augmentation.gain)) });
    addFluxRange(spectrum, m_limits, findings);
    addContinuum(leastResidual, m_limits, findings);
    addLines(leastResidual, m_limits, m_atlas->standards()[leastResidual.row].name, findings);
    return conformityOf(std::move(findings));
}

} // namespace maury::classify

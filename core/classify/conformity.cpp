#include "core/classify/conformity.h"

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

std::string coverageReason(const PreparedSpectrum& spectrum, const mk::Atlas& atlas)
{
    const Coverage& coverage = spectrum.coverage;
    const bool inside = std::any_of(coverage.missing.begin(), coverage.missing.end(),
        [&](const PixelRun& run) { return !coverage.touchesEdge(run); });
    return inside || coverage.missingShare() > kHarmlessEdgeShare ? describe(coverage, atlas.grid())
                                                                  : std::string();
}

/// What the file does not say or what had to be done to the spectrum.
void addHistory(const PreparedSpectrum& spectrum, std::vector<std::string>& reasons)
{
    if (spectrum.rectifiedHere)
        reasons.push_back("not rectified in the file (rectified here by an upper envelope)");
    if (spectrum.medium == Medium::Unknown)
        reasons.push_back("air or vacuum unknown (taken as air; the difference is 83 km/s)");
    if (spectrum.frame == Frame::Unknown)
        reasons.push_back(spectrum.velocityKms
                ? fmt::format("velocity frame unknown ({:+.0f} km/s found and removed)",
                    *spectrum.velocityKms)
                : "velocity frame unknown and no velocity removed");
    else if (spectrum.frame != Frame::Rest && !spectrum.velocityKms)
        reasons.push_back(fmt::format(
            "{} wavelengths and no velocity removed", spectrum::toString(spectrum.frame)));
    else if (spectrum.velocityKms && std::abs(*spectrum.velocityKms) > kFoundVelocityLimitKms)
        reasons.push_back(fmt::format("velocity {:+.0f} km/s found and removed (the training "
                                      "spectra are at rest)",
            *spectrum.velocityKms));
}

void addFluxRange(const PreparedSpectrum& spectrum, const ConformityLimits& limits,
    std::vector<std::string>& reasons)
{
    const auto [low, high] = std::minmax_element(spectrum.flux.begin(), spectrum.flux.end());
    const double margin = kNoiseSigmas * spectrum.noise;
    const auto lowest = static_cast<double>(*low);
    const auto highest = static_cast<double>(*high);
    if (lowest < limits.lowestFlux - margin || highest > limits.highestFlux + margin)
        reasons.push_back(fmt::format("flux from {:.2f} to {:.2f}, in the training library from "
                                      "{:.2f} to {:.2f}",
            lowest, highest, limits.lowestFlux, limits.highestFlux));
}

void addContinuum(
    const Residual& residual, const ConformityLimits& limits, std::vector<std::string>& reasons)
{
    if (std::abs(residual.level - 1.0) > limits.levelOffset)
        reasons.push_back(fmt::format("continuum level {:.3f} of the nearest standard's (training: "
                                      "1 ± {:.3f})",
            residual.level, limits.levelOffset));
    if (std::abs(residual.slope) > limits.slope || std::abs(residual.curvature) > limits.curvature)
        reasons.push_back(fmt::format("continuum slope {:+.3f} and curvature {:+.3f} against the "
                                      "nearest standard (training: ± {:.3f} and ± {:.3f})",
            residual.slope, residual.curvature, limits.slope, limits.curvature));
}

} // namespace

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
    std::vector<std::string> reasons;
    if (std::string reason = coverageReason(spectrum, *m_atlas); !reason.empty())
        reasons.push_back(std::move(reason));
    addHistory(spectrum, reasons);
    if (spectrum.signalToNoise() < m_limits.signalToNoise)
        reasons.push_back(fmt::format("signal to noise {:.0f} a pixel (trained at {:.0f})",
            spectrum.signalToNoise(), std::sqrt(m_augmentation.gain)));
    addFluxRange(spectrum, m_limits, reasons);
    addContinuum(leastResidual, m_limits, reasons);
    const std::string& name = m_atlas->standards()[leastResidual.row].name;
    if (std::abs(leastResidual.velocityKms) > m_limits.velocityKms)
        reasons.push_back(fmt::format(
            "lines shifted by {:+.0f} km/s against standard {}", leastResidual.velocityKms, name));
    if (std::abs(leastResidual.broadening) > m_limits.broadening)
        reasons.push_back(
            fmt::format("lines {} than the training library's: {:.1f} Å FWHM in quadrature "
                        "(training: up to {:.1f} Å)",
                leastResidual.broadening > 0.0 ? "broader" : "sharper",
                std::abs(leastResidual.broadening), m_limits.broadening));
    if (leastResidual.excess > m_limits.excess[leastResidual.row])
        reasons.push_back(fmt::format("differs by {:.2f} % from the nearest standard, {} (the "
                                      "training library's variations reach {:.2f} %)",
            100.0 * leastResidual.excess, name, 100.0 * m_limits.excess[leastResidual.row]));
    return { reasons.empty(), std::move(reasons) };
}

} // namespace maury::classify

#include "core/robust/variation.h"

#include "core/base/contract.h"
#include "core/base/random_block.h"
#include "core/dataset/broadening.h"
#include "core/dataset/wavelength_warp.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/gaussian_blur.h"
#include "core/robust/local_continuum.h"
#include "core/robust/range_check.h"
#include "core/robust/rotation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace maury::robust {
namespace {

using base::Result;

constexpr std::uint64_t kNoiseStream = 1;
constexpr double kNeighbourReach = 2.0; ///< codes of temperature and of luminosity
constexpr double kLargestMix = 0.5;
constexpr double kLimbDarkening = 0.6;
constexpr double kSlowestKms = 30.0;
constexpr double kFastestKms = 330.0;
constexpr double kFastUpToCode = 23.0; ///< F0
constexpr double kSlowFromCode = 27.0; ///< F8
/// So that Σ N(0, σ) cos(kπu) over six terms has a standard deviation near σ.
constexpr double kShapeNorm = 1.7;

} // namespace

Result<void> validate(const VariationSettings& settings)
{
    constexpr double kWidest = 20.0; // Å; no class is told apart beyond
    for (const auto& check : { inRange("--mix-share", settings.mixShare, 0.0, 1.0),
             inRange("--native-fwhm", settings.nativeFwhmAngstrom, 0.1, kWidest),
             inRange("--widest-fwhm", settings.widestFwhmAngstrom, settings.nativeFwhmAngstrom,
                 kWidest),
             inRange("--rotation-share", settings.rotationShare, 0.0, 1.0),
             inRange("--velocity-sigma", settings.velocitySigmaKms, 0.0, 600.0),
             inRange("--depth-sigma", settings.depthSigma, 0.0, 1.0),
             inRange("--depth-shape-sigma", settings.depthShapeSigma, 0.0, 1.0),
             inRange("--continuum-shape-sigma", settings.continuumSigma, 0.0, 2.0),
             inRange("--lowest-snr", settings.lowestSignalToNoise, 1.0, 1e6),
             inRange("--highest-snr", settings.highestSignalToNoise, settings.lowestSignalToNoise,
                 1e6) })
        if (!check)
            return check;
    return {};
}

double fastestRotationKms(double temperatureCode)
{
    const double cool
        = std::clamp((temperatureCode - kFastUpToCode) / (kSlowFromCode - kFastUpToCode), 0.0, 1.0);
    return kFastestKms + cool * (kSlowestKms - kFastestKms);
}

VariationMaker::VariationMaker(
    Standards standards, const VariationSettings& settings, std::uint64_t seed)
    : m_standards(std::move(standards))
    , m_settings(settings)
    , m_stream(seed)
    , m_neighbours(m_standards.size())
    , m_cosines(kShapeTerms * m_standards.grid.pixels)
{
    for (std::size_t a = 0; a < m_standards.size(); ++a)
        for (std::size_t b = 0; b < m_standards.size(); ++b) {
            const auto near = [&](const std::vector<double>& codes) {
                return std::abs(codes[a] - codes[b]) <= kNeighbourReach;
            };
            if (a != b && near(m_standards.temperatureCode) && near(m_standards.luminosityCode))
                m_neighbours[a].push_back(b);
        }
    const std::size_t pixels = m_standards.grid.pixels;
    for (std::size_t term = 0; term < kShapeTerms; ++term)
        for (std::size_t pixel = 0; pixel < pixels; ++pixel)
            m_cosines[term * pixels + pixel]
                = static_cast<float>(std::cos(static_cast<double>((term + 1) * pixel)
                    * std::numbers::pi / static_cast<double>(pixels - 1)));
}

base::RandomStream VariationMaker::stream(std::uint64_t step, std::uint64_t index) const
{
    return m_stream.split(step).split(index);
}

Variation VariationMaker::variation(std::uint64_t step, std::uint64_t index) const
{
    base::RandomStream random = stream(step, index);
    Variation v;
    // Every number is drawn whether or not its step is on: switching one off leaves the others.
    v.standard = m_standards.draw(random.uniform());
    const auto& neighbours = m_neighbours[v.standard];
    const bool mixed = random.uniform() < m_settings.mixShare && !neighbours.empty();
    const double which = random.uniform();
    const double share = kLargestMix * random.uniform();
    v.partner = mixed
        ? neighbours[static_cast<std::size_t>(which * static_cast<double>(neighbours.size()))]
        : v.standard;
    v.mix = mixed ? share : 0.0;
    const auto blended = [&](const std::vector<double>& codes) {
        return (1.0 - v.mix) * codes[v.standard] + v.mix * codes[v.partner];
    };
    v.temperatureCode = blended(m_standards.temperatureCode);
    v.luminosityCode = blended(m_standards.luminosityCode);
    v.ownFwhmAngstrom
        = std::max(m_standards.fwhmAngstrom[v.standard], m_standards.fwhmAngstrom[v.partner]);
    v.fwhmAngstrom = v.ownFwhmAngstrom
        + random.uniform() * std::max(0.0, m_settings.widestFwhmAngstrom - v.ownFwhmAngstrom);
    const bool rotates
        = random.uniform() < m_settings.rotationShare && v.temperatureCode < kSlowFromCode;
    const double speed = random.uniform();
    if (rotates)
        v.rotationKms = kSlowestKms + speed * (fastestRotationKms(v.temperatureCode) - kSlowestKms);
    v.velocityKms = m_settings.velocitySigmaKms * random.normal();
    v.depth = m_settings.depthSigma * random.normal();
    for (double& term : v.depthShape)
        term = m_settings.depthShapeSigma * random.normal() / kShapeNorm;
    for (std::size_t k = 0; k < kShapeTerms; ++k)
        v.continuumShape[k]
            = m_settings.continuumSigma * random.normal() / static_cast<double>(k + 1);
    v.signalToNoise = m_settings.lowestSignalToNoise
        * std::pow(
            m_settings.highestSignalToNoise / m_settings.lowestSignalToNoise, random.uniform());
    return v;
}

void VariationMaker::make(std::uint64_t step, std::uint64_t index, std::span<float> flux) const
{
    EXPECTS(flux.size() == m_standards.grid.pixels);
    const Variation v = variation(step, index);
    std::vector<float> scratch(flux.size());
    blend(v, flux);
    broadenLines(v, flux, scratch);
    shift(v.velocityKms, flux, scratch);
    changeDepth(v, flux, scratch);
    std::fill(scratch.begin(), scratch.end(), 0.0F);
    addCosines(v.continuumShape, scratch);
    for (std::size_t pixel = 0; pixel < flux.size(); ++pixel)
        flux[pixel] *= std::exp(scratch[pixel]);
    addNoise(v.signalToNoise, stream(step, index).split(kNoiseStream), flux, scratch);
}

void VariationMaker::blend(const Variation& variation, std::span<float> flux) const
{
    const std::size_t pixels = flux.size();
    const float* own = m_standards.flux.data() + variation.standard * pixels;
    const float* other = m_standards.flux.data() + variation.partner * pixels;
    const auto share = static_cast<float>(variation.mix);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
        flux[pixel] = (1.0F - share) * own[pixel] + share * other[pixel];
}

void VariationMaker::broadenLines(
    const Variation& variation, std::span<float> flux, std::span<float> scratch) const
{
    const double native = variation.ownFwhmAngstrom;
    // One width in pixels for the whole grid: that of its middle, right to 9 % at its ends.
    const double sigmaAngstrom
        = std::sqrt(
              std::max(0.0, variation.fwhmAngstrom * variation.fwhmAngstrom - native * native))
        / preprocess::kFwhmPerSigma;
    dataset::broaden(flux,
        dataset::broadeningKernel(sigmaAngstrom / m_standards.grid.middleStepAngstrom()), scratch);
    const double reach
        = std::log(preprocess::dopplerFactor(variation.rotationKms)) / m_standards.grid.step;
    dataset::broaden(scratch, rotationKernel(reach, kLimbDarkening), flux);
}

void VariationMaker::shift(
    double velocityKms, std::span<float> flux, std::span<float> scratch) const
{
    const double pixels = std::log(preprocess::dopplerFactor(velocityKms)) / m_standards.grid.step;
    std::copy(flux.begin(), flux.end(), scratch.begin());
    dataset::warpWavelengths(scratch, { -pixels, 0.0 }, flux);
}

void VariationMaker::changeDepth(
    const Variation& variation, std::span<float> flux, std::span<float> scratch) const
{
    std::vector<float> mean(flux.size());
    runningMean(flux, m_standards.grid.localWindow(), mean);
    std::fill(scratch.begin(), scratch.end(), static_cast<float>(1.0 + variation.depth));
    addCosines(variation.depthShape, scratch);
    for (std::size_t pixel = 0; pixel < flux.size(); ++pixel)
        flux[pixel] = mean[pixel] + (flux[pixel] - mean[pixel]) * scratch[pixel];
}

void VariationMaker::addCosines(const Shape& shape, std::span<float> sum) const
{
    const std::size_t pixels = sum.size();
    for (std::size_t term = 0; term < kShapeTerms; ++term) {
        const auto coefficient = static_cast<float>(shape[term]);
        const float* cosine = m_cosines.data() + term * pixels;
        for (std::size_t pixel = 0; pixel < pixels; ++pixel)
            sum[pixel] += coefficient * cosine[pixel];
    }
}

void VariationMaker::addNoise(double signalToNoise, const base::RandomStream& stream,
    std::span<float> flux, std::span<float> scratch) const
{
    base::fillStandardNormals(stream.key(), 0, scratch);
    const auto level = static_cast<float>(1.0 / signalToNoise);
    for (std::size_t pixel = 0; pixel < flux.size(); ++pixel)
        flux[pixel] += level * std::sqrt(std::max(0.0F, flux[pixel])) * scratch[pixel];
}

} // namespace maury::robust

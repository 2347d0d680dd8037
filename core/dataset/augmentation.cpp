#include "core/dataset/augmentation.h"

#include "core/dataset/broadening.h"
#include "core/dataset/continuum.h"
#include "core/dataset/noise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace maury::dataset {
namespace {

// Streams of one variation.
constexpr std::uint64_t kParameters = 0;
constexpr std::uint64_t kNoise = 1;

struct Range {
    const char* name;
    double AugmentationSettings::*value;
    double maximum;
};

// The upper ends keep seven sigma harmless: the wavelength scale stays increasing, kernels stay
// below kMaximumBroadening.
constexpr Range kRanges[] = {
    { "registration-sigma", &AugmentationSettings::registrationSigmaAngstrom, 100.0 },
    { "registration-linear-sigma", &AugmentationSettings::registrationLinearSigma, 0.1 },
    { "doppler-sigma", &AugmentationSettings::dopplerSigmaKms, 10000.0 },
    { "continuum-sigma0", &AugmentationSettings::continuumSigma0, 1.0 },
    { "continuum-sigma1", &AugmentationSettings::continuumSigma1, 1.0 },
    { "continuum-sigma2", &AugmentationSettings::continuumSigma2, 1.0 },
    { "broadening-sigma", &AugmentationSettings::broadeningSigmaPixels, 10.0 },
};
constexpr double kMinimumGain = 1e-3;
constexpr double kMaximumGain = 1e9;

bool warps(const AugmentationSettings& settings)
{
    return settings.registrationSigmaAngstrom > 0.0 || settings.registrationLinearSigma > 0.0
        || settings.dopplerSigmaKms > 0.0;
}

bool tilts(const AugmentationSettings& settings)
{
    return settings.continuumSigma0 > 0.0 || settings.continuumSigma1 > 0.0
        || settings.continuumSigma2 > 0.0;
}

Variation drawVariation(const AugmentationSettings& settings, base::RandomStream stream)
{
    Variation drawn;
    drawn.wavelength.registrationAngstrom = settings.registrationSigmaAngstrom * stream.normal();
    drawn.wavelength.registrationLinear = settings.registrationLinearSigma * stream.normal();
    drawn.wavelength.velocityKms = settings.dopplerSigmaKms * stream.normal();
    drawn.continuum[0] = settings.continuumSigma0 * stream.normal();
    drawn.continuum[1] = settings.continuumSigma1 * stream.normal();
    drawn.continuum[2] = settings.continuumSigma2 * stream.normal();
    drawn.broadeningPixels = std::abs(settings.broadeningSigmaPixels * stream.normal());
    return drawn;
}

} // namespace

std::string toString(NoiseLaw law)
{
    return law == NoiseLaw::Poisson ? "poisson" : "gaussian";
}

base::Result<void> validate(const AugmentationSettings& settings)
{
    for (const Range& range : kRanges) {
        const double value = settings.*range.value;
        if (!(value >= 0.0 && value <= range.maximum)) // also refuses NaN
            return base::failure(base::ErrorCode::OptionInvalid, range.name,
                fmt::format("{}", value), fmt::format("0 … {}", range.maximum));
    }
    const double gain = settings.gain;
    if (gain != 0.0 && !(gain >= kMinimumGain && gain <= kMaximumGain))
        return base::failure(base::ErrorCode::OptionInvalid, "gain", fmt::format("{}", gain),
            fmt::format("0 (no noise) or {} … {}", kMinimumGain, kMaximumGain));
    return {};
}

Augmenter::Augmenter(
    spectrum::WavelengthGrid grid, AugmentationSettings settings, std::uint64_t seed)
    : m_grid(grid)
    , m_settings(settings)
    , m_stream(seed)
{
    EXPECTS(validate(settings).has_value());
    EXPECTS(grid.pixels > 0);
}

base::RandomStream Augmenter::stream(std::uint32_t epoch, std::uint64_t index) const
{
    return m_stream.split(epoch).split(index);
}

Variation Augmenter::variation(std::uint32_t epoch, std::uint64_t index) const
{
    return drawVariation(m_settings, stream(epoch, index).split(kParameters));
}

void Augmenter::apply(std::span<const float> flux, std::uint32_t epoch, std::uint64_t index,
    std::span<float> out) const
{
    EXPECTS(flux.size() == m_grid.pixels && out.size() == m_grid.pixels);
    const base::RandomStream own = stream(epoch, index);
    const Variation drawn = drawVariation(m_settings, own.split(kParameters));
    const bool broadens = m_settings.broadeningSigmaPixels > 0.0;

    // Broadening needs the spectrum before it beside its result.
    const auto scratch = broadens ? std::make_unique_for_overwrite<float[]>(flux.size()) : nullptr;
    const std::span<float> varied = broadens ? std::span(scratch.get(), flux.size()) : out;
    if (warps(m_settings))
        warpWavelengths(flux, pixelShift(m_grid, drawn.wavelength), varied);
    else
        std::copy(flux.begin(), flux.end(), varied.begin());
    if (tilts(m_settings))
        multiplyContinuum(varied, drawn.continuum);
    if (broadens)
        broaden(varied, broadeningKernel(drawn.broadeningPixels), out);
    if (m_settings.gain > 0.0) {
        const base::RandomStream noise = own.split(kNoise);
        if (m_settings.noise == NoiseLaw::Poisson)
            addPoissonNoise(out, m_settings.gain, noise);
        else
            addGaussianNoise(out, m_settings.gain, noise);
    }
}

} // namespace maury::dataset

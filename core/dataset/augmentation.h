#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/dataset/wavelength_warp.h"
#include "core/spectrum/wavelength_grid.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace maury::dataset {

enum class NoiseLaw {
    Poisson, ///< exact at every flux: the paper's
    Gaussian ///< mean and variance of the Poisson law; faster
};

[[nodiscard]] std::string toString(NoiseLaw law); ///< "poisson", "gaussian"

/// The five augmentations of the paper (AutoClassMK, Short 2026), defaults as published. A sigma of
/// zero switches its step off.
struct AugmentationSettings {
    double registrationSigmaAngstrom = 0.030; ///< zero point of the wavelength scale
    double registrationLinearSigma = 2.0e-5; ///< linear term, relative to the middle of the grid
    double dopplerSigmaKms = 1.0;
    double continuumSigma0 = 2e-3; ///< polynomial on [−1, 1] over the grid: constant,
    double continuumSigma1 = 5e-3; ///< linear,
    double continuumSigma2 = 3e-3; ///< quadratic term
    double broadeningSigmaPixels = 0.3; ///< kernel width = |N(0, this)|
    double gain = 5000.0; ///< photons at flux 1 (S/N ≈ 70); 0 = no noise
    NoiseLaw noise = NoiseLaw::Poisson;

    bool operator==(const AugmentationSettings&) const = default;
};

/// Errors: OptionInvalid naming the setting, its value and its range.
[[nodiscard]] base::Result<void> validate(const AugmentationSettings& settings);

/// What one variation does to a spectrum, apart from its noise.
struct Variation {
    WavelengthShift wavelength;
    std::array<double, 3> continuum {}; ///< coefficients of 1, x, x²
    double broadeningPixels = 0.0; ///< standard deviation of the kernel
};

/// Makes variations of spectra. A variation is a pure function of (seed, epoch, index): the same
/// numbers whatever was made before, in whatever order or thread. With every sigma and the gain
/// zero it is the spectrum itself, bit for bit. The steps, in this order (a, b, v, c0, c1, c2, w
/// normal about 0 with the settings' sigmas, drawn whether or not their step is on, so that
/// switching one off leaves the others):
///  1. wavelengths: a feature at λ Å appears at λ′ = λ (1 + v/c), then λ′ + a + b (λ′ − middle of
///  the grid)
///     (warpWavelengths: one interpolation of degree 5 for the three terms; ends repeated);
///  2. continuum: flux × (1 + c0 + c1 x + c2 x²), x from −1 to 1 over the grid;
///  3. broadening: convolution with a discrete Gaussian of standard deviation |w| pixels; ends
///  repeated;
///  4. photon noise: K / gain with K ~ Poisson(gain · flux), or the normal law of the same mean and
///  variance
///     (flux ≤ 0 gives 0).
class Augmenter {
public:
    /// Precondition: validate(settings) succeeds.
    Augmenter(spectrum::WavelengthGrid grid, AugmentationSettings settings, std::uint64_t seed);

    /// Overwrites `out` [pixels] with variation (epoch, index) of `flux` [pixels]. Thread-safe.
    /// Precondition: the two do not overlap.
    void apply(std::span<const float> flux, std::uint32_t epoch, std::uint64_t index,
        std::span<float> out) const;

    /// The numbers that apply() draws for variation (epoch, index).
    [[nodiscard]] Variation variation(std::uint32_t epoch, std::uint64_t index) const;

    [[nodiscard]] const AugmentationSettings& settings() const { return m_settings; }

private:
    [[nodiscard]] base::RandomStream stream(std::uint32_t epoch, std::uint64_t index) const;

    spectrum::WavelengthGrid m_grid;
    AugmentationSettings m_settings;
    base::RandomStream m_stream;
};

} // namespace maury::dataset

#pragma once

#include "core/base/result.h"
#include "core/spectrum/wavelength_grid.h"

#include <cstdint>
#include <span>

namespace maury::dataset {

enum class NoiseLaw {
    Poisson, ///< exact at every flux: the paper's
    Gaussian ///< mean and variance of the Poisson law; faster
};

/// The five augmentations of the paper (AutoClassMK, Short 2026), defaults as published. A sigma of zero
/// switches its step off.
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

/// Makes variations of spectra. A variation is a pure function of (seed, epoch, index): the same numbers
/// whatever was made before, in whatever order or thread.
class Augmenter {
public:
    /// Precondition: validate(settings) succeeds.
    Augmenter(spectrum::WavelengthGrid grid, AugmentationSettings settings, std::uint64_t seed);

    /// Overwrites `out` [pixels] with variation (epoch, index) of `flux` [pixels]. Thread-safe.
    void apply(std::span<const float> flux, std::uint32_t epoch, std::uint64_t index,
        std::span<float> out) const;

    [[nodiscard]] const AugmentationSettings& settings() const { return m_settings; }

private:
    spectrum::WavelengthGrid m_grid;
    AugmentationSettings m_settings;
    std::uint64_t m_seed;
};

} // namespace maury::dataset

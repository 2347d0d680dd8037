#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace maury::preprocess {

/// Pixels that spectra of all sources are brought to: wavelength(i) = first + i · step, or
/// first · exp(i · step).
struct TargetGrid {
    std::string name; ///< "survey"; for people and files
    spectrum::Medium medium = spectrum::Medium::Vacuum; ///< of its wavelengths
    bool logarithmic = true;
    double firstAngstrom = 0.0;
    double step = 0.0; ///< Å, or of ln λ
    std::size_t pixels = 0;
    /// λ/FWHM of the Gaussian line spread function that spectra are brought to; nothing: they keep
    /// their own.
    std::optional<double> resolvingPower;

    [[nodiscard]] double wavelength(double pixel) const;
    /// The pixel (not whole) at a wavelength: the inverse of wavelength().
    [[nodiscard]] double pixelAt(double wavelengthAngstrom) const;
    [[nodiscard]] double lastAngstrom() const;
    /// The centres of `count` pixels from `first` on.
    [[nodiscard]] std::vector<double> wavelengths(std::size_t first, std::size_t count) const;
    bool operator==(const TargetGrid&) const = default;
};

/// "mk": 3800–4599.5 Å in steps of 0.5 Å (air; Short 2026). "mk-log": the same range in steps of
/// 2e-4 of ln λ. "survey": 3500–17000 Å (vacuum) in steps of 5e-5 of ln λ, two pixels per FWHM of
/// its resolving power of 10000. "survey-1e-4": the same in steps of 1e-4, one pixel per FWHM: for
/// comparison with older work only, as it undersamples. Errors: OptionInvalid.
[[nodiscard]] base::Result<TargetGrid> namedGrid(const std::string& name);
[[nodiscard]] const std::vector<std::string>& gridNames();

} // namespace maury::preprocess

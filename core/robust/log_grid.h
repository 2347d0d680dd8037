#pragma once

#include "core/spectrum/wavelength_grid.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maury::robust {

/// A grid of equal steps of ln λ (air): a radial velocity moves all lines by the same number of
/// pixels. λ(i) = first · exp(i · step). The network sees the pixels of the crop; those outside
/// lend the running mean (local_continuum.h) their flux.
struct LogGrid {
    double firstAngstrom = 0.0;
    double step = 0.0; ///< of ln λ
    std::size_t pixels = 0;
    std::size_t cropBegin = 0;
    std::size_t cropPixels = 0;

    [[nodiscard]] double wavelength(std::size_t pixel) const;
    [[nodiscard]] double lastAngstrom() const { return wavelength(pixels - 1); }
    [[nodiscard]] std::vector<double> wavelengths() const; ///< [pixels]
    /// Å of a pixel in the middle of the grid.
    [[nodiscard]] double middleStepAngstrom() const;
    /// Pixels (odd) of the running mean that stands for the local continuum: ≈ 80 Å.
    [[nodiscard]] std::size_t localWindow() const;
    [[nodiscard]] bool isCropped(std::size_t pixel) const
    {
        return pixel >= cropBegin && pixel < cropBegin + cropPixels;
    }
    bool operator==(const LogGrid&) const = default;
};

/// The grid of the blue recipe: steps of 2e-4 (60 km/s), 3830–4612 Å, of which the network sees the
/// 853 pixels from 3870 to 4590 Å. It ends earlier when `lastAngstrom`, the end of the training
/// library, does (the built-in atlas ends at 4599.5 Å). Precondition: lastAngstrom ≥ 4591.
[[nodiscard]] LogGrid blueGrid(double lastAngstrom);

/// Where the standards must reach for blueGrid().
inline constexpr double kBlueGridNeeds = 4591.0;

/// The grid of the wide variant, for libraries of 3.6 Å: steps of 3e-4 (90 km/s), 3830–5560 Å, of
/// which the network sees 3870–5540 Å.
[[nodiscard]] LogGrid wideGrid();

/// Where standards and spectra must reach for wideGrid().
inline constexpr double kWideGridNeeds = 5560.0;
inline constexpr double kWideSpectraNeed = 5540.0;
/// FWHM in Å by which spectra are blurred for the wide networks: what leads from 1.8 Å, the
/// sharpest that the blue ones know, to the 3.6 Å of the wide library, so that no spectrum is
/// sharper than anything the wide networks have seen.
inline constexpr double kWideBlurAngstrom = 3.12;

/// The linear grid on which libraries are read and spectra prepared for the robust protocol:
/// 3800–4619.5 Å in steps of 0.5 Å, all that libr18 has.
[[nodiscard]] constexpr spectrum::WavelengthGrid libraryGrid()
{
    return { 3800.0, 0.5, 1640 };
}

/// The same for the wide variant: 3800–5599 Å in steps of 1 Å, all that libnor36 has.
[[nodiscard]] constexpr spectrum::WavelengthGrid wideLibraryGrid()
{
    return { 3800.0, 1.0, 1800 };
}

/// A spectrum on a LogGrid.
struct LogSpectrum {
    std::vector<float> flux; ///< [pixels]; those not good hold the nearest good flux
    std::vector<std::uint8_t> good; ///< [pixels]
};

/// Brings a spectrum from a linear grid to `grid` (preprocess::resample: means weighted by exact
/// overlap, as these pixels are wider than 0.5 Å) and divides it by its median. All pixels are bad
/// when the median is not positive. flux, good: [from.pixels].
[[nodiscard]] LogSpectrum toLogGrid(std::span<const float> flux, std::span<const std::uint8_t> good,
    const spectrum::WavelengthGrid& from, const LogGrid& grid);

} // namespace maury::robust

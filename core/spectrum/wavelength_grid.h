#pragma once

#include <cstddef>
#include <vector>

namespace maury::spectrum {

/// A regular wavelength grid in air Å: wavelength(i) = first + i · step.
struct WavelengthGrid {
    double firstAngstrom = 0.0;
    double stepAngstrom = 0.0;
    std::size_t pixels = 0;

    [[nodiscard]] double wavelength(std::size_t pixel) const
    {
        return firstAngstrom + stepAngstrom * static_cast<double>(pixel);
    }
    [[nodiscard]] double lastAngstrom() const { return wavelength(pixels - 1); }
    [[nodiscard]] std::vector<double> wavelengths() const; ///< [pixels]
    bool operator==(const WavelengthGrid&) const = default;
};

/// The paper's grid: 1600 pixels, 3800–4599.5 Å (air) in steps of 0.5 Å (Short 2026).
[[nodiscard]] constexpr WavelengthGrid mkGrid() { return { 3800.0, 0.5, 1600 }; }

} // namespace maury::spectrum

#pragma once

namespace maury::ui {

/// How spectra are shown as on a photographic plate.
struct PlateStyle {
    bool negative = true; ///< light lines on dark, as on the plate itself
    bool colour = false; ///< each wavelength in its colour
    bool plateScale = false; ///< kPlateScale on the screen, else the range of the plot beside it

    bool operator==(const PlateStyle&) const = default;
};

/// Å in a millimetre of a plate: a dispersion at which MK types are given.
inline constexpr double kPlateScale = 67.0;

} // namespace maury::ui

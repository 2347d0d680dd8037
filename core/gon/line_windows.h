#pragma once

#include "core/base/result.h"
#include "core/gon/spectrum_set.h"

#include <string>
#include <vector>

namespace maury::gon {

/// A range around a line that can weigh more than the rest.
struct LineWindow {
    std::string name; ///< "Hδ", "Mg 15740.7"
    WavelengthRange range;
    double lineAngstrom = 0.0; ///< where the line itself is, same medium
};

/// Windows of the survey lines: "mk" (classification lines, ±4 Å, air), "galah" (±1.5 Å, air),
/// "apogee" (±3 Å, the air wavelengths of the literature brought to vacuum), "none" (empty).
/// Errors: OptionUnknown.
[[nodiscard]] base::Result<std::vector<LineWindow>> defaultWindows(const std::string& name);

/// [pixels]: `weight` inside of any window, 1 outside. Precondition: weight > 0.
[[nodiscard]] std::vector<float> windowWeights(const std::vector<double>& wavelengthAngstrom,
    const std::vector<LineWindow>& windows, double weight);

} // namespace maury::gon

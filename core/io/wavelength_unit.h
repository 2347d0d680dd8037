#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// How a file counts wavelengths: Å = factor · value, or 10^value when `logarithm`.
struct WavelengthUnit {
    double angstromPerUnit = 1.0;
    bool logarithm = false;
    std::string name = "Å";
};

/// The unit that a column name or a FITS unit string states: Å, nm, µm, m, cm, or log10 of Å
/// ("loglam"). Nothing when the text states none.
[[nodiscard]] std::optional<WavelengthUnit> unitFromText(std::string_view text);

/// The unit that a range of optical wavelengths suggests: 1150 … 1e6 is Å, 100 … 1150 nm, 0.1 … 2.7
/// µm; nothing for other ranges.
[[nodiscard]] std::optional<WavelengthUnit> unitFromRange(double shortest, double longest);

/// Brings the wavelengths of a column to Å by its unit, else by its name ("loglam", "wave_nm"),
/// else by their range; says in `warnings` what it converted or guessed. Errors: ValueInvalid for a
/// unit that is none of wavelength, WavelengthsInvalid where nothing tells. Precondition: not
/// empty.
[[nodiscard]] base::Result<void> convertToAngstrom(std::vector<double>& wavelengths,
    const std::string& unit, const std::string& name, const std::string& place,
    std::vector<std::string>& warnings);

} // namespace maury::io

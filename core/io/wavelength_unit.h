#pragma once

#include <optional>
#include <string>
#include <string_view>

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

} // namespace maury::io

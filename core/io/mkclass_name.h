#pragma once

#include <optional>
#include <string_view>

namespace maury::io {

/// What the name of a file of an MKCLASS library says: `t160l50p00` is code 16.0 (A0),
/// luminosity 5.0 (V).
struct MkclassName {
    double temperatureCode = 0.0;
    double luminosityCode = 0.0;
};

/// Reads `tNNNlnnp00.rbn`; nothing for any other name (the libraries hold solar metallicity, p00,
/// alone).
[[nodiscard]] std::optional<MkclassName> parseMkclassFileName(std::string_view fileName);

} // namespace maury::io

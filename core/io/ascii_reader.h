#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <filesystem>
#include <string_view>

namespace maury::io {

/// Reads text in columns: wavelength, flux and perhaps an error (or ivar and mask, by name). Files
/// named like those of the MKCLASS libraries are in air and at rest, which their naming says; any
/// other text says nothing of medium and frame unless its header does. Errors: see readSpectrum;
/// they name the line.
[[nodiscard]] base::Result<spectrum::Spectrum> readAscii(
    std::string_view text, const std::filesystem::path& file);

} // namespace maury::io

#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <filesystem>
#include <string_view>

namespace maury::io {

/// Reads a VOTable (IVOA): the first table with columns of wavelength and flux, by data model, UCD
/// or name; its rows are pixels, or hold a spectrum each (segments). TABLEDATA, BINARY and BINARY2.
/// Medium by UCD, frame by the data model's SpectralFrame.RefPos; object and position from PARAMs.
/// Errors: FileDamaged (no well-formed XML), FormatUnknown (no such table), FileTruncated,
/// ValueInvalid, WavelengthsInvalid; they name file and table.
[[nodiscard]] base::Result<spectrum::Spectrum> readVotable(
    std::string_view text, const std::filesystem::path& file);

} // namespace maury::io

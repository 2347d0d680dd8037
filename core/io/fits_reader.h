#pragma once

#include "core/base/result.h"
#include "core/io/read_options.h"

#include <filesystem>

namespace maury::io {

/// Reads a FITS file, compressed or not, by the first layout that recognises it: the surveys',
/// IRAF's, any table with wavelength and flux, one row of pixels. Errors: as readSpectrum.
[[nodiscard]] base::Result<spectrum::Spectrum> readFits(
    const std::filesystem::path& file, const ReadOptions& options);

} // namespace maury::io

#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <filesystem>

namespace maury::io {

/// Reads a FITS file that holds nothing but one row of pixels with a linear or logarithmic
/// wavelength scale (CRVAL1, CDELT1 or CD1_1, CRPIX1, CTYPE1, CUNIT1, DC-FLAG), in its primary or
/// first image HDU. Any other layout is FormatUnknown with what the file holds: its errors, masks
/// and frames need a reader that knows it. STELIB files are in air and at rest (measured; the
/// header's velocity is not applied).
[[nodiscard]] base::Result<spectrum::Spectrum> readFitsImage(const std::filesystem::path& file);

} // namespace maury::io

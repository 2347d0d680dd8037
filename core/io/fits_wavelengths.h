#pragma once

#include "core/io/fits_file.h"

#include <string>
#include <vector>

namespace maury::io {

/// The wavelengths (Å) of a row of pixels by the scale in the current HDU: CRVAL1, CDELT1 (with
/// PC1_1) or CD1_1, CRPIX1, CTYPE1, CUNIT1, DC-FLAG; linear, log10, ln, or the `-LOG` of the FITS
/// standard (Greisen et al. 2006, A&A 446, 747). Says in `warnings` what it had to guess. Errors:
/// ValueMissing (no scale), WavelengthsInvalid, FormatUnknown (an axis of something else).
[[nodiscard]] base::Result<std::vector<double>> readWavelengths(const FitsFile& fits,
    std::size_t pixels, const std::string& place, std::vector<std::string>& warnings);

/// 10^(logFirst + i · logStep), in Å: [pixels].
[[nodiscard]] std::vector<double> logWavelengths(
    double logFirst, double logStep, std::size_t pixels);

} // namespace maury::io

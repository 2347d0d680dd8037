#pragma once

#include "core/io/fits_layout.h"

namespace maury::io {

/// A FITS file with one row of pixels on a wavelength scale, in its primary or an image HDU.
/// Another image HDU of the same length is its error if EXTNAME says so (ERROR, SIGMA, IVAR,
/// VARIANCE); with more rows of pixels than these it is FormatUnknown, for their errors, masks and
/// frames need a reader that knows them. STELIB files are in air and at rest (measured; the
/// header's velocity is not applied).
[[nodiscard]] base::Result<spectrum::Spectrum> readFitsImage(FitsSource& source);

} // namespace maury::io

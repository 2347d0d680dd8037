#pragma once

#include "core/io/fits_layout.h"

namespace maury::io {

/// LAMOST's low-resolution spectra as images of 5 rows: flux, inverse variance, wavelengths (in the
/// first data release the continuum instead: then by COEFF0 and COEFF1), and-mask, or-mask. Vacuum,
/// heliocentric.
[[nodiscard]] FitsLayout lamostImageLayout();

/// LAMOST's tables: medium resolution (co-added spectrum and exposures of both arms, one segment
/// each, in the order of the file) and low resolution since data release 8. Vacuum, heliocentric.
[[nodiscard]] FitsLayout lamostTableLayout();

} // namespace maury::io

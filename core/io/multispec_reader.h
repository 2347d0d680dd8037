#pragma once

#include "core/io/fits_layout.h"

namespace maury::io {

/// Images of IRAF's spectral tasks (multispec and equispec): [planes, apertures, pixels]. The plane
/// of ReadOptions is read (0: the extracted spectrum); a plane that BANDIDn calls "sigma" gives its
/// errors. Apertures that follow each other in wavelength are the orders of one echelle spectrum:
/// its segments; apertures of the same range are different spectra, of which row is read.
[[nodiscard]] FitsLayout multispecLayout();

} // namespace maury::io

#pragma once

#include "core/io/fits_layout.h"

namespace maury::io {

/// APOGEE's combined spectra (apStar, asStar: row 0 and 1 the combinations, then the visits) and
/// ASPCAP's normalised ones (aspcapStar): vacuum, rest frame, one segment of 8575 pixels in log10 λ
/// with the gaps between the detectors masked.
[[nodiscard]] FitsLayout apogeeStarLayout();

/// APOGEE's visits (apVisit, asVisit): vacuum, three segments by ascending wavelength. They are
/// topocentric where the header tells the barycentric correction BC that would still have to be
/// applied; else their frame is unknown.
[[nodiscard]] FitsLayout apogeeVisitLayout();

} // namespace maury::io

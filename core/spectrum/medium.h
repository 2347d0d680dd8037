#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

namespace maury::spectrum {

/// The segment with its wavelengths in `medium` (air or vacuum). Wavelengths up to 2000 Å are in
/// vacuum by convention even where a file says air: they are left as they are. Errors: ValueMissing
/// when the segment does not say what it is in; WavelengthsInvalid when a segment to bring to air
/// lies on both sides of 2000 Å. Preconditions: medium is not Unknown; there are pixels.
[[nodiscard]] base::Result<Segment> inMedium(Segment segment, Medium medium);

} // namespace maury::spectrum

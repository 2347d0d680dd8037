#pragma once

#include <cstdint>

namespace maury::io {

/// The bits of APOGEE's PIXMASK (Holtzman et al. 2015, AJ 150, 148) as ours: 0–7 and 12–14 make a
/// pixel unusable, persistence and the Littrow ghost (8–11) make it suspect.
[[nodiscard]] std::uint32_t maskOfApogee(std::uint32_t pixelMask);

/// The inverse variance of an APOGEE error: 0 for none, and for the huge one (1e10) that stands for
/// "no data".
[[nodiscard]] double ivarOfApogee(double error);

} // namespace maury::io

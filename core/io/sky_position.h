#pragma once

#include <optional>
#include <string>

namespace maury::io {

struct SkyPosition {
    double raDeg = 0.0;
    double decDeg = 0.0;
};

/// How a header counts coordinates that are plain numbers.
enum class AngleUnit { Degrees, Radians };

/// The J2000 position of a header's RA, Dec and equinox ("B1950.0", "2000"): numbers in `unit`, or
/// hours and degrees with colons or blanks ("18:35:18.60", "-07 43 19.8"). Precesses by the IAU
/// 1976 angles, good to about 1″ for a B1950 position. Nothing when the texts are no position.
[[nodiscard]] std::optional<SkyPosition> readSkyPosition(
    const std::string& ra, const std::string& dec, const std::string& equinox, AngleUnit unit);

} // namespace maury::io

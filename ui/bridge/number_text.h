#pragma once

#include <QString>

#include <cstdint>

namespace maury::ui {

/// Numbers as they stand on the screen: through QLocale, "n/a" for what is not finite, units after
/// a narrow no-break space.

/// "3.42": fixed decimals.
[[nodiscard]] QString numberText(double value, int decimals);
/// "12,345".
[[nodiscard]] QString countText(std::int64_t value);
/// "−35 km/s": a number with its unit.
[[nodiscard]] QString quantityText(double value, int decimals, const QString& unit);
/// "95.3 %" of a fraction 0 … 1, with as many decimals as `samples` support.
[[nodiscard]] QString percentText(double fraction, std::int64_t samples);
/// "12 s", "3 min 20 s", "1 h 05 min".
[[nodiscard]] QString durationText(double seconds);

} // namespace maury::ui

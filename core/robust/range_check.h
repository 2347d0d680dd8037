#pragma once

#include "core/base/result.h"

namespace maury::robust {

/// Whether a setting lies in lowest … highest. Errors: OptionInvalid naming setting, value (NaN
/// included) and range.
[[nodiscard]] base::Result<void> inRange(
    const char* setting, double value, double lowest, double highest);

} // namespace maury::robust

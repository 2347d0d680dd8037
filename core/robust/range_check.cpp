#include "core/robust/range_check.h"

#include <fmt/format.h>

namespace maury::robust {

base::Result<void> inRange(const char* setting, double value, double lowest, double highest)
{
    if (value >= lowest && value <= highest)
        return {};
    return base::failure(base::ErrorCode::OptionInvalid, setting, fmt::format("{}", value),
        fmt::format("{} to {}", lowest, highest));
}

} // namespace maury::robust

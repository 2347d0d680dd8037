#pragma once

#include <string>

namespace maury::project {

/// The present time in UTC to the millisecond, as ISO 8601 writes it: 2026-01-31T12:00:00.000Z.
[[nodiscard]] std::string utcNow();

} // namespace maury::project

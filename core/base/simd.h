#pragma once

#include <string>

namespace maury::base {

/// The instruction set that the vectorised loops chose on this machine ("AVX3" is AVX-512), for
/// reports.
[[nodiscard]] std::string simdTarget();

} // namespace maury::base

#pragma once

#include <cstddef>
#include <cstdint>

namespace maury::base {

/// Reads bytes at a place of an open file; what lies beyond its end is zeros. Returns 0 or the
/// system's errno.
[[nodiscard]] int readAt(int descriptor, std::uint64_t address, void* bytes, std::size_t size);

/// Writes them all. Returns 0 or the system's errno.
[[nodiscard]] int writeAt(
    int descriptor, std::uint64_t address, const void* bytes, std::size_t size);

} // namespace maury::base

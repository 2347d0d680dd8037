#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace maury::base {

/// XXH64 (Y. Collet's xxHash, seed 0) of bytes: a fast checksum that notices damage; no defence
/// against people who forge.
[[nodiscard]] std::uint64_t hash64(std::span<const std::byte> bytes);

} // namespace maury::base

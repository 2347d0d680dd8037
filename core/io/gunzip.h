#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace maury::io {

/// No file of a spectrum is larger.
inline constexpr std::size_t kLargestUnpacked = std::size_t { 1 } << 30;

/// Whether bytes begin as those of gzip do.
[[nodiscard]] bool isGzip(std::string_view start);

/// What gzip packed (RFC 1952), several members one behind the other; bytes behind the last that are
/// none are left out. Memory grows with what is really there, not with a size that the file claims.
/// `place` names the file in errors. Errors: FileTruncated; FileDamaged (also the checksum, and more
/// than `mostBytes`).
[[nodiscard]] base::Result<std::string> gunzip(std::string_view packed, const std::string& place,
    std::size_t mostBytes = kLargestUnpacked);

} // namespace maury::io

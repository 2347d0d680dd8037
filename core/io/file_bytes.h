#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace maury::io {

/// The contents of a regular file. Errors: FileMissing, FileUnreadable (also a folder or a device),
/// FileEmpty.
[[nodiscard]] base::Result<std::string> readBytes(const std::filesystem::path& file);

/// At most `limit` bytes from the start of a file: enough to tell its format. Errors as readBytes.
[[nodiscard]] base::Result<std::string> readFirstBytes(
    const std::filesystem::path& file, std::size_t limit);

} // namespace maury::io

#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// A file in a ZIP archive.
struct ZipEntry {
    std::string name;
    std::string bytes;
};

/// The files of an archive in memory, stored or deflated, also with the 64-bit sizes that NumPy
/// writes; their CRC-32 are checked. `place` names the archive in errors. Errors: FormatUnknown (no
/// ZIP archive, or a kind of compression that is not known), FileTruncated, FileDamaged. A bomb is
/// refused: more than 2 GiB in all, or more than 1100 times the size of the archive.
[[nodiscard]] base::Result<std::vector<ZipEntry>> readZip(
    std::string_view archive, const std::string& place);

/// An archive of stored files. `place` names it in errors. Errors: ValueInvalid above 4 GiB, where
/// the format ends.
[[nodiscard]] base::Result<std::string> packZip(
    const std::vector<ZipEntry>& entries, const std::string& place);

/// Writes an archive of stored files, in one step. Errors: those of packZip; WriteFailed.
[[nodiscard]] base::Result<void> writeZip(
    const std::filesystem::path& file, const std::vector<ZipEntry>& entries);

} // namespace maury::io

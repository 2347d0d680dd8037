#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"

#include <filesystem>
#include <string>

namespace maury::mk {

/// Stores an atlas as HDF5 (format "maury-atlas"): grid, standards, flux, good pixels, warnings,
/// `provenance` (one sentence on where it comes from), the SHA-256 of its inputs (empty if unknown)
/// and of its contents; written to a temporary name, flushed, renamed. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeAtlas(const Atlas& atlas, const std::string& provenance,
    const std::string& inputsSha256, const std::filesystem::path& file);

/// Reads such a file; the atlas's source is the file. Errors: FileMissing, FileEmpty,
/// FileTruncated, FileDamaged (also a wrong checksum), FormatUnknown, FormatVersion, ValueMissing,
/// ValueInvalid.
[[nodiscard]] base::Result<AtlasPtr> readAtlas(const std::filesystem::path& file);

} // namespace maury::mk

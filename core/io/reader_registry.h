#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace maury::io {

/// What the user knows better than the file.
struct ReadOptions {
    std::optional<spectrum::Medium> medium;
    std::optional<spectrum::Frame> frame;
};

/// Reads a spectrum of any known format, chosen by content. Errors: FileMissing, FileUnreadable
/// (also a folder), FileEmpty, FormatUnknown, FileTruncated, ValueInvalid, WavelengthsInvalid …;
/// the message names the file and the line or HDU.
[[nodiscard]] base::Result<spectrum::SpectrumPtr> readSpectrum(
    const std::filesystem::path& file, const ReadOptions& options = {});

/// The regular files below a path (itself, if it is a file), sorted, without hidden ones: what "a
/// file or a folder" means everywhere. Errors: FileMissing, FileUnreadable.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> listFiles(
    const std::filesystem::path& fileOrFolder);

} // namespace maury::io

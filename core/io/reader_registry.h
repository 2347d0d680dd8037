#pragma once

#include "core/base/result.h"
#include "core/io/read_options.h"

#include <filesystem>
#include <vector>

namespace maury::io {

/// Reads a spectrum of any known format, chosen by content. Errors: FileMissing, FileUnreadable
/// (also a folder), FileEmpty, FormatUnknown, FileTruncated, ValueInvalid, WavelengthsInvalid …;
/// OptionInvalid for a row, a plane or a normalised spectrum that the file does not have. The
/// message names the file and the line or HDU.
[[nodiscard]] base::Result<spectrum::SpectrumPtr> readSpectrum(
    const std::filesystem::path& file, const ReadOptions& options = {});

/// The regular files below a path (itself, if it is a file), sorted, without hidden ones: what "a
/// file or a folder" means everywhere. Errors: FileMissing, FileUnreadable.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> listFiles(
    const std::filesystem::path& fileOrFolder);

/// The files of one spectrum: the cameras of a star of GALAH, or a file alone.
using SpectrumFiles = std::vector<std::filesystem::path>;

/// Puts the camera files of one star together (as found in the same folder), in the order of their
/// cameras at the place of the first of them; every other file stays alone.
[[nodiscard]] std::vector<SpectrumFiles> groupFiles(
    const std::vector<std::filesystem::path>& files);

/// Reads the files of one spectrum: a group of groupFiles. A camera that cannot be read fails the
/// star. Errors: those of readSpectrum. Precondition: at least one file.
[[nodiscard]] base::Result<spectrum::SpectrumPtr> readSpectrumFiles(
    const SpectrumFiles& files, const ReadOptions& options = {});

} // namespace maury::io

#include "core/io/reader_registry.h"

#include "core/io/ascii_reader.h"
#include "core/io/file_bytes.h"
#include "core/io/fits_image_reader.h"

#include <algorithm>
#include <string_view>
#include <system_error>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

enum class Content { Text, Fits, Hdf5, Xml, Binary };

bool startsWith(std::string_view bytes, std::string_view magic)
{
    return bytes.substr(0, magic.size()) == magic;
}

/// Text has no control characters but those of layout.
bool looksLikeText(std::string_view bytes)
{
    return std::none_of(bytes.begin(), bytes.end(), [](unsigned char byte) {
        return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f')
            || byte == 0x7F;
    });
}

Content contentOf(std::string_view start)
{
    if (startsWith(start, "SIMPLE  ="))
        return Content::Fits;
    constexpr std::string_view kGzip = "\x1F\x8B";
    if (startsWith(start, kGzip))
        return Content::Fits;
    if (startsWith(start, "\x89HDF\r\n\x1A\n"))
        return Content::Hdf5;
    if (startsWith(start, "<?xml") || startsWith(start, "<VOTABLE"))
        return Content::Xml;
    return looksLikeText(start) ? Content::Text : Content::Binary;
}

base::Result<spectrum::Spectrum> readText(const std::filesystem::path& file)
{
    const auto bytes = readBytes(file);
    if (!bytes)
        return base::Unexpected(bytes.error());
    return readAscii(*bytes, file);
}

base::Result<spectrum::Spectrum> readByContent(const std::filesystem::path& file)
{
    constexpr std::size_t kSniffed = 4096;
    const auto start = readFirstBytes(file, kSniffed);
    if (!start)
        return base::Unexpected(start.error());
    constexpr auto kExpected = "text in columns or a FITS image of one spectrum";
    switch (contentOf(*start)) {
    case Content::Text:
        return readText(file);
    case Content::Fits:
        return readFitsImage(file);
    case Content::Hdf5:
        return failure(ErrorCode::FormatUnknown, file.string(), "an HDF5 file", kExpected);
    case Content::Xml:
        return failure(ErrorCode::FormatUnknown, file.string(), "an XML file", kExpected);
    case Content::Binary:
        break;
    }
    return failure(ErrorCode::FormatUnknown, file.string(), "binary data", kExpected);
}

} // namespace

base::Result<spectrum::SpectrumPtr> readSpectrum(
    const std::filesystem::path& file, const ReadOptions& options)
{
    auto spectrum = readByContent(file);
    if (!spectrum)
        return base::Unexpected(spectrum.error());
    for (spectrum::Segment& segment : spectrum->segments) {
        segment.medium = options.medium.value_or(segment.medium);
        segment.frame = options.frame.value_or(segment.frame);
    }
    return std::make_shared<const spectrum::Spectrum>(std::move(*spectrum));
}

base::Result<std::vector<std::filesystem::path>> listFiles(
    const std::filesystem::path& fileOrFolder)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const auto kind = fs::status(fileOrFolder, error).type();
    if (kind == fs::file_type::not_found)
        return failure(ErrorCode::FileMissing, fileOrFolder.string());
    if (kind != fs::file_type::directory)
        return std::vector<fs::path> { fileOrFolder };

    const auto isHidden = [](const fs::path& path) { return path.filename().string()[0] == '.'; };
    std::vector<fs::path> files;
    fs::recursive_directory_iterator entry(fileOrFolder, error);
    while (!error && entry != fs::recursive_directory_iterator()) {
        if (isHidden(entry->path()))
            entry.disable_recursion_pending();
        else if (entry->is_regular_file(error))
            files.push_back(entry->path());
        entry.increment(error);
    }
    if (error)
        return failure(ErrorCode::FileUnreadable, fileOrFolder.string(), error.message());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace maury::io

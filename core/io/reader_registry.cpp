#include "core/io/reader_registry.h"

#include "core/io/ascii_reader.h"
#include "core/io/file_bytes.h"
#include "core/io/fits_layout.h"
#include "core/io/fits_reader.h"
#include "core/io/galah_reader.h"
#include "core/io/gunzip.h"
#include "core/io/votable_reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <system_error>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

enum class Content { Text, Fits, Hdf5, Store, Xml, Binary };

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
    if (startsWith(start, "SIMPLE  =") || isGzip(start))
        return Content::Fits;
    if (startsWith(start, "\x89HDF\r\n\x1A\n"))
        return Content::Hdf5;
    if (startsWith(start, "\x89MAURY\r\n"))
        return Content::Store;
    if (startsWith(start, "<?xml") || startsWith(start, "<VOTABLE"))
        return Content::Xml;
    return looksLikeText(start) ? Content::Text : Content::Binary;
}

using TextReader = base::Result<spectrum::Spectrum> (*)(
    std::string_view text, const std::filesystem::path& file);

base::Result<spectrum::Spectrum> readText(const std::filesystem::path& file, TextReader reader)
{
    const auto bytes = readBytes(file);
    if (!bytes)
        return base::Unexpected(bytes.error());
    return reader(*bytes, file);
}

base::Result<spectrum::Spectrum> readByContent(
    const std::filesystem::path& file, const ReadOptions& options)
{
    constexpr std::size_t kSniffed = 4096;
    const auto start = readFirstBytes(file, kSniffed);
    if (!start)
        return base::Unexpected(start.error());
    constexpr auto kExpected = "text in columns, a FITS spectrum or a VOTable";
    switch (contentOf(*start)) {
    case Content::Text:
        return readText(file, readAscii);
    case Content::Fits:
        return readFits(file, options);
    case Content::Hdf5:
        return failure(ErrorCode::FormatUnknown, file.string(), "an HDF5 file", kExpected);
    case Content::Store:
        return failure(ErrorCode::FormatUnknown, file.string(), "a store of many spectra",
            std::string(kExpected) + "; a store is opened as one");
    case Content::Xml:
        return readText(file, readVotable);
    case Content::Binary:
        break;
    }
    return failure(ErrorCode::FormatUnknown, file.string(), "binary data", kExpected);
}

/// What the layout of the file knows nothing of was not chosen: that must not pass in silence.
base::Result<void> checkChosen(const spectrum::Spectrum& spectrum, const ReadOptions& options)
{
    if (spectrum.rows == 1)
        if (auto row = checkChoice("--row", options.row, 1, spectrum.file); !row)
            return row;
    if (spectrum.planes == 1)
        if (auto plane = checkChoice("--plane", options.plane, 1, spectrum.file); !plane)
            return plane;
    const bool isNormalised = std::all_of(spectrum.segments.begin(), spectrum.segments.end(),
        [](const spectrum::Segment& segment) { return segment.rectified.value_or(false); });
    if (options.normalised && !isNormalised)
        return failure(ErrorCode::OptionInvalid, spectrum.file.string() + ": --normalised",
            "no normalised spectrum", "a file that holds one");
    return {};
}

base::Result<spectrum::Spectrum> readOne(
    const std::filesystem::path& file, const ReadOptions& options)
{
    auto spectrum = readByContent(file, options);
    if (!spectrum)
        return spectrum;
    if (auto chosen = checkChosen(*spectrum, options); !chosen)
        return base::Unexpected(chosen.error());
    for (spectrum::Segment& segment : spectrum->segments) {
        segment.medium = options.medium.value_or(segment.medium);
        segment.frame = options.frame.value_or(segment.frame);
    }
    return spectrum;
}

} // namespace

base::Result<spectrum::SpectrumPtr> readSpectrum(
    const std::filesystem::path& file, const ReadOptions& options)
{
    return readSpectrumFiles({ file }, options);
}

base::Result<spectrum::SpectrumPtr> readSpectrumFiles(
    const SpectrumFiles& files, const ReadOptions& options)
{
    EXPECTS(!files.empty());
    std::vector<spectrum::Spectrum> parts;
    for (const auto& file : files) {
        auto part = readOne(file, options);
        if (!part)
            return base::Unexpected(part.error());
        parts.push_back(*std::move(part));
    }
    return std::make_shared<const spectrum::Spectrum>(
        parts.size() == 1 ? std::move(parts.front()) : joinGalahCameras(std::move(parts)));
}

std::vector<SpectrumFiles> groupFiles(const std::vector<std::filesystem::path>& files)
{
    std::vector<SpectrumFiles> groups;
    struct Star {
        std::size_t group = 0;
        std::map<int, std::filesystem::path> cameras;
    };
    std::map<std::string, Star> stars;
    for (const auto& file : files) {
        const auto camera = galahCameraOf(file);
        if (!camera) {
            groups.push_back({ file });
            continue;
        }
        const std::string key = file.parent_path().string() + "/" + camera->star;
        const auto [star, isNew] = stars.try_emplace(key, Star { groups.size(), {} });
        const bool placed = star->second.cameras.try_emplace(camera->camera, file).second;
        if (isNew || !placed) // a second file of the same camera is another observation
            groups.push_back({ file });
    }
    for (const auto& [key, star] : stars) {
        groups[star.group].clear();
        for (const auto& [camera, file] : star.cameras)
            groups[star.group].push_back(file);
    }
    return groups;
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

#include "core/io/zip_archive.h"

#include "core/base/atomic_file.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::Result;

// APPNOTE.TXT (PKWARE), sections 4.3.7, 4.3.12, 4.3.14–4.3.16, 4.5.3.
constexpr std::uint64_t kLocalHeader = 0x04034b50;
constexpr std::uint64_t kCentralHeader = 0x02014b50;
constexpr std::uint64_t kEndRecord = 0x06054b50;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint64_t kNoSize32 = 0xFFFFFFFF;
constexpr std::uint64_t kStored = 0;
constexpr std::uint64_t kDeflated = 8;
constexpr std::uint64_t kMostBytes = std::uint64_t { 1 } << 31;
constexpr std::uint64_t kMostRatio = 1100; ///< deflate reaches 1032

/// An unsigned number, little endian. Precondition: it lies within the bytes.
std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

void append(std::string& bytes, std::uint64_t value, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// What the central directory says of a file.
struct Listed {
    std::string name;
    std::uint64_t method = 0;
    std::uint64_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

std::optional<std::size_t> findEndRecord(std::string_view archive)
{
    if (archive.size() < kEndSize)
        return std::nullopt;
    const std::size_t last = archive.size() - kEndSize;
    const std::size_t first = last - std::min(last, kLongestComment);
    for (std::size_t at = last + 1; at-- > first;)
        if (numberAt(archive, at, 4) == kEndRecord
            && at + kEndSize + numberAt(archive, at + 20, 2) == archive.size())
            return at;
    return std::nullopt;
}

/// The 64-bit sizes that stand in an extra field for those that are 0xFFFFFFFF.
void takeLongSizes(std::string_view extra, Listed& listed)
{
    for (std::size_t at = 0; at + 4 <= extra.size();) {
        const std::uint64_t id = numberAt(extra, at, 2);
        const auto length = static_cast<std::size_t>(numberAt(extra, at + 2, 2));
        at += 4;
        if (id == 1) {
            std::size_t next = at;
            const std::size_t end = std::min(at + length, extra.size());
            for (std::uint64_t* value : { &listed.size, &listed.packed, &listed.offset })
                if (*value == kNoSize32 && next + 8 <= end) {
                    *value = numberAt(extra, next, 8);
                    next += 8;
                }
        }
        at += length;
    }
}

base::Unexpected damaged(const std::string& place, std::string found, std::string expected)
{
    return base::failure(ErrorCode::FileDamaged, place, std::move(found), std::move(expected));
}

Result<std::vector<Listed>> readDirectory(std::string_view archive, const std::string& place)
{
    if (archive.substr(0, 2) != "PK")
        return base::failure(ErrorCode::FormatUnknown, place, "no ZIP archive", "one");
    const auto end = findEndRecord(archive);
    if (!end)
        return base::failure(ErrorCode::FileTruncated, place, "a ZIP archive without its end",
            "its directory");
    const std::uint64_t count = numberAt(archive, *end + 10, 2);
    std::uint64_t at = numberAt(archive, *end + 16, 4);
    std::vector<Listed> all;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (at > archive.size() || archive.size() - at < kCentralSize
            || numberAt(archive, static_cast<std::size_t>(at), 4) != kCentralHeader)
            return damaged(place, fmt::format("a directory of {} files", i),
                fmt::format("{} files", count));
        const std::string_view header = archive.substr(static_cast<std::size_t>(at));
        const auto nameSize = static_cast<std::size_t>(numberAt(header, 28, 2));
        const auto extraSize = static_cast<std::size_t>(numberAt(header, 30, 2));
        const auto commentSize = static_cast<std::size_t>(numberAt(header, 32, 2));
        if (header.size() < kCentralSize + nameSize + extraSize + commentSize)
            return damaged(place, "a directory beyond the end of the file", "its entries");
        Listed listed { std::string(header.substr(kCentralSize, nameSize)),
            numberAt(header, 10, 2), numberAt(header, 16, 4), numberAt(header, 20, 4),
            numberAt(header, 24, 4), numberAt(header, 42, 4) };
        takeLongSizes(header.substr(kCentralSize + nameSize, extraSize), listed);
        all.push_back(std::move(listed));
        at += kCentralSize + nameSize + extraSize + commentSize;
    }
    return all;
}

/// The packed bytes of a file.
Result<std::string_view> packedBytes(
    std::string_view archive, const Listed& listed, const std::string& place)
{
    if (listed.offset > archive.size() || archive.size() - listed.offset < kLocalSize
        || numberAt(archive, static_cast<std::size_t>(listed.offset), 4) != kLocalHeader)
        return damaged(place, "no header where the directory says", "the file's header");
    const std::string_view local = archive.substr(static_cast<std::size_t>(listed.offset));
    const std::uint64_t begin = kLocalSize + numberAt(local, 26, 2) + numberAt(local, 28, 2);
    if (begin > local.size() || local.size() - begin < listed.packed)
        return base::failure(ErrorCode::FileTruncated, place,
            fmt::format("{} bytes", local.size() - std::min<std::uint64_t>(begin, local.size())),
            fmt::format("{}", listed.packed));
    return local.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(listed.packed));
}

Result<std::string> inflated(std::string_view packed, const Listed& listed, const std::string& place)
{
    std::string bytes(static_cast<std::size_t>(listed.size), '\0');
    z_stream stream {};
    constexpr int kRawDeflate = -MAX_WBITS;
    if (inflateInit2(&stream, kRawDeflate) != Z_OK)
        return base::failure(ErrorCode::LibraryFailed, place, "zlib does not start");
    std::string in(packed);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    const int status = inflate(&stream, Z_FINISH);
    const bool isWhole = status == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    if (!isWhole)
        return damaged(place, "compressed data of another length",
            fmt::format("{} bytes", listed.size));
    return bytes;
}

std::uint64_t crcOf(std::string_view bytes)
{
    return crc32_z(
        crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

Result<ZipEntry> readEntry(
    std::string_view archive, const Listed& listed, const std::string& archivePlace)
{
    const std::string place = archivePlace + ": " + listed.name;
    const auto packed = packedBytes(archive, listed, place);
    if (!packed)
        return base::Unexpected(packed.error());
    ZipEntry entry { listed.name, {} };
    if (listed.method == kStored && listed.size == listed.packed) {
        entry.bytes = std::string(*packed);
    } else if (listed.method == kDeflated) {
        auto bytes = inflated(*packed, listed, place);
        if (!bytes)
            return base::Unexpected(bytes.error());
        entry.bytes = *std::move(bytes);
    } else {
        return base::failure(ErrorCode::FormatUnknown, place,
            fmt::format("compression {}", listed.method), "stored or deflated data");
    }
    if (crcOf(entry.bytes) != listed.crc)
        return damaged(place, fmt::format("CRC-32 {:08x}", crcOf(entry.bytes)),
            fmt::format("{:08x}", listed.crc));
    return entry;
}

/// The fields that a local header and the directory share.
void appendFacts(std::string& bytes, const ZipEntry& entry)
{
    constexpr std::uint64_t kVersion = 20;
    constexpr std::uint64_t kFirstOfJanuary1980 = 0x21; // archives of the same contents are the same
    append(bytes, kVersion, 2);
    append(bytes, 0, 2);
    append(bytes, kStored, 2);
    append(bytes, 0, 2);
    append(bytes, kFirstOfJanuary1980, 2);
    append(bytes, crcOf(entry.bytes), 4);
    append(bytes, entry.bytes.size(), 4);
    append(bytes, entry.bytes.size(), 4);
    append(bytes, entry.name.size(), 2);
    append(bytes, 0, 2);
}

} // namespace

Result<std::vector<ZipEntry>> readZip(std::string_view archive, const std::string& place)
{
    const auto directory = readDirectory(archive, place);
    if (!directory)
        return base::Unexpected(directory.error());
    std::uint64_t total = 0;
    for (const Listed& listed : *directory) {
        if (listed.size > kMostBytes || listed.size > kMostRatio * (listed.packed + 64))
            return damaged(place + ": " + listed.name, fmt::format("{} bytes", listed.size),
                "no more than its archive can hold");
        total += listed.size;
    }
    if (total > kMostBytes || total > kMostRatio * archive.size())
        return damaged(place, fmt::format("{} bytes in all", total), "less");
    std::vector<ZipEntry> entries;
    for (const Listed& listed : *directory) {
        auto entry = readEntry(archive, listed, place);
        if (!entry)
            return base::Unexpected(entry.error());
        entries.push_back(*std::move(entry));
    }
    return entries;
}

Result<std::string> packZip(const std::vector<ZipEntry>& entries, const std::string& place)
{
    std::string bytes;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const std::size_t offset = bytes.size();
        if (offset + entry.bytes.size() >= kNoSize32)
            return base::failure(ErrorCode::ValueInvalid, place, "more than 4 GiB",
                "what a ZIP archive can hold");
        append(bytes, kLocalHeader, 4);
        appendFacts(bytes, entry);
        bytes += entry.name + entry.bytes;
        append(directory, kCentralHeader, 4);
        append(directory, 20, 2);
        appendFacts(directory, entry);
        append(directory, 0, 2 + 2 + 2); // comment, disk, internal attributes
        append(directory, 0, 4);
        append(directory, offset, 4);
        directory += entry.name;
    }
    const std::size_t begin = bytes.size();
    bytes += directory;
    append(bytes, kEndRecord, 4);
    append(bytes, 0, 4);
    append(bytes, entries.size(), 2);
    append(bytes, entries.size(), 2);
    append(bytes, directory.size(), 4);
    append(bytes, begin, 4);
    append(bytes, 0, 2);
    return bytes;
}

Result<void> writeZip(const std::filesystem::path& file, const std::vector<ZipEntry>& entries)
{
    const auto bytes = packZip(entries, file.string());
    if (!bytes)
        return base::Unexpected(bytes.error());
    return base::writeFileAtomically(file, *bytes);
}

} // namespace maury::io

#include "core/io/npz_file.h"

#include "core/base/contract.h"
#include "core/base/text.h"
#include "core/io/zip_archive.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cstdint>
#include <optional>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::string_view kSuffix = ".npy";
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kMostDimensions = 32;
constexpr std::size_t kMostElements = 100'000'000; ///< of an array: no network has as many

/// The header of an array: what numpy.lib.format writes as the text of a Python dictionary.
struct Header {
    char order = '<'; ///< of bytes: '<', '>' or '|'
    char kind = 'f';
    std::size_t size = 4; ///< of an element, in bytes (of a text: in letters of 4 bytes)
    bool isFortran = false;
    std::vector<std::size_t> shape;
    std::size_t dataBegin = 0;
};

/// The text after "'key':" up to the end of the value.
std::string_view valueAfter(std::string_view dictionary, std::string_view key)
{
    const std::size_t at = dictionary.find(fmt::format("'{}'", key));
    if (at == std::string_view::npos)
        return {};
    std::string_view rest = dictionary.substr(at + key.size() + 2);
    const std::size_t colon = rest.find(':');
    return colon == std::string_view::npos ? std::string_view() : base::trim(rest.substr(colon + 1));
}

std::optional<std::vector<std::size_t>> shapeFrom(std::string_view text)
{
    const std::size_t end = text.find(')');
    if (text.empty() || text.front() != '(' || end == std::string_view::npos)
        return std::nullopt;
    std::vector<std::size_t> shape;
    std::size_t number = 0;
    bool isOpen = false; // digits were read that no comma has ended
    for (const char letter : text.substr(1, end - 1)) {
        if (letter >= '0' && letter <= '9') {
            if (number > (std::size_t { 1 } << 40))
                return std::nullopt;
            number = 10 * number + static_cast<std::size_t>(letter - '0');
            isOpen = true;
        } else if (letter == ',' && isOpen) {
            shape.push_back(number);
            number = 0;
            isOpen = false;
        } else if (letter != ' ' && letter != 'L') {
            return std::nullopt;
        }
    }
    if (isOpen)
        shape.push_back(number);
    return shape.size() > kMostDimensions ? std::nullopt : std::optional(shape);
}

bool takeType(std::string_view text, Header& header)
{
    // 'descr': '<f4'
    if (text.size() < 5 || (text[0] != '\'' && text[0] != '"'))
        return false;
    header.order = text[1];
    header.kind = text[2];
    header.size = 0;
    std::size_t at = 3;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && header.size < 100'000'000; ++at)
        header.size = 10 * header.size + static_cast<std::size_t>(text[at] - '0');
    return at < text.size() && text[at] == text[0]
        && std::string_view("<>|=").find(header.order) != std::string_view::npos;
}

Result<Header> readHeader(std::string_view bytes, const std::string& place)
{
    const auto unknown = [&place](std::string found) {
        return base::failure(
            ErrorCode::FormatUnknown, place, std::move(found), "an array of NumPy");
    };
    if (bytes.substr(0, kMagic.size()) != kMagic || bytes.size() < 12)
        return unknown("no header of an array");
    const bool isFirstVersion = bytes[6] == 1;
    const std::size_t lengthSize = isFirstVersion ? 2 : 4;
    std::size_t length = 0;
    for (std::size_t i = lengthSize; i-- > 0;)
        length = length << 8 | static_cast<unsigned char>(bytes[8 + i]);
    Header header;
    header.dataBegin = 8 + lengthSize + length;
    if (header.dataBegin > bytes.size())
        return base::failure(ErrorCode::FileTruncated, place,
            fmt::format("{} bytes", bytes.size()), fmt::format("{} of header", header.dataBegin));
    const std::string_view dictionary = bytes.substr(8 + lengthSize, length);
    const auto shape = shapeFrom(valueAfter(dictionary, "shape"));
    if (!shape || !takeType(valueAfter(dictionary, "descr"), header))
        return unknown(std::string(base::trim(dictionary)));
    header.shape = *shape;
    header.isFortran = valueAfter(dictionary, "fortran_order").starts_with("True");
    return header;
}

double numberFrom(std::string_view bytes, const Header& header)
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < header.size; ++i) {
        const std::size_t at = header.order == '>' ? i : header.size - 1 - i;
        bits = bits << 8 | static_cast<unsigned char>(bytes[at]);
    }
    if (header.kind == 'f')
        return header.size == 8
            ? std::bit_cast<double>(bits)
            : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    if (header.kind == 'i') {
        const unsigned unused = static_cast<unsigned>(64 - 8 * header.size);
        return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
    }
    return static_cast<double>(bits);
}

bool isNumeric(const Header& header)
{
    if (header.kind == 'f')
        return header.size == 4 || header.size == 8;
    const bool isInteger = header.kind == 'i' || header.kind == 'u' || header.kind == 'b';
    return isInteger && (header.size == 1 || header.size == 2 || header.size == 4 || header.size == 8);
}

void appendUtf8(std::string& text, std::uint32_t letter)
{
    const auto add = [&text](std::uint32_t bits) { text += static_cast<char>(bits & 0xFF); };
    if (letter < 0x80) {
        add(letter);
    } else if (letter < 0x800) {
        add(0xC0 | letter >> 6);
        add(0x80 | (letter & 0x3F));
    } else if (letter < 0x10000) {
        add(0xE0 | letter >> 12);
        add(0x80 | (letter >> 6 & 0x3F));
        add(0x80 | (letter & 0x3F));
    } else if (letter < 0x110000) {
        add(0xF0 | letter >> 18);
        add(0x80 | (letter >> 12 & 0x3F));
        add(0x80 | (letter >> 6 & 0x3F));
        add(0x80 | (letter & 0x3F));
    }
}

/// The code points of a UTF-8 text, malformed bytes as they are.
std::vector<std::uint32_t> lettersOf(const std::string& text)
{
    std::vector<std::uint32_t> letters;
    std::size_t following = 0;
    for (const char each : text) {
        const std::uint32_t byte = static_cast<unsigned char>(each);
        if (following > 0 && (byte & 0xC0) == 0x80) {
            letters.back() = letters.back() << 6 | (byte & 0x3F);
            --following;
            continue;
        }
        following = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
        letters.push_back(following == 0 ? byte : byte & (0x3FU >> following));
    }
    return letters;
}

/// The numbers of an array in C's order.
std::vector<double> numbersOf(std::string_view data, const Header& header, std::size_t count)
{
    std::vector<double> values(count);
    std::vector<std::size_t> index(header.shape.size(), 0);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t at = i;
        if (header.isFortran) { // the first index runs fastest in the file, the last one here
            at = 0;
            for (std::size_t axis = header.shape.size(); axis-- > 0;)
                at = at * header.shape[axis] + index[axis];
            for (std::size_t axis = header.shape.size(); axis-- > 0;) {
                if (++index[axis] < header.shape[axis])
                    break;
                index[axis] = 0;
            }
        }
        values[i] = numberFrom(data.substr(at * header.size, header.size), header);
    }
    return values;
}

/// Nothing for an array of a type that is not known.
Result<std::optional<NumpyArray>> readArray(const ZipEntry& entry, const std::string& archivePlace)
{
    const std::string place = archivePlace + ": " + entry.name;
    const auto header = readHeader(entry.bytes, place);
    if (!header)
        return base::Unexpected(header.error());
    const bool isText = header->kind == 'U' && header->shape.empty();
    if (!isText && !isNumeric(*header))
        return std::optional<NumpyArray>();
    const std::string_view data = std::string_view(entry.bytes).substr(header->dataBegin);
    const std::size_t elementSize = isText ? 4 * header->size : header->size;
    std::size_t count = 1;
    for (const std::size_t length : header->shape)
        if (length != 0 && count > data.size() / length)
            return base::failure(ErrorCode::FileTruncated, place,
                fmt::format("{} bytes", data.size()),
                fmt::format("an array of {}", fmt::join(header->shape, " × ")));
        else
            count *= length;
    if (data.size() != count * elementSize)
        return base::failure(ErrorCode::FileTruncated, place, fmt::format("{} bytes", data.size()),
            fmt::format("{} elements of {} bytes", count, elementSize));
    if (count > kMostElements)
        return base::failure(ErrorCode::ValueInvalid, place, fmt::format("{} elements", count),
            fmt::format("at most {}", kMostElements));
    NumpyArray array { entry.name, header->shape, {}, {}, isText };
    if (array.name.ends_with(kSuffix))
        array.name.resize(array.name.size() - kSuffix.size());
    if (!isText) {
        array.values = numbersOf(data, *header, count);
        return std::optional(std::move(array));
    }
    Header letter = *header;
    letter.kind = 'u';
    letter.size = 4;
    for (std::size_t i = 0; i < header->size; ++i) {
        const auto code = static_cast<std::uint32_t>(numberFrom(data.substr(4 * i, 4), letter));
        if (code != 0)
            appendUtf8(array.text, code);
    }
    return std::optional(std::move(array));
}

std::string shapeText(const std::vector<std::size_t>& shape)
{
    return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

template <typename Number> void appendNumber(std::string& bytes, Number number)
{
    static_assert(sizeof number == 4);
    const auto bits = std::bit_cast<std::uint32_t>(number);
    for (unsigned i = 0; i < 4; ++i)
        bytes += static_cast<char>(bits >> (8 * i) & 0xFF);
}

ZipEntry entryOf(const NumpyArray& array)
{
    const auto letters = lettersOf(array.text);
    std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
        array.isText ? fmt::format("<U{}", letters.size()) : "<f4",
        shapeText(array.isText ? std::vector<std::size_t>() : array.shape));
    const std::size_t unpadded = kMagic.size() + 4 + header.size() + 1;
    header += std::string((kAlignment - unpadded % kAlignment) % kAlignment, ' ') + '\n';
    ZipEntry entry { array.name + std::string(kSuffix), std::string(kMagic) };
    entry.bytes += '\x01';
    entry.bytes += '\0';
    entry.bytes += static_cast<char>(header.size() & 0xFF);
    entry.bytes += static_cast<char>(header.size() >> 8);
    entry.bytes += header;
    for (const std::uint32_t letter : letters)
        appendNumber(entry.bytes, letter);
    for (const double value : array.values)
        appendNumber(entry.bytes, static_cast<float>(value));
    return entry;
}

} // namespace

Result<std::vector<NumpyArray>> readNpz(std::string_view archive, const std::string& place)
{
    const auto entries = readZip(archive, place);
    if (!entries)
        return base::Unexpected(entries.error());
    std::vector<NumpyArray> arrays;
    for (const ZipEntry& entry : *entries) {
        auto array = readArray(entry, place);
        if (!array)
            return base::Unexpected(array.error());
        if (*array)
            arrays.push_back(**std::move(array));
    }
    return arrays;
}

Result<void> writeNpz(const std::filesystem::path& file, const std::vector<NumpyArray>& arrays)
{
    std::vector<ZipEntry> entries;
    for (const NumpyArray& array : arrays) {
        std::size_t count = array.isText ? 0 : 1;
        for (const std::size_t length : array.shape)
            count *= length;
        EXPECTS(array.values.size() == count);
        entries.push_back(entryOf(array));
    }
    return writeZip(file, entries);
}

} // namespace maury::io

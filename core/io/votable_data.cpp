#include "core/io/votable_data.h"

#include "core/base/text.h"
#include "core/io/text_table.h"

#include <fmt/core.h>

#include <bit>
#include <cctype>
#include <cstdint>
#include <limits>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// The bytes behind base64; nothing when there are other characters.
std::optional<std::string> decodeBase64(std::string_view text)
{
    constexpr std::string_view kLetters
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char letter : text) {
        if (std::isspace(static_cast<unsigned char>(letter)) != 0 || letter == '=')
            continue;
        const std::size_t value = kLetters.find(letter);
        if (value == std::string_view::npos)
            return std::nullopt;
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(group >> bits & 0xFFU);
        }
    }
    return bytes;
}

/// Bytes of one number, 0 for a type whose cells cannot be measured.
std::size_t sizeOf(const std::string& datatype)
{
    struct Type {
        const char* name;
        std::size_t size;
    };
    constexpr Type kTypes[] = { { "boolean", 1 }, { "unsignedByte", 1 }, { "char", 1 },
        { "short", 2 }, { "unicodeChar", 2 }, { "int", 4 }, { "float", 4 }, { "long", 8 },
        { "double", 8 }, { "floatComplex", 8 }, { "doubleComplex", 16 } };
    for (const Type& type : kTypes)
        if (datatype == type.name)
            return type.size;
    return 0;
}

double numberOf(const std::string& datatype, std::uint64_t bits)
{
    if (datatype == "double")
        return std::bit_cast<double>(bits);
    if (datatype == "float")
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    if (datatype == "short")
        return static_cast<double>(static_cast<std::int16_t>(bits));
    if (datatype == "int")
        return static_cast<double>(static_cast<std::int32_t>(bits));
    if (datatype == "long")
        return static_cast<double>(static_cast<std::int64_t>(bits));
    return datatype == "unsignedByte" ? static_cast<double>(bits) : kNan;
}

/// Takes numbers off a stream of bytes.
class Stream {
public:
    explicit Stream(std::string_view bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] bool empty() const { return m_rest.empty(); }
    [[nodiscard]] bool has(std::size_t count) const { return m_rest.size() >= count; }
    /// Precondition: has(size), size at most 8.
    std::uint64_t take(std::size_t size)
    {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < size; ++i)
            bits = bits << 8 | static_cast<unsigned char>(m_rest[i]);
        m_rest.remove_prefix(size);
        return bits;
    }
    void skip(std::size_t count) { m_rest.remove_prefix(count); }

private:
    std::string_view m_rest;
};

/// One cell; whether the stream held it.
bool readCell(Stream& stream, const VotableField& field, bool isNull, VotableColumn& column)
{
    constexpr std::size_t kLengthBytes = 4;
    std::size_t length = field.length.value_or(0);
    if (!field.length) {
        if (!stream.has(kLengthBytes))
            return false;
        length = stream.take(kLengthBytes);
    }
    const std::size_t size = sizeOf(field.datatype);
    constexpr std::size_t kLongest = 100'000'000;
    if (length > kLongest || !stream.has(length * size))
        return false;
    const bool isNumber = !field.isText() && size <= 8 && !field.datatype.ends_with("Complex");
    if (!isNumber) {
        stream.skip(length * size);
    } else {
        for (std::size_t i = 0; i < length; ++i) {
            const double value = numberOf(field.datatype, stream.take(size));
            column.values.push_back(isNull || value == field.null ? kNan : value);
        }
    }
    column.ends.push_back(column.values.size());
    return true;
}

} // namespace

std::vector<double> VotableColumn::cell(std::size_t row) const
{
    const std::size_t first = row == 0 ? 0 : ends[row - 1];
    return { values.begin() + static_cast<std::ptrdiff_t>(first),
        values.begin() + static_cast<std::ptrdiff_t>(ends[row]) };
}

std::optional<std::size_t> votableLength(std::string_view arraysize)
{
    if (arraysize.ends_with('*'))
        return std::nullopt;
    constexpr std::size_t kLongest = 100'000'000;
    std::size_t length = 1;
    while (!arraysize.empty()) {
        const std::size_t end = arraysize.find('x');
        const auto axis = parseNumber(base::trim(arraysize.substr(0, end)));
        if (!axis || *axis < 1.0 || *axis > kLongest)
            return 0;
        length *= static_cast<std::size_t>(*axis);
        if (length > kLongest)
            return 0;
        arraysize = end == std::string_view::npos ? "" : arraysize.substr(end + 1);
    }
    return length;
}

void addCell(const VotableField& field, std::string_view text, VotableColumn& column)
{
    std::string_view rest = base::trim(text);
    const bool isArray = field.length != std::optional<std::size_t>(1);
    while (!field.isText() && (!rest.empty() || !isArray)) {
        const std::size_t end = std::min(rest.find_first_of(" \t\r\n,"), rest.size());
        const auto number = parseNumber(rest.substr(0, end));
        const bool isNone = !number || *number == field.null;
        column.values.push_back(isNone ? kNan : *number);
        rest = base::trim(rest.substr(end), " \t\r\n,");
        if (!isArray)
            break;
    }
    column.ends.push_back(column.values.size());
}

base::Result<std::vector<VotableColumn>> decodeBinary(std::string_view base64,
    const std::vector<VotableField>& fields, bool hasNullBits, const std::string& place)
{
    EXPECTS(!fields.empty());
    const auto bytes = decodeBase64(base64);
    if (!bytes)
        return failure(ErrorCode::FileDamaged, place, "other characters", "base64");
    for (const VotableField& field : fields)
        if (sizeOf(field.datatype) == 0 || field.length == std::optional<std::size_t>(0))
            return failure(ErrorCode::ValueInvalid, place,
                fmt::format("field {} of type \"{}\"", field.facts.name, field.datatype),
                "numbers or letters of a known size");
    std::vector<VotableColumn> columns(fields.size());
    Stream stream(*bytes);
    const std::size_t nullBytes = hasNullBits ? (fields.size() + 7) / 8 : 0;
    while (!stream.empty()) {
        std::string nulls;
        bool complete = stream.has(nullBytes);
        for (std::size_t i = 0; complete && i < nullBytes; ++i)
            nulls += static_cast<char>(stream.take(1));
        for (std::size_t i = 0; complete && i < fields.size(); ++i) {
            const bool isNull
                = hasNullBits && (static_cast<unsigned char>(nulls[i / 8]) >> (7 - i % 8) & 1) != 0;
            complete = readCell(stream, fields[i], isNull, columns[i]);
        }
        if (!complete)
            return failure(ErrorCode::FileTruncated, place,
                fmt::format("an end within row {}", columns.front().rows()), "whole rows");
    }
    return columns;
}

} // namespace maury::io

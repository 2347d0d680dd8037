#include "core/io/text_table.h"

#include "core/base/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <utility>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// The text behind a comment mark, or nothing if the line is no comment.
std::optional<std::string_view> commentText(std::string_view line)
{
    if (line.substr(0, 2) == "//")
        return base::trim(line.substr(2));
    constexpr std::string_view kMarks = "#;%!";
    if (kMarks.find(line.front()) != std::string_view::npos)
        return base::trim(line.substr(1));
    return std::nullopt;
}

std::vector<std::string_view> splitAt(std::string_view line, char separator)
{
    std::vector<std::string_view> fields;
    for (;;) {
        const std::size_t end = line.find(separator);
        std::string_view field = base::trim(line.substr(0, end));
        if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
            field = base::trim(field.substr(1, field.size() - 2));
        fields.push_back(field);
        if (end == std::string_view::npos)
            return fields;
        line.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> splitAtBlanks(std::string_view line)
{
    std::vector<std::string_view> fields;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
        fields.push_back(line.substr(0, end));
        line = base::trim(line.substr(end));
    }
    return fields;
}

std::vector<std::string_view> splitFields(std::string_view line)
{
    for (const char separator : { ';', ',' })
        if (line.find(separator) != std::string_view::npos)
            return splitAt(line, separator);
    return splitAtBlanks(line);
}

bool isMissing(std::string_view field)
{
    return field.empty() || field == "\"\"" || field == "-" || field == "--" || field == "..."
        || base::lowerCase(field) == "null" || base::lowerCase(field) == "na";
}

/// A row of numbers and missing values that begins with a number; nothing for any other line.
std::optional<std::vector<double>> parseRow(const std::vector<std::string_view>& fields)
{
    std::vector<double> row;
    for (const std::string_view field : fields) {
        const auto number = parseNumber(field);
        if (!number && !isMissing(field))
            return std::nullopt;
        row.push_back(number.value_or(kNan));
    }
    if (row.empty() || !parseNumber(fields.front()))
        return std::nullopt;
    return row;
}

std::string shorten(std::string_view line)
{
    constexpr std::size_t kLongest = 60;
    std::string text;
    for (const char letter : line.substr(0, kLongest))
        text += std::isprint(static_cast<unsigned char>(letter)) != 0 ? letter : '?';
    return "\"" + text + (line.size() > kLongest ? "…\"" : "\"");
}

class TableParser {
public:
    explicit TableParser(const std::filesystem::path& file)
        : m_file(file)
    {
    }

    base::Result<void> addLine(std::string_view raw, bool isCut)
    {
        ++m_line;
        const std::string_view line = base::trim(raw);
        if (line.empty())
            return {};
        if (const auto comment = commentText(line)) {
            m_table.comments.emplace_back(*comment);
            return {};
        }
        const auto fields = splitFields(line);
        const auto row = parseRow(fields);
        if (m_table.rows() == 0 && (!row || row->size() < 2)) {
            m_header.assign(fields.begin(), fields.end());
            return {};
        }
        if (m_table.rows() == 0)
            m_table.columns = row->size();
        if (!row || row->size() != m_table.columns) {
            const auto code = isCut ? ErrorCode::FileTruncated : ErrorCode::ValueInvalid;
            return failure(code, fmt::format("{}: line {}", m_file.string(), m_line), shorten(line),
                fmt::format("{} numbers", m_table.columns));
        }
        m_table.values.insert(m_table.values.end(), row->begin(), row->end());
        m_table.lines.push_back(m_line);
        return {};
    }

    base::Result<TextTable> finish()
    {
        if (m_table.rows() == 0)
            return failure(ErrorCode::FormatUnknown, m_file.string(),
                "text without rows of numbers", "columns wavelength, flux and perhaps error");
        if (m_header.size() == m_table.columns)
            for (const std::string& name : m_header)
                m_table.names.push_back(base::lowerCase(name));
        else
            takeNamesFromComment();
        return std::move(m_table);
    }

private:
    /// `# wavelength flux`: a comment counts as a header line if it begins with a wavelength, fits,
    /// and is no prose.
    void takeNamesFromComment()
    {
        const auto isName = [](std::string_view field) {
            return !field.empty() && std::count(field.begin(), field.end(), ' ') <= 1;
        };
        for (const std::string& comment : m_table.comments) {
            const std::string text = base::lowerCase(comment);
            const auto fields = splitFields(text);
            const bool names = fields.size() == m_table.columns
                && (fields[0].substr(0, 4) == "wave" || fields[0].substr(0, 6) == "lambda")
                && std::all_of(fields.begin(), fields.end(), isName);
            if (names)
                m_table.names.assign(fields.begin(), fields.end());
        }
    }

    const std::filesystem::path& m_file;
    TextTable m_table;
    std::vector<std::string> m_header;
    std::size_t m_line = 0;
};

} // namespace

std::optional<double> parseNumber(std::string_view text)
{
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    if (text.empty() || text.front() == '+' || text.size() > 64)
        return std::nullopt;
    std::string buffer(text);
    const bool numeric = std::isdigit(static_cast<unsigned char>(text.back())) != 0;
    if (numeric)
        std::replace_if(
            buffer.begin(), buffer.end(), [](char c) { return c == 'D' || c == 'd'; }, 'e');
    double value = 0.0;
    const char* const end = buffer.data() + buffer.size();
    const auto [parsed, error] = std::from_chars(buffer.data(), end, value);
    if (parsed != end)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        const std::size_t exponent = buffer.find_first_of("eE");
        const bool tiny = exponent != std::string::npos && buffer[exponent + 1] == '-';
        const double size = tiny ? 0.0 : std::numeric_limits<double>::infinity();
        return buffer.front() == '-' ? -size : size;
    }
    if (error != std::errc())
        return std::nullopt;
    return value;
}

base::Result<TextTable> parseTextTable(std::string_view text, const std::filesystem::path& file)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
        text.remove_prefix(kByteOrderMark.size());

    TableParser parser(file);
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("\r\n");
        const bool isCut = end == std::string_view::npos;
        if (auto added = parser.addLine(text.substr(0, end), isCut); !added)
            return base::Unexpected(added.error());
        if (isCut)
            break;
        const bool pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
        text.remove_prefix(end + (pair ? 2 : 1));
    }
    return parser.finish();
}

} // namespace maury::io

#include "core/io/csv_table.h"

#include "core/base/atomic_file.h"
#include "core/io/file_bytes.h"
#include "core/io/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

/// Cuts a CSV text into records; keeps count of the lines.
class RecordReader {
public:
    RecordReader(std::string_view text, char delimiter)
        : m_text(text)
        , m_delimiter(delimiter)
    {
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
        if (m_text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
            m_next = kByteOrderMark.size();
    }

    struct Record {
        std::vector<std::string> fields;
        std::size_t line = 0;
        bool quoteIsOpen = false;
        bool beginsQuoted = false; ///< "#1" is a field, #1 a comment
        [[nodiscard]] bool isBlank() const
        {
            return fields.size() == 1 && fields[0].empty() && !beginsQuoted;
        }
        [[nodiscard]] bool isComment() const
        {
            return fields[0].substr(0, 1) == "#" && !beginsQuoted;
        }
    };

    std::optional<Record> next()
    {
        if (m_next >= m_text.size())
            return std::nullopt;
        Record record { { std::string() }, ++m_line, false, m_text[m_next] == '"' };
        for (; m_next < m_text.size(); ++m_next) {
            const char letter = m_text[m_next];
            if (record.quoteIsOpen) {
                takeQuoted(letter, record);
            } else if (letter == '"' && record.fields.back().empty()) {
                record.quoteIsOpen = true;
            } else if (letter == m_delimiter) {
                record.fields.emplace_back();
            } else if (letter == '\n') {
                ++m_next;
                break;
            } else if (letter != '\r') {
                record.fields.back() += letter;
            }
        }
        return record;
    }

private:
    void takeQuoted(char letter, Record& record)
    {
        const bool doubled = letter == '"' && m_text.substr(m_next + 1, 1) == "\"";
        if (letter == '"' && !doubled) {
            record.quoteIsOpen = false;
            return;
        }
        m_next += doubled ? 1 : 0;
        m_line += letter == '\n' ? 1 : 0;
        record.fields.back() += letter;
    }

    std::string_view m_text;
    char m_delimiter;
    std::size_t m_next = 0;
    std::size_t m_line = 0;
};

/// What parts the fields: in ECSV (APE 6) a blank unless the preamble says otherwise.
char delimiterOf(std::string_view text)
{
    if (!text.starts_with("# %ECSV"))
        return ',';
    constexpr std::string_view kKey = "\n# delimiter: ";
    const std::size_t place = text.find(kKey);
    if (place == std::string_view::npos)
        return ' ';
    const std::string_view value = text.substr(place + kKey.size(), 3);
    return value.find(',') == std::string_view::npos ? ' ' : ',';
}

std::string placeOf(const std::filesystem::path& file, std::size_t line)
{
    return fmt::format("{}: line {}", file.string(), line);
}

} // namespace

base::Result<CsvTable> CsvTable::read(const std::filesystem::path& file)
{
    const auto bytes = readBytes(file);
    if (!bytes)
        return base::Unexpected(bytes.error());
    if (bytes->find('\0') != std::string::npos)
        return failure(ErrorCode::FormatUnknown, file.string(), "binary data", "a CSV table");

    CsvTable table;
    table.m_file = file;
    RecordReader reader(*bytes, delimiterOf(*bytes));
    while (auto record = reader.next()) {
        if (record->quoteIsOpen)
            return failure(ErrorCode::FileTruncated, placeOf(file, record->line),
                "a quote that is never closed", "its end");
        if (record->isBlank() || record->isComment())
            continue;
        if (table.m_names.empty()) {
            table.m_names = std::move(record->fields);
            continue;
        }
        if (record->fields.size() != table.m_names.size())
            return failure(ErrorCode::ValueInvalid, placeOf(file, record->line),
                fmt::format("{} fields", record->fields.size()),
                fmt::format("{} as in the header", table.m_names.size()));
        std::move(record->fields.begin(), record->fields.end(), std::back_inserter(table.m_cells));
        table.m_lines.push_back(record->line);
    }
    if (table.m_names.empty())
        return failure(
            ErrorCode::FormatUnknown, file.string(), "no header line", "the names of the columns");
    return table;
}

std::optional<std::size_t> CsvTable::find(std::string_view name) const
{
    const auto found = std::find(m_names.begin(), m_names.end(), name);
    if (found == m_names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_names.begin());
}

base::Result<std::size_t> CsvTable::column(std::string_view name) const
{
    if (const auto found = find(name))
        return *found;
    return failure(ErrorCode::ValueMissing, m_file.string(),
        fmt::format("the columns {}", fmt::join(m_names, ", ")), fmt::format("a column {}", name));
}

base::Result<double> CsvTable::number(std::size_t row, std::size_t column) const
{
    const std::string& text = cell(row, column);
    if (const auto value = parseNumber(text); value && std::isfinite(*value))
        return *value;
    return failure(ErrorCode::ValueInvalid,
        placeOf(m_file, line(row)) + ": column " + m_names[column], "\"" + text + "\"", "a number");
}

base::Result<void> writeCsv(const std::filesystem::path& file, std::span<const CsvColumn> columns)
{
    EXPECTS(!columns.empty());
    const std::size_t rows = columns[0].values.size();
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    for (std::size_t i = 0; i < columns.size(); ++i)
        fmt::format_to(out, "{}{}", i == 0 ? "" : ",", columns[i].name);
    for (std::size_t row = 0; row < rows; ++row) {
        text.push_back('\n');
        for (std::size_t i = 0; i < columns.size(); ++i) {
            EXPECTS(columns[i].values.size() == rows);
            if (i > 0)
                text.push_back(',');
            if (!std::isnan(columns[i].values[row]))
                fmt::format_to(out, "{:.15g}", columns[i].values[row]);
        }
    }
    text.push_back('\n');

    return base::writeFileAtomically(file, std::string_view(text.data(), text.size()));
}

} // namespace maury::io

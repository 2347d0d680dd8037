#include "core/io/text_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace maury::io {
namespace {

/// A text as YAML takes it between single quotes, on one line.
std::string quoted(const std::string& text)
{
    std::string result = "'";
    for (const char letter : text) {
        if (letter == '\n' || letter == '\r')
            result += ' ';
        else
            result += letter;
        if (letter == '\'')
            result += '\'';
    }
    return result + "'";
}

/// One line; a comment must not end early.
std::string oneLine(std::string text)
{
    for (char& letter : text)
        if (letter == '\n' || letter == '\r')
            letter = ' ';
    return text;
}

/// A text between double quotes where a blank, the delimiter or a quote needs them.
void appendText(fmt::memory_buffer& text, const std::string& value, char delimiter)
{
    const bool isPlain = !value.empty() && value.find_first_of("\" \r\n") == std::string::npos
        && value.find(delimiter) == std::string::npos && value.front() != '#';
    std::string written = isPlain ? value : "\"";
    if (!isPlain) {
        for (const char letter : value)
            written += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        written += '"';
    }
    fmt::format_to(std::back_inserter(text), "{}", oneLine(written));
}

/// What stands for a number that is missing. No integer is "not a number": a reader of ECSV takes
/// an empty field instead.
struct Missing {
    const char* real;
    const char* integer;
};

void appendNumber(fmt::memory_buffer& text, const TableColumn& column, std::size_t row,
    const Missing& missing)
{
    const double value = column.values[row];
    const auto out = std::back_inserter(text);
    if (std::isnan(value))
        fmt::format_to(out, "{}", column.isInteger ? missing.integer : missing.real);
    else if (column.isInteger)
        fmt::format_to(out, "{:.0f}", value);
    else
        fmt::format_to(out, "{:.15g}", value);
}

void appendRows(
    fmt::memory_buffer& text, const TableToWrite& table, char delimiter, const Missing& missing)
{
    for (std::size_t row = 0; row < table.columns.front().rows(); ++row)
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].texts.empty())
                appendNumber(text, table.columns[i], row, missing);
            else
                appendText(text, table.columns[i].texts[row], delimiter);
            text.push_back(i + 1 < table.columns.size() ? delimiter : '\n');
        }
}

void appendNames(fmt::memory_buffer& text, const TableToWrite& table, char delimiter)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        fmt::format_to(std::back_inserter(text), "{}{}", table.columns[i].name,
            i + 1 < table.columns.size() ? delimiter : '\n');
}

} // namespace

std::string ecsvText(const TableToWrite& table)
{
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "# %ECSV 1.0\n# ---\n# datatype:\n");
    for (const TableColumn& column : table.columns) {
        fmt::format_to(out, "# - {{name: {}", column.name);
        if (!column.unit.empty())
            fmt::format_to(out, ", unit: {}", quoted(column.unit));
        fmt::format_to(out, ", datatype: {}",
            !column.texts.empty()    ? "string"
                : column.isInteger ? "int64"
                                   : "float64");
        if (!column.description.empty())
            fmt::format_to(out, ", description: {}", quoted(column.description));
        fmt::format_to(out, "}}\n");
    }
    fmt::format_to(out, "# meta: !!omap\n");
    for (const auto& fact : table.facts)
        fmt::format_to(out, "# - {{{}: {}}}\n", fact.first, quoted(fact.second));
    fmt::format_to(out, "# schema: astropy-2.0\n");
    appendNames(text, table, ' ');
    appendRows(text, table, ' ', { "nan", "\"\"" });
    return fmt::to_string(text);
}

std::string csvText(const TableToWrite& table, const std::vector<std::string>& comments)
{
    fmt::memory_buffer text;
    for (const std::string& comment : comments)
        fmt::format_to(std::back_inserter(text), "# {}\n", oneLine(comment));
    appendNames(text, table, ',');
    appendRows(text, table, ',', { "", "" });
    return fmt::to_string(text);
}

} // namespace maury::io

#include "core/io/ecsv_header.h"

#include "core/base/text.h"

#include <algorithm>

namespace maury::io {
namespace {

using base::trim;

std::string unquote(std::string_view text)
{
    text = trim(text);
    const bool isQuoted = text.size() >= 2 && text.front() == text.back()
        && (text.front() == '\'' || text.front() == '"');
    return std::string(isQuoted ? trim(text.substr(1, text.size() - 2)) : text);
}

/// Takes "key: value" into the column, if it is one that matters.
void take(std::string_view entry, ColumnFacts& column)
{
    const std::size_t colon = entry.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string_view key = trim(entry.substr(0, colon));
    const std::string value = unquote(entry.substr(colon + 1));
    if (key == "name")
        column.name = base::lowerCase(value);
    else if (key == "unit")
        column.unit = value;
    else if (key == "ucd")
        column.ucd = value;
}

/// The entries of "{name: wave, unit: 'a, b'}".
void takeFlow(std::string_view flow, ColumnFacts& column)
{
    char quote = '\0';
    std::size_t start = 0;
    for (std::size_t i = 0; i <= flow.size(); ++i) {
        const char letter = i < flow.size() ? flow[i] : ',';
        if (quote != '\0')
            quote = letter == quote ? '\0' : quote;
        else if (letter == '\'' || letter == '"')
            quote = letter;
        else if (letter == ',') {
            take(flow.substr(start, i - start), column);
            start = i + 1;
        }
    }
}

} // namespace

std::vector<ColumnFacts> readEcsvHeader(const std::vector<std::string>& comments)
{
    const bool isEcsv = !comments.empty() && comments.front().starts_with("%ECSV");
    const auto list = std::find(comments.begin(), comments.end(), "datatype:");
    std::vector<ColumnFacts> columns;
    if (!isEcsv || list == comments.end())
        return columns;
    for (auto line = list + 1; line != comments.end(); ++line) {
        std::string entry = *line;
        const bool isNextSection = entry == "meta:" || entry.starts_with("meta: !!")
            || entry.starts_with("schema:") || entry.starts_with("delimiter:");
        if (isNextSection)
            break;
        if (entry.starts_with("- ")) {
            columns.emplace_back();
            entry = std::string(trim(entry.substr(2)));
        }
        if (columns.empty())
            break;
        if (!entry.starts_with("{")) {
            take(entry, columns.back());
            continue;
        }
        while (!entry.ends_with("}") && line + 1 != comments.end())
            entry += " " + *++line;
        takeFlow(std::string_view(entry).substr(1, entry.size() - 2), columns.back());
    }
    return columns;
}

} // namespace maury::io

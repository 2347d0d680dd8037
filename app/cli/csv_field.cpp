#include "app/cli/csv_field.h"

#include <fmt/core.h>

namespace maury::cli {

std::string csvField(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter;
        if (letter == '"')
            quoted += '"';
    }
    return quoted + '"';
}

std::string csvField(const std::optional<double>& value)
{
    return value ? fmt::format("{:.6g}", *value) : std::string();
}

} // namespace maury::cli

#include "core/base/text.h"

#include <algorithm>

namespace maury::base {

std::string_view trim(std::string_view text, std::string_view around)
{
    const std::size_t first = text.find_first_not_of(around);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(around) - first + 1);
}

std::string lowerCase(std::string_view text)
{
    std::string result(text);
    // Not std::tolower: that depends on the locale.
    std::transform(result.begin(), result.end(), result.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return result;
}

} // namespace maury::base

#pragma once

#include <string>
#include <string_view>

namespace maury::base {

/// The text without leading and trailing characters of `around` (blanks and line ends unless said).
[[nodiscard]] std::string_view trim(std::string_view text, std::string_view around = " \t\r\n\f\v");

/// The text with its ASCII letters in lower case.
[[nodiscard]] std::string lowerCase(std::string_view text);

} // namespace maury::base

#pragma once

#include <optional>
#include <string>

namespace maury::cli {

/// A text as a field of a CSV file (RFC 4180): quoted where it holds a comma, a quote or a line end.
[[nodiscard]] std::string csvField(const std::string& text);
/// A number with 6 significant digits; empty when it is not known.
[[nodiscard]] std::string csvField(const std::optional<double>& value);

} // namespace maury::cli

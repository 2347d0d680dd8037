#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// Rows of numbers from a text file, whatever separates them.
struct TextTable {
    std::vector<std::string>
        names; ///< [columns] in lower case, or empty when the file has no header line
    std::vector<std::string> comments; ///< comment lines without their mark
    std::size_t columns = 0;
    std::vector<double> values; ///< [rows, columns]; NaN where the file has no number
    std::vector<std::size_t> lines; ///< [rows], counted from 1

    [[nodiscard]] std::size_t rows() const { return lines.size(); }
    [[nodiscard]] double at(std::size_t row, std::size_t column) const
    {
        return values[row * columns + column];
    }
};

/// A number as scientific programs write it: C or Fortran exponents (1.5D+03), a leading plus, NaN,
/// Inf; too large a number is infinite. Nothing when the text is no number. Independent of the
/// locale.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);

/// Reads columns separated by commas, semicolons, tabs or blanks. Skips a byte order mark, blank
/// lines, and comments (`#`, `;`, `%`, `!`, `//`); lines before the first number are headers, the
/// last of them naming the columns if it has as many. Line ends are those of any system. Errors:
/// FormatUnknown (no rows of at least two numbers), ValueInvalid (a line that is no row of numbers,
/// or has another number of columns), FileTruncated (such a line at the very end, without its line
/// end).
[[nodiscard]] base::Result<TextTable> parseTextTable(
    std::string_view text, const std::filesystem::path& file);

} // namespace maury::io

#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// A table of text cells with named columns, as in labels, line lists and catalogues.
class CsvTable {
public:
    /// Reads a CSV file (RFC 4180: quoted fields may hold commas, doubled quotes and line ends)
    /// whose first line that is no `#` comment names the columns; or ECSV, whose fields may be parted
    /// by blanks and whose preamble is skipped. Blank lines are skipped. Errors:
    /// FileMissing, FileUnreadable, FileEmpty, FormatUnknown (no header), ValueInvalid (a row with
    /// another number of fields; names the line), FileTruncated (an open quote at the end).
    [[nodiscard]] static base::Result<CsvTable> read(const std::filesystem::path& file);

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    [[nodiscard]] std::size_t rows() const { return m_lines.size(); }
    [[nodiscard]] const std::string& cell(std::size_t row, std::size_t column) const
    {
        return m_cells[row * m_names.size() + column];
    }
    /// The line of the file in which a row begins, counted from 1.
    [[nodiscard]] std::size_t line(std::size_t row) const { return m_lines[row]; }

    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    /// Errors: ValueMissing, naming the file, the column and those that there are.
    [[nodiscard]] base::Result<std::size_t> column(std::string_view name) const;
    /// A cell as a number. Errors: ValueInvalid, naming file, line, column and the text found.
    [[nodiscard]] base::Result<double> number(std::size_t row, std::size_t column) const;

private:
    std::filesystem::path m_file;
    std::vector<std::string> m_names;
    std::vector<std::string> m_cells;
    std::vector<std::size_t> m_lines;
};

/// One column of numbers to write; NaN becomes an empty field.
struct CsvColumn {
    std::string name;
    std::vector<double> values;
};

/// Writes columns of equal length with 15 significant digits, in one step. Errors:
/// WriteFailed.
[[nodiscard]] base::Result<void> writeCsv(
    const std::filesystem::path& file, std::span<const CsvColumn> columns);

} // namespace maury::io

#pragma once

#include "core/base/result.h"
#include "core/io/spectral_columns.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// A FIELD of a VOTable (IVOA Recommendation 1.4): what it says of itself and how it is stored.
struct VotableField {
    ColumnFacts facts;
    std::string datatype; ///< "double", "float", "int", "char" …
    std::optional<std::size_t> length = 1; ///< numbers in a cell; nothing where that varies
    std::optional<double> null; ///< the number that means none
    [[nodiscard]] bool isText() const { return datatype == "char" || datatype == "unicodeChar"; }
};

/// The numbers of a column, cell after cell.
struct VotableColumn {
    std::vector<double> values;
    std::vector<std::size_t> ends; ///< [rows]: where each cell ends in `values`
    [[nodiscard]] std::size_t rows() const { return ends.size(); }
    [[nodiscard]] std::vector<double> cell(std::size_t row) const;
    /// Whether every cell is one number.
    [[nodiscard]] bool isScalar() const { return values.size() == ends.size(); }
};

/// `arraysize` ("1", "*", "12", "3x4", "20*") as a length: nothing where it varies; 0 for what is
/// no size.
[[nodiscard]] std::optional<std::size_t> votableLength(std::string_view arraysize);

/// The numbers in the text of a TD; NaN where it is empty or no number.
void addCell(const VotableField& field, std::string_view text, VotableColumn& column);

/// The columns of a BINARY (or BINARY2) stream: base64 of the rows, numbers big-endian; BINARY2
/// begins every row with bits that mark the fields without value. Errors: FileTruncated,
/// FileDamaged, ValueInvalid (a data type that has no numbers of a known size).
[[nodiscard]] base::Result<std::vector<VotableColumn>> decodeBinary(std::string_view base64,
    const std::vector<VotableField>& fields, bool hasNullBits, const std::string& place);

} // namespace maury::io

#include "core/base/text.h"
#include "core/io/fits_handle.h"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace maury::io {

using base::ErrorCode;
using base::failure;

base::Result<std::vector<FitsFile::Column>> FitsFile::columns() const
{
    int status = 0;
    int count = 0;
    fits_get_num_cols(m_handle->fits, &count, &status);
    if (status != 0)
        return libraryFailure(status, placeOfHdu(m_hdu));
    std::vector<Column> all;
    for (int number = 1; number <= count; ++number) {
        Column column;
        column.number = number;
        column.name = text(fmt::format("TTYPE{}", number)).value_or("");
        column.unit = text(fmt::format("TUNIT{}", number)).value_or("");
        column.ucd = text(fmt::format("TUCD{}", number)).value_or("");
        column.utype = text(fmt::format("TUTYP{}", number)).value_or("");
        int type = 0;
        LONGLONG repeat = 0;
        LONGLONG width = 0;
        fits_get_eqcoltypell(m_handle->fits, number, &type, &repeat, &width, &status);
        if (status != 0)
            return libraryFailure(status, placeOfHdu(m_hdu));
        const int kind = std::abs(type);
        column.isNumeric
            = kind != TSTRING && kind != TCOMPLEX && kind != TDBLCOMPLEX && kind != TLOGICAL;
        column.repeat = type < 0 ? 0 : repeat;
        all.push_back(std::move(column));
    }
    return all;
}

base::Result<std::vector<double>> FitsFile::readColumn(
    const Column& column, std::int64_t firstRow, std::int64_t rows)
{
    const std::string place = fmt::format("{}: column {}", placeOfHdu(m_hdu), column.name);
    if (!column.isNumeric)
        return failure(ErrorCode::ValueInvalid, place, "text or another kind", "numbers");
    int status = 0;
    LONGLONG tableRows = 0;
    fits_get_num_rowsll(m_handle->fits, &tableRows, &status);
    if (status != 0)
        return libraryFailure(status, place);
    if (firstRow < 0 || rows <= 0 || firstRow + rows > tableRows)
        return failure(ErrorCode::ValueMissing, place, fmt::format("{} rows", tableRows),
            fmt::format("row {} to {}", firstRow, firstRow + rows - 1));
    LONGLONG length = column.repeat;
    if (length == 0 && rows == 1) {
        LONGLONG offset = 0;
        fits_read_descriptll(
            m_handle->fits, column.number, firstRow + 1, &length, &offset, &status);
        if (status != 0)
            return libraryFailure(status, place);
    }
    constexpr LONGLONG kAnyLength = LONGLONG { 1 } << 30;
    if (length <= 0 || length > kAnyLength || rows > kAnyLength)
        return failure(ErrorCode::ValueInvalid, place,
            fmt::format("{} rows of cells of {} numbers", rows, length), "a spectrum");
    const auto rowBytes
        = static_cast<std::int64_t>(number("NAXIS1").value_or(0.0) * static_cast<double>(rows));
    if (auto checked = checkSize(length * rows, rowBytes); !checked)
        return base::Unexpected(checked.error());
    std::vector<double> values(static_cast<std::size_t>(length * rows));
    double blank = std::numeric_limits<double>::quiet_NaN();
    int hasBlanks = 0;
    fits_read_col(m_handle->fits, TDOUBLE, column.number, firstRow + 1, 1, length * rows, &blank,
        values.data(), &hasBlanks, &status);
    if (status != 0)
        return libraryFailure(status, place);
    return values;
}

std::string FitsFile::readText(const Column& column, std::int64_t row) const
{
    int status = 0;
    int type = 0;
    LONGLONG repeat = 0;
    LONGLONG width = 0;
    fits_get_coltypell(m_handle->fits, column.number, &type, &repeat, &width, &status);
    constexpr LONGLONG kLongest = 4096;
    if (status != 0 || type != TSTRING || repeat > kLongest) {
        fits_clear_errmsg();
        return {};
    }
    std::vector<char> buffer(static_cast<std::size_t>(repeat) + 1, '\0');
    std::array<char*, 1> cells { buffer.data() };
    std::array<char, 1> blank { '\0' };
    int hasBlanks = 0;
    fits_read_col(m_handle->fits, TSTRING, column.number, row + 1, 1, 1, blank.data(), cells.data(),
        &hasBlanks, &status);
    if (status != 0) {
        fits_clear_errmsg();
        return {};
    }
    return std::string(base::trim(buffer.data()));
}

} // namespace maury::io

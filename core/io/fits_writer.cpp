#include "core/io/fits_writer.h"

#include "core/base/atomic_file.h"

#include <fitsio.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kBlock = 2880;

/// A FITS file that cfitsio builds in memory.
class MemoryFile {
public:
    MemoryFile()
        : m_size(kBlock)
        , m_memory(std::malloc(m_size))
    {
        fits_create_memfile(&m_fits, &m_memory, &m_size, 64 * kBlock, std::realloc, &m_status);
    }
    ~MemoryFile()
    {
        close();
        std::free(m_memory);
        fits_clear_errmsg();
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    void addPrimary(const std::vector<FitsCard>& cards)
    {
        fits_create_img(m_fits, BYTE_IMG, 0, nullptr, &m_status);
        for (const FitsCard& card : cards)
            add(card);
    }

    void addTable(const FitsTableToWrite& given)
    {
        const auto& columns = given.table.columns;
        std::vector<std::string> names;
        std::vector<std::string> forms;
        std::vector<std::string> units;
        for (const TableColumn& column : columns) {
            names.push_back(column.name);
            forms.push_back(formOf(column));
            units.push_back(column.unit);
        }
        auto namePointers = pointers(names);
        auto formPointers = pointers(forms);
        auto unitPointers = pointers(units);
        std::string extension = given.table.name;
        fits_create_tbl(m_fits, BINARY_TBL,
            static_cast<LONGLONG>(columns.empty() ? 0 : columns.front().rows()),
            static_cast<int>(columns.size()), namePointers.data(), formPointers.data(),
            unitPointers.data(), extension.empty() ? nullptr : extension.c_str(), &m_status);
        for (std::size_t i = 0; i < given.descriptors.size(); ++i)
            describe(i + 1, given.descriptors[i]);
        for (const FitsCard& card : given.cards)
            add(card);
        for (std::size_t i = 0; i < columns.size(); ++i)
            fill(static_cast<int>(i + 1), columns[i]);
    }

    /// The bytes of the whole file. Errors: LibraryFailed, with what cfitsio says.
    Result<std::string_view> bytes(const std::filesystem::path& file)
    {
        // A file in memory is as large as its HDUs; what cfitsio reserved beyond them is no part.
        LONGLONG end = 0;
        fits_flush_file(m_fits, &m_status);
        fits_get_hduaddrll(m_fits, nullptr, nullptr, &end, &m_status);
        close();
        if (m_status == 0)
            return std::string_view(static_cast<const char*>(m_memory), static_cast<std::size_t>(end));
        char text[FLEN_STATUS] = "";
        fits_get_errstatus(m_status, text);
        return base::failure(ErrorCode::LibraryFailed, file.string(), text);
    }

private:
    static std::string formOf(const TableColumn& column)
    {
        std::size_t longest = 1;
        for (const std::string& text : column.texts)
            longest = std::max(longest, text.size());
        if (!column.texts.empty())
            return std::to_string(longest) + "A";
        return column.isInteger ? "1K" : "1D";
    }

    static std::vector<char*> pointers(std::vector<std::string>& texts)
    {
        std::vector<char*> result;
        for (std::string& text : texts)
            result.push_back(text.data());
        return result;
    }

    /// FITS knows ASCII only.
    static std::string printableOf(const std::string& text)
    {
        std::string printable;
        for (const char letter : text)
            printable += letter >= 32 && letter < 127 ? letter : '?';
        return printable;
    }

    void add(const FitsCard& card)
    {
        const char* keyword = card.keyword.c_str();
        const char* comment = card.comment.empty() ? nullptr : card.comment.c_str();
        if (const auto* text = std::get_if<std::string>(&card.value)) {
            const std::string printable = printableOf(*text);
            if (printable.size() > 68)
                fits_write_key_longwarn(m_fits, &m_status);
            fits_write_key_longstr(m_fits, keyword, printable.c_str(), comment, &m_status);
        } else if (const auto* number = std::get_if<double>(&card.value)) {
            fits_write_key_dbl(m_fits, keyword, *number, -15, comment, &m_status);
        } else {
            fits_write_key_log(m_fits, keyword, std::get<bool>(card.value) ? 1 : 0, comment, &m_status);
        }
    }

    void describe(std::size_t column, const std::pair<std::string, std::string>& ucdAndType)
    {
        const std::string number = std::to_string(column);
        if (!ucdAndType.first.empty())
            add({ "TUCD" + number, ucdAndType.first });
        if (!ucdAndType.second.empty())
            add({ "TUTYP" + number, ucdAndType.second });
    }

    void fill(int number, const TableColumn& column)
    {
        const auto rows = static_cast<LONGLONG>(column.rows());
        if (rows == 0)
            return;
        if (!column.texts.empty()) {
            std::vector<std::string> texts;
            for (const std::string& text : column.texts)
                texts.push_back(printableOf(text));
            auto textPointers = pointers(texts);
            fits_write_col_str(m_fits, number, 1, 1, rows, textPointers.data(), &m_status);
            return;
        }
        if (!column.isInteger) {
            std::vector<double> values = column.values;
            fits_write_col_dbl(m_fits, number, 1, 1, rows, values.data(), &m_status);
            return;
        }
        std::vector<LONGLONG> values;
        for (const double value : column.values)
            values.push_back(static_cast<LONGLONG>(std::isfinite(value) ? value : 0.0));
        fits_write_col_lnglng(m_fits, number, 1, 1, rows, values.data(), &m_status);
    }

    void close()
    {
        int status = 0;
        if (m_fits != nullptr)
            fits_close_file(m_fits, &status);
        m_fits = nullptr;
    }

    std::size_t m_size;
    void* m_memory;
    fitsfile* m_fits = nullptr;
    int m_status = 0;
};

} // namespace

Result<void> writeFitsTables(const std::filesystem::path& file,
    const std::vector<FitsCard>& primary, const std::vector<FitsTableToWrite>& tables)
{
    MemoryFile fits;
    fits.addPrimary(primary);
    for (const FitsTableToWrite& table : tables)
        fits.addTable(table);
    const auto bytes = fits.bytes(file);
    if (!bytes)
        return base::Unexpected(bytes.error());
    return base::writeFileAtomically(file, *bytes);
}

} // namespace maury::io

#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::io {

/// A FITS file open for reading, through cfitsio; compressed files too. HDUs are counted from 1.
/// cfitsio's own messages are drained into the context of every error.
class FitsFile {
public:
    enum class Kind { Image, Table };

    /// What an HDU holds. axes: [NAXIS1, NAXIS2, …]; of a table [columns, rows].
    struct Hdu {
        Kind kind = Kind::Image;
        std::vector<std::int64_t> axes;
        std::string name; ///< EXTNAME, or empty
        /// Whether there are data behind the header.
        [[nodiscard]] bool hasData() const;
        /// "an image of 8575 × 5 pixels", "a table of 4101 rows (COADD_B)".
        [[nodiscard]] std::string describe() const;
    };

    /// A column of a table. `repeat`: numbers in one cell; 0 where that differs from row to row.
    struct Column {
        int number = 0; ///< counted from 1
        std::string name;
        std::string unit;
        std::string ucd; ///< TUCDn
        std::string utype; ///< TUTYPn
        std::int64_t repeat = 1;
        bool isNumeric = true;
    };

    /// Errors: FileUnreadable, FileTruncated, FileDamaged (cfitsio's reason is the context).
    [[nodiscard]] static base::Result<FitsFile> open(const std::filesystem::path& file);
    ~FitsFile();
    FitsFile(FitsFile&& other) noexcept;
    FitsFile& operator=(FitsFile&& other) noexcept;
    FitsFile(const FitsFile&) = delete;
    FitsFile& operator=(const FitsFile&) = delete;

    /// All HDUs. Errors: FileTruncated, FileDamaged, naming the HDU whose header cannot be read.
    [[nodiscard]] base::Result<std::vector<Hdu>> hdus();
    /// Makes an HDU the one that the functions below speak of.
    [[nodiscard]] base::Result<void> moveTo(int hdu);

    /// A keyword's value without quotes and outer blanks; nothing if it is absent, empty or "-".
    [[nodiscard]] std::optional<std::string> text(const std::string& keyword) const;
    /// What stands between the quotes of a keyword's value, blanks and all, for texts that go on in
    /// the next card; nothing if it is absent or not quoted.
    [[nodiscard]] std::optional<std::string> quotedText(const std::string& keyword) const;
    /// A keyword's value if it is a finite number, quoted or not.
    [[nodiscard]] std::optional<double> number(const std::string& keyword) const;

    /// Whether a keyword says yes (T, 1, 'TRUE').
    [[nodiscard]] bool flag(const std::string& keyword) const;

    /// Whether the file is as long as the current HDU's header says: else FileTruncated.
    [[nodiscard]] base::Result<void> checkComplete() const;

    /// `count` pixels of the current image from `first` (counted from 0) in the order of the file,
    /// scaled, NaN where blank. Checks against the size of the file before memory is taken. Errors:
    /// FileTruncated, FileDamaged, naming the HDU.
    [[nodiscard]] base::Result<std::vector<double>> readPixels(
        std::int64_t count, std::int64_t first = 0);

    /// The columns of the current table. Errors: FileDamaged.
    [[nodiscard]] base::Result<std::vector<Column>> columns() const;
    /// `rows` cells of a column of numbers from `firstRow` (counted from 0), scaled, NaN where
    /// blank: [rows, repeat], or [length of the cell] for a column of varying length, of which one
    /// row can be asked at a time. Errors: as readPixels; ValueInvalid for a column of text.
    [[nodiscard]] base::Result<std::vector<double>> readColumn(
        const Column& column, std::int64_t firstRow, std::int64_t rows);
    /// The text in a cell without outer blanks; empty when the column holds none.
    [[nodiscard]] std::string readText(const Column& column, std::int64_t row) const;

private:
    struct Handle;
    explicit FitsFile(std::filesystem::path file, std::unique_ptr<Handle> handle);
    [[nodiscard]] base::Unexpected libraryFailure(int status, const std::string& place) const;
    [[nodiscard]] std::string placeOfHdu(int hdu) const;
    [[nodiscard]] std::optional<std::string> valueOf(const std::string& keyword) const;
    [[nodiscard]] base::Result<void> checkSize(std::int64_t values, std::int64_t bytes) const;

    std::filesystem::path m_file;
    std::unique_ptr<Handle> m_handle;
    int m_hdu = 1;
};

} // namespace maury::io

#pragma once

#include "core/store/entry.h"
#include "core/store/text_rows.h"

#include <string_view>
#include <vector>

namespace maury::store {

/// The table beside the spectra of a store: columns that are read where they are asked for.
class Catalogue {
public:
    /// Errors: those of Hdf5Group; FileDamaged when columns differ in length.
    [[nodiscard]] static base::Result<Catalogue> open(const io::Hdf5Group& group);
    [[nodiscard]] static base::Result<Catalogue> create(io::Hdf5Group& group);

    [[nodiscard]] std::uint64_t rows() const { return m_numbers.front().rows(); }
    /// Errors: FileDamaged. Precondition: there are so many.
    [[nodiscard]] base::Result<std::vector<Entry>> read(
        std::uint64_t first, std::uint64_t count) const;
    /// A whole column. Errors: FileDamaged. Precondition: `column` is one of textColumns() or
    /// numberColumns().
    [[nodiscard]] base::Result<std::vector<std::string>> texts(std::string_view column) const;
    [[nodiscard]] base::Result<std::vector<double>> numbers(std::string_view column) const;
    /// Errors: WriteFailed, LibraryFailed.
    [[nodiscard]] base::Result<void> append(const std::vector<Entry>& entries);

private:
    std::vector<TextRows> m_texts; ///< in the order of textColumns()
    std::vector<io::Hdf5Rows> m_numbers; ///< in the order of numberColumns()
};

} // namespace maury::store

#pragma once

#include "core/io/hdf5_file.h"

#include <string>
#include <vector>

namespace maury::store {

/// Texts of any length in a store: their bytes one after the other, and where each ends.
class TextRows {
public:
    /// Arrays NAME (bytes) and NAME_ends in a group. Errors: those of Hdf5Group; FileDamaged when
    /// they do not fit each other.
    [[nodiscard]] static base::Result<TextRows> open(
        const io::Hdf5Group& group, const std::string& name);
    [[nodiscard]] static base::Result<TextRows> create(
        io::Hdf5Group& group, const std::string& name);

    [[nodiscard]] std::uint64_t rows() const { return m_ends.rows(); }
    /// Errors: FileDamaged. Precondition: there are so many.
    [[nodiscard]] base::Result<std::vector<std::string>> read(
        std::uint64_t first, std::uint64_t count) const;
    /// Errors: WriteFailed, LibraryFailed.
    [[nodiscard]] base::Result<void> append(const std::vector<std::string>& texts);

private:
    TextRows(io::Hdf5Rows bytes, io::Hdf5Rows ends, std::string place);

    io::Hdf5Rows m_bytes;
    io::Hdf5Rows m_ends;
    std::string m_place;
};

/// The pieces of a flat array that a list of ends cuts it into, for the rows first … first + count:
/// begin of the first, then all ends. Errors: FileDamaged when the ends descend or pass `total`.
[[nodiscard]] base::Result<std::vector<std::uint64_t>> readEnds(const io::Hdf5Rows& ends,
    std::uint64_t first, std::uint64_t count, std::uint64_t total, const std::string& place);

} // namespace maury::store

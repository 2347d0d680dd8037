#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace maury::io {

/// An array of an open HDF5 file that grows by rows of equal length, read and written piece by
/// piece; it stays open, with the library's cache of its chunks. Made by Hdf5Group. Copies share
/// the handle. Element types T: those of Hdf5Group's arrays.
class Hdf5Rows {
public:
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] std::size_t rowLength() const { return m_rowLength; }

    /// The rows from `first` on that fill `values`. Errors: FileDamaged. Preconditions: `values`
    /// holds whole rows, and there are so many.
    template <typename T>
    [[nodiscard]] base::Result<void> read(std::uint64_t first, std::span<T> values) const;

    /// Adds rows at the end. Errors: WriteFailed, LibraryFailed. Precondition: `values` holds whole
    /// rows; the file may be changed.
    template <typename T> [[nodiscard]] base::Result<void> append(std::span<const T> values);

private:
    struct Handle;
    friend class Hdf5Group;
    Hdf5Rows(std::shared_ptr<Handle> handle, std::string place, std::uint64_t rows,
        std::size_t rowLength);

    std::shared_ptr<Handle> m_handle;
    std::string m_place; ///< "file.h5, /group/name"
    std::uint64_t m_rows = 0;
    std::size_t m_rowLength = 1;
};

} // namespace maury::io

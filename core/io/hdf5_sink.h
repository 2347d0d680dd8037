#pragma once

#include "core/base/atomic_file.h"

#include <cstdint>
#include <string>

namespace maury::io {

/// Where the HDF5 library writes: a file driver of our own around a file descriptor. The library
/// (1.10) crashes when its file driver cannot write while a file is closed (disk full), so this
/// driver keeps the first error to itself, drops what follows, and the writer asks error() instead.
class Hdf5Sink {
public:
    explicit Hdf5Sink(base::AtomicFile& file)
        : m_descriptor(file.descriptor())
    {
    }

    /// The system's errno of the first write that failed; 0 if none did.
    [[nodiscard]] int error() const { return m_error; }

    // For the driver.
    void write(std::uint64_t address, const void* bytes, std::size_t size);
    void read(std::uint64_t address, void* bytes, std::size_t size) const;
    void truncate(std::uint64_t size);

private:
    int m_descriptor;
    int m_error = 0;
};

/// A file access property list (hid_t) that makes H5Fcreate write into `sink`, which must outlive
/// the file. Negative if the library refuses. The caller closes it.
[[nodiscard]] std::int64_t createAccessList(Hdf5Sink& sink);

} // namespace maury::io

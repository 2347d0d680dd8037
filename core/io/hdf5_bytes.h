#pragma once

#include <cstddef>
#include <cstdint>

namespace maury::io {

/// What lies behind an HDF5 file that the library does not open by itself: our own code hands it
/// the bytes. Addresses count from the start of the file.
class Hdf5Bytes {
public:
    virtual ~Hdf5Bytes() = default;

    /// Bytes beyond the end are zeros. False if they cannot be had (or are damaged).
    [[nodiscard]] virtual bool read(std::uint64_t address, void* bytes, std::size_t size) = 0;
    /// Never fails here: the library (1.10) crashes when its file driver cannot write while a file
    /// is closed (disk full). The first error is kept, what follows is dropped; whoever writes asks
    /// error().
    virtual void write(std::uint64_t address, const void* bytes, std::size_t size) = 0;
    virtual void truncate(std::uint64_t size) = 0;
    /// Of the file as the library finds it.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// The system's errno of the first write that failed; 0 if none did.
    [[nodiscard]] virtual int error() const = 0;

protected:
    Hdf5Bytes() = default;
    Hdf5Bytes(const Hdf5Bytes&) = default;
    Hdf5Bytes& operator=(const Hdf5Bytes&) = default;
    Hdf5Bytes(Hdf5Bytes&&) = default;
    Hdf5Bytes& operator=(Hdf5Bytes&&) = default;
};

/// A file access property list (hid_t) that makes H5Fcreate and H5Fopen use `bytes`, which must
/// outlive the file. Negative if the library refuses. The caller closes it.
[[nodiscard]] std::int64_t createAccessList(Hdf5Bytes& bytes);

} // namespace maury::io

#pragma once

#include "core/base/error.h"
#include "core/io/hdf5_file.h"
#include "core/io/hdf5_bytes.h"

#include <hdf5.h>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

// For the .cpp files of the HDF5 wrapper alone: this header includes hdf5.h.
namespace maury::io {

/// Held around every call of the library: keeps it from printing its errors, and serialises callers
/// where the library was not built thread-safe (it is one shared object by nature).
class Hdf5Call {
public:
    Hdf5Call();
    ~Hdf5Call();
    Hdf5Call(const Hdf5Call&) = delete;
    Hdf5Call& operator=(const Hdf5Call&) = delete;

private:
    std::unique_lock<std::recursive_mutex> m_lock;
    H5E_auto2_t m_printer = nullptr;
    void* m_printerData = nullptr;
};

/// Owns one hid_t of any kind.
class Hdf5Id {
public:
    explicit Hdf5Id(hid_t id = H5I_INVALID_HID)
        : m_id(id)
    {
    }
    ~Hdf5Id() { reset(); }
    Hdf5Id(Hdf5Id&& other) noexcept
        : m_id(std::exchange(other.m_id, H5I_INVALID_HID))
    {
    }
    Hdf5Id& operator=(Hdf5Id&& other) noexcept
    {
        std::swap(m_id, other.m_id);
        return *this;
    }
    Hdf5Id(const Hdf5Id&) = delete;
    Hdf5Id& operator=(const Hdf5Id&) = delete;

    void reset() noexcept;
    [[nodiscard]] bool valid() const { return m_id >= 0; }
    [[nodiscard]] hid_t get() const { return m_id; }

private:
    hid_t m_id;
};

/// The file outlives its groups: members are destroyed in reverse order.
struct Hdf5Group::Handle {
    std::shared_ptr<Hdf5Id> file;
    Hdf5Id group;
    const Hdf5Bytes* bytes = nullptr; ///< of a file being written; nullptr when reading
    std::uint64_t fileBytes = 0; ///< of a file being read
};

/// The library's own account of the last failure, outermost call first. Call it before any other
/// library call.
[[nodiscard]] std::vector<std::string> libraryErrors();

} // namespace maury::io

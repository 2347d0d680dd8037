#pragma once

#include <hdf5.h>

#include <cstdint>

// For the .cpp files of the HDF5 wrapper alone: this header includes hdf5.h.

/// Calls DO(type, the library's name of it in memory) for every element type of arrays.
#define MAURY_HDF5_ELEMENTS(DO)                                                                    \
    DO(float, H5T_NATIVE_FLOAT)                                                                    \
    DO(double, H5T_NATIVE_DOUBLE)                                                                  \
    DO(std::uint8_t, H5T_NATIVE_UINT8)                                                             \
    DO(std::uint16_t, H5T_NATIVE_UINT16)                                                           \
    DO(std::uint32_t, H5T_NATIVE_UINT32)                                                           \
    DO(std::uint64_t, H5T_NATIVE_UINT64)                                                           \
    DO(std::int32_t, H5T_NATIVE_INT32)                                                             \
    DO(std::int64_t, H5T_NATIVE_INT64)

namespace maury::io {

template <typename T> hid_t memoryType();
#define MAURY_HDF5_MEMORY_TYPE(T, NAME)                                                            \
    template <> inline hid_t memoryType<T>()                                                       \
    {                                                                                              \
        return NAME;                                                                               \
    }
MAURY_HDF5_ELEMENTS(MAURY_HDF5_MEMORY_TYPE)
#undef MAURY_HDF5_MEMORY_TYPE

} // namespace maury::io

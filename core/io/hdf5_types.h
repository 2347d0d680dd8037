#pragma once

#include <hdf5.h>

#include <cstdint>

// For the .cpp files of the HDF5 wrapper alone: this header includes hdf5.h.
namespace maury::io {

/// The library's name of an element type in memory.
template <typename T> hid_t memoryType();
template <> inline hid_t memoryType<float>()
{
    return H5T_NATIVE_FLOAT;
}
template <> inline hid_t memoryType<double>()
{
    return H5T_NATIVE_DOUBLE;
}
template <> inline hid_t memoryType<std::uint8_t>()
{
    return H5T_NATIVE_UINT8;
}
template <> inline hid_t memoryType<std::uint16_t>()
{
    return H5T_NATIVE_UINT16;
}
template <> inline hid_t memoryType<std::uint32_t>()
{
    return H5T_NATIVE_UINT32;
}
template <> inline hid_t memoryType<std::uint64_t>()
{
    return H5T_NATIVE_UINT64;
}
template <> inline hid_t memoryType<std::int32_t>()
{
    return H5T_NATIVE_INT32;
}
template <> inline hid_t memoryType<std::int64_t>()
{
    return H5T_NATIVE_INT64;
}

} // namespace maury::io

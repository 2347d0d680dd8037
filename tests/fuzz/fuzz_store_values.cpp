// Stores whose structure and checksums are right and whose numbers are not: each 13 bytes of the
// input put a number (8 bytes) at a place (4 bytes) of an array (1 byte) of a small store.

#include "core/io/file_bytes.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/store_files.h"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace maury;

/// A store and the names of all its arrays.
struct Base {
    std::string bytes;
    std::vector<std::string> arrays;
};

std::filesystem::path scratchFile()
{
    return std::filesystem::temp_directory_path()
        / ("maury-fuzz-" + std::to_string(::getpid()) + ".h5");
}

herr_t addArray(hid_t, const char* name, const H5O_info_t* info, void* list)
{
    if (info->type == H5O_TYPE_DATASET)
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
}

Base makeBase(bool gridded)
{
    const auto file = scratchFile();
    if (gridded)
        test::writeGriddedStore(file, 6);
    else
        test::writeNativeStore(file, 6);
    Base base;
    base.bytes = io::readBytes(file).value();
    const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    H5Ovisit(opened, H5_INDEX_NAME, H5_ITER_INC, addArray, &base.arrays);
    H5Fclose(opened);
    std::filesystem::remove(file);
    return base;
}

/// Puts the bytes of `value` into an element of an array; what does not fit does nothing.
void poke(hid_t file, const std::string& name, std::uint32_t place, std::uint64_t value)
{
    const hid_t array = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
    const hid_t type = H5Dget_type(array);
    const hid_t space = H5Dget_space(array);
    const auto elements = static_cast<std::size_t>(
        std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space)));
    const std::size_t size = H5Tget_size(type);
    std::vector<char> values(elements * size);
    if (elements > 0 && size <= sizeof value
        && H5Dread(array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0) {
        std::memcpy(values.data() + (place % elements) * size, &value, size);
        H5Dwrite(array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(array);
}

std::string changed(const Base& base, const std::uint8_t* data, std::size_t size)
{
    const int memory = memfd_create("fuzz", MFD_CLOEXEC);
    if (::write(memory, base.bytes.data(), base.bytes.size())
        != static_cast<ssize_t>(base.bytes.size()))
        std::abort();
    const std::string file = "/proc/self/fd/" + std::to_string(memory);
    const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    constexpr std::size_t kChange = 13;
    constexpr std::size_t kMostChanges = 8;
    for (std::size_t at = 0; at + kChange <= std::min(size, kMostChanges * kChange); at += kChange) {
        std::uint32_t place = 0;
        std::uint64_t value = 0;
        std::memcpy(&place, data + at + 1, sizeof place);
        std::memcpy(&value, data + at + 5, sizeof value);
        poke(opened, base.arrays[data[at] % base.arrays.size()], place, value);
    }
    H5Fclose(opened);
    std::string bytes = io::readBytes(file).value();
    ::close(memory);
    return maury::test::sealed(std::move(bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::array bases { makeBase(false), makeBase(true) };
    if (size == 0)
        return 0;
    maury::test::readAllOfStore(changed(bases[data[0] & 1U], data + 1, size - 1));
    return 0;
}

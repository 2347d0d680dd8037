// Any bytes as the HDF5 part of a store, under checksums that are made to fit: what the checksums
// keep from the HDF5 library. Not run by itself (the library of Debian 12 has known faults); it
// finds out what it would do.

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    maury::test::readAllOfStore(
        maury::test::sealed(std::string(reinterpret_cast<const char*>(data), size)));
    return 0;
}

// Any bytes as a store of spectra: what the checksums do not stop is read to the end.

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    maury::test::readAllOfStore({ reinterpret_cast<const char*>(data), size });
    return 0;
}

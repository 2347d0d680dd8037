// Any file, through the registry: FITS in all layouts, text, VOTable. The last byte chooses row,
// plane and the normalised spectrum.

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const unsigned choice = data[size - 1];
    const auto read = maury::test::readBytesAsFile(data, size - 1, static_cast<int>(choice & 3U),
        static_cast<int>(choice >> 2 & 1U), (choice & 8U) != 0);
    if (read)
        maury::test::checkPromises(**read);
    return 0;
}

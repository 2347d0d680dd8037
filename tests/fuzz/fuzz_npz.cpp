// Archives of NumPy: after an even byte the bytes of one, after an odd one those of an array, in an
// archive whose checksum fits.

#include "core/io/npz_file.h"
#include "core/io/zip_archive.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace maury;
    if (size == 0)
        return 0;
    const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto archive
        = data[0] % 2 == 0 ? bytes : io::packZip({ { "array.npy", bytes } }, "npz").value();
    const auto arrays = io::readNpz(archive, "npz");
    for (std::size_t at = 0; arrays && at < arrays->size(); ++at) {
        const io::NumpyArray& array = (*arrays)[at];
        std::size_t count = array.isText ? 0 : 1;
        for (const std::size_t length : array.shape)
            count *= length;
        if (array.values.size() != count)
            std::abort();
    }
    return 0;
}

// The scales in IRAF's WAT2 cards.

#include "core/io/multispec_scale.h"
#include "tests/fuzz/fuzz_target.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const std::string& part : maury::io::multispecTexts(text))
        if (const auto scale = maury::io::parseMultispecScale(part, "here"))
            for (const double pixel : { -1e6, 1.0, 20.5, 4096.0, 1e6 })
                (void)scale->wavelength(pixel);
    return 0;
}

// Text in columns and ECSV preambles.

#include "core/io/ascii_reader.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = maury::io::readAscii(text, size % 2 == 0 ? "a.txt" : "t160l50p00.rbn");
    if (read)
        maury::test::checkPromises(*read);
    return 0;
}

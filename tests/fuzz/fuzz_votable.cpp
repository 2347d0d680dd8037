#include "core/io/votable_reader.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = maury::io::readVotable(text, "a.xml");
    if (read)
        maury::test::checkPromises(*read);
    return 0;
}

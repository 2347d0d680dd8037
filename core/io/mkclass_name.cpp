#include "core/io/mkclass_name.h"

#include <cstddef>

namespace maury::io {

std::optional<MkclassName> parseMkclassFileName(std::string_view fileName)
{
    constexpr std::string_view kPattern = "tNNNlNNp00.rbn";
    if (fileName.size() != kPattern.size())
        return std::nullopt;
    int digits[5] = {};
    std::size_t count = 0;
    for (std::size_t i = 0; i < kPattern.size(); ++i) {
        const char letter = fileName[i];
        if (kPattern[i] == 'N') {
            if (letter < '0' || letter > '9')
                return std::nullopt;
            digits[count++] = letter - '0';
        } else if (letter != kPattern[i]) {
            return std::nullopt;
        }
    }
    MkclassName name;
    name.temperatureCode = (100 * digits[0] + 10 * digits[1] + digits[2]) / 10.0;
    name.luminosityCode = (10 * digits[3] + digits[4]) / 10.0;
    return name;
}

} // namespace maury::io

#include "core/project/label.h"

#include "core/base/contract.h"

#include <array>
#include <sstream>
#include <utility>

namespace maury::project {
namespace {

constexpr std::array kQualityWords { "unusable", "poor", "fair", "good", "excellent" };

constexpr std::array<std::pair<const char*, bool Flags::*>, 4> kFlags { {
    { "odd", &Flags::odd },
    { "bad", &Flags::bad },
    { "emission", &Flags::emission },
    { "composite", &Flags::composite },
} };

} // namespace

std::string qualityWord(int quality)
{
    EXPECTS(quality >= 0 && quality <= kBestQuality);
    return kQualityWords[static_cast<std::size_t>(quality)];
}

std::string toString(const Flags& flags)
{
    std::string text;
    for (const auto& [name, flag] : kFlags)
        if (flags.*flag)
            text += (text.empty() ? "" : " ") + std::string(name);
    return text;
}

base::Result<Flags> flagsFromString(const std::string& text)
{
    Flags flags;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        bool isKnown = false;
        for (const auto& [name, flag] : kFlags)
            if (word == name)
                flags.*flag = isKnown = true;
        if (!isKnown)
            return base::failure(base::ErrorCode::ValueInvalid, "flags", "\"" + word + "\"",
                "odd, bad, emission or composite");
    }
    return flags;
}

} // namespace maury::project

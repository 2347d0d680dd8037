#include "core/spectrum/spectrum.h"

#include <algorithm>

namespace maury::spectrum {

std::size_t Segment::goodPixels() const
{
    return static_cast<std::size_t>(std::count_if(mask.begin(), mask.end(),
        [](std::uint32_t bits) { return (bits & mask::kUnusable) == 0; }));
}

std::string toString(Medium medium)
{
    switch (medium) {
    case Medium::Air:
        return "air";
    case Medium::Vacuum:
        return "vacuum";
    case Medium::Unknown:
        break;
    }
    return "unknown";
}

std::string toString(Frame frame)
{
    switch (frame) {
    case Frame::Rest:
        return "rest";
    case Frame::Barycentric:
        return "barycentric";
    case Frame::Heliocentric:
        return "heliocentric";
    case Frame::Topocentric:
        return "topocentric";
    case Frame::Unknown:
        break;
    }
    return "unknown";
}

} // namespace maury::spectrum

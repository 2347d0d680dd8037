#include "core/mk/spectral_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace maury::mk {
namespace {

/// Half steps of the luminosity code from 0 to 6; VI is the old name of the subdwarfs.
constexpr std::array<const char*, 13> kNames { "Ia", "Iab", "Ib", "Ib-II", "II", "II-III", "III",
    "III-IV", "IV", "IV-V", "V", "V-VI", "VI" };

} // namespace

LuminosityGroup luminosityGroup(double luminosityCode)
{
    if (luminosityCode < 1.75)
        return LuminosityGroup::I;
    return luminosityCode < 3.75 ? LuminosityGroup::III : LuminosityGroup::V;
}

std::string toString(LuminosityGroup group)
{
    switch (group) {
    case LuminosityGroup::I:
        return "I";
    case LuminosityGroup::III:
        return "III";
    case LuminosityGroup::V:
        break;
    }
    return "V";
}

std::string printLuminosity(double luminosityCode)
{
    EXPECTS(std::isfinite(luminosityCode));
    const double last = static_cast<double>(kNames.size() - 1);
    const double halves = std::clamp(std::round(2.0 * luminosityCode), 0.0, last);
    return kNames[static_cast<std::size_t>(halves)];
}

} // namespace maury::mk

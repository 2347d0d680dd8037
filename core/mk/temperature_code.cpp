// Temperature codes: the running numbers by which MKCLASS counts spectral classes.

#include "core/mk/spectral_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace maury::mk {
namespace {

constexpr std::string_view kLetters = "OBAFGKM";

struct CodePoint {
    double decimal;
    double code;
};

/// Gray & Corbally 2014 (AJ 147, 80), MKCLASS: one unit for each class of its libraries.
constexpr std::array kCodes { CodePoint { 3, 0 }, CodePoint { 10, 7 }, CodePoint { 11, 8 },
    CodePoint { 12, 9 }, CodePoint { 13, 10 }, CodePoint { 14, 11 }, CodePoint { 15, 12 },
    CodePoint { 16, 12.5 }, CodePoint { 17, 13 }, CodePoint { 18, 14 }, CodePoint { 19, 15 },
    CodePoint { 20, 16 }, CodePoint { 21, 17 }, CodePoint { 22, 18 }, CodePoint { 23, 19 },
    CodePoint { 24, 19.5 }, CodePoint { 25, 20 }, CodePoint { 26, 20.5 }, CodePoint { 27, 21 },
    CodePoint { 28, 21.7 }, CodePoint { 29, 22.5 }, CodePoint { 30, 23 }, CodePoint { 31, 23.5 },
    CodePoint { 32, 24 }, CodePoint { 33, 25 }, CodePoint { 34, 25.5 }, CodePoint { 35, 26 },
    CodePoint { 36, 27 }, CodePoint { 37, 27.5 }, CodePoint { 38, 28 }, CodePoint { 39, 29 },
    CodePoint { 40, 30 }, CodePoint { 42, 31 }, CodePoint { 43, 31.3 }, CodePoint { 44, 31.7 },
    CodePoint { 45, 32 }, CodePoint { 46, 32.3 }, CodePoint { 47, 32.7 }, CodePoint { 48, 33 },
    CodePoint { 49, 33.5 }, CodePoint { 50, 34 }, CodePoint { 55, 39 }, CodePoint { 56, 39.5 },
    CodePoint { 57, 40 }, CodePoint { 60, 40.7 }, CodePoint { 60.5, 41 }, CodePoint { 61, 41.5 },
    CodePoint { 69, 49.5 } };

/// Straight lines between the entries of kCodes; beyond them the first or last value.
double interpolate(double x, double CodePoint::*from, double CodePoint::*to)
{
    const auto next = std::find_if(kCodes.begin(), kCodes.end(),
        [x, from](const CodePoint& point) { return point.*from >= x; });
    if (next == kCodes.begin())
        return kCodes.front().*to;
    if (next == kCodes.end())
        return kCodes.back().*to;
    const CodePoint& left = *(next - 1);
    const double t = (x - left.*from) / ((*next).*from - left.*from);
    return left.*to + t * ((*next).*to - left.*to);
}

/// The printed form counts tenths: 19.97 is A0, not "B10".
double roundToTenth(double decimal)
{
    return std::clamp(std::round(decimal * 10.0) / 10.0, 0.0, 69.9);
}

} // namespace

double decimalSubclass(const SpectralType& type)
{
    const std::size_t index = kLetters.find(type.letter);
    if (index == std::string_view::npos)
        return std::numeric_limits<double>::quiet_NaN();
    return 10.0 * static_cast<double>(index) + type.subclass;
}

SpectralType typeFromDecimal(double decimal, std::optional<double> luminosityCode)
{
    EXPECTS(std::isfinite(decimal));
    // Nine decimals: 41.7 − 40 is to be 1.7.
    const double kept = std::round(std::clamp(decimal, 0.0, 69.9) * 1e9) / 1e9;
    const auto index = static_cast<std::size_t>(kept / 10.0);
    SpectralType type;
    type.letter = kLetters[index];
    type.subclass = std::round((kept - 10.0 * static_cast<double>(index)) * 1e9) / 1e9;
    type.luminosityCode = luminosityCode;
    return type;
}

double temperatureCode(double decimal)
{
    EXPECTS(!std::isnan(decimal));
    return interpolate(decimal, &CodePoint::decimal, &CodePoint::code);
}

double decimalFromTemperatureCode(double code)
{
    EXPECTS(!std::isnan(code));
    return interpolate(code, &CodePoint::code, &CodePoint::decimal);
}

std::string printClass(double decimal)
{
    EXPECTS(std::isfinite(decimal));
    const SpectralType type = typeFromDecimal(roundToTenth(decimal));
    const auto tenths = static_cast<int>(std::lround(type.subclass * 10.0));
    std::string text(1, type.letter);
    text += std::to_string(tenths / 10);
    if (tenths % 10 != 0)
        text += "." + std::to_string(tenths % 10);
    return text;
}

} // namespace maury::mk

#include "core/io/sky_position.h"

#include "core/io/text_table.h"

#include <cctype>
#include <cmath>
#include <numbers>
#include <sstream>

namespace maury::io {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;

/// "18:35:18.60" in units of its first part; nothing for anything but three (or two) numbers.
std::optional<double> parseSexagesimal(std::string text)
{
    for (char& letter : text)
        if (letter == ':')
            letter = ' ';
    std::istringstream stream(text);
    double value = 0.0;
    double unit = 1.0;
    int parts = 0;
    for (std::string part; stream >> part; unit /= 60.0, ++parts) {
        const auto number = parseNumber(part);
        if (!number || (parts > 0 && (*number < 0.0 || *number > 60.0)))
            return std::nullopt;
        value += unit * std::abs(*number);
    }
    if (parts < 2 || parts > 3)
        return std::nullopt;
    const bool negative = text.find('-') != std::string::npos;
    return negative ? -value : value;
}

std::optional<double> parseAngle(const std::string& text, AngleUnit unit, double degreesPerHour)
{
    if (const auto number = parseNumber(text))
        return unit == AngleUnit::Radians ? *number / kDegree : *number;
    if (const auto value = parseSexagesimal(text))
        return *value * degreesPerHour;
    return std::nullopt;
}

double parseEquinox(std::string text)
{
    while (!text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0)
        text.erase(0, 1);
    return parseNumber(text).value_or(2000.0);
}

/// IAU 1976 (Lieske et al. 1977, A&A 58, 1): precession from an equinox to J2000.
SkyPosition precessToJ2000(const SkyPosition& position, double equinox)
{
    const double t0 = (equinox - 2000.0) / 100.0;
    const double t = -t0;
    const double arcsec = kDegree / 3600.0;
    const double linear = 2306.2181 + 1.39656 * t0 - 0.000139 * t0 * t0;
    const double zeta
        = arcsec * (linear * t + (0.30188 - 0.000344 * t0) * t * t + 0.017998 * t * t * t);
    const double z
        = arcsec * (linear * t + (1.09468 + 0.000066 * t0) * t * t + 0.018203 * t * t * t);
    const double theta = arcsec
        * ((2004.3109 - 0.85330 * t0 - 0.000217 * t0 * t0) * t - (0.42665 + 0.000217 * t0) * t * t
            - 0.041833 * t * t * t);
    const double ra = position.raDeg * kDegree + zeta;
    const double dec = position.decDeg * kDegree;
    const double a = std::cos(dec) * std::sin(ra);
    const double b
        = std::cos(theta) * std::cos(dec) * std::cos(ra) - std::sin(theta) * std::sin(dec);
    const double c
        = std::sin(theta) * std::cos(dec) * std::cos(ra) + std::cos(theta) * std::sin(dec);
    double raDeg = (std::atan2(a, b) + z) / kDegree;
    raDeg -= 360.0 * std::floor(raDeg / 360.0);
    return { raDeg, std::atan2(c, std::hypot(a, b)) / kDegree };
}

} // namespace

std::optional<SkyPosition> readSkyPosition(
    const std::string& ra, const std::string& dec, const std::string& equinox, AngleUnit unit)
{
    constexpr double kDegreesPerHour = 15.0;
    const auto raDeg = parseAngle(ra, unit, kDegreesPerHour);
    const auto decDeg = parseAngle(dec, unit, 1.0);
    const bool valid
        = raDeg && decDeg && *raDeg >= 0.0 && *raDeg <= 360.0 && std::abs(*decDeg) <= 90.0;
    if (!valid)
        return std::nullopt;
    const double year = parseEquinox(equinox);
    const SkyPosition position { *raDeg, *decDeg };
    return year == 2000.0 ? position : precessToJ2000(position, year);
}

} // namespace maury::io

#include "core/io/wavelength_unit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

namespace maury::io {
namespace {

/// The words of a text in lower case, cut at everything that is no letter or digit; a micro sign of
/// either Unicode place becomes "u" and Å becomes "a".
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::string_view pair = text.substr(i, 2);
        if (pair == "\xC2\xB5" || pair == "\xCE\xBC") {
            words.back() += 'u';
            ++i;
        } else if (pair == "\xC3\x85" || pair == "\xC3\xA5") {
            words.back() += 'a';
            ++i;
        } else if (std::isalnum(byte) != 0) {
            words.back() += static_cast<char>(std::tolower(byte));
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    return words;
}

} // namespace

std::optional<WavelengthUnit> unitFromText(std::string_view text)
{
    const auto words = wordsOf(text);
    const auto has = [&words](std::initializer_list<std::string_view> names) {
        return std::any_of(words.begin(), words.end(), [&names](const std::string& word) {
            return std::find(names.begin(), names.end(), word) != names.end();
        });
    };
    if (has({ "loglam", "loglambda", "logwave", "log", "log10" }))
        return WavelengthUnit { 1.0, true, "log10 Å" };
    // "0.1nm" is how the Virtual Observatory writes Å.
    if (text.find("0.1nm") != std::string_view::npos
        || text.find("0.1 nm") != std::string_view::npos)
        return WavelengthUnit {};
    if (has({ "angstrom", "angstroms", "angstroem", "ang", "aa", "a" }))
        return WavelengthUnit {};
    if (has({ "nm", "nanometer", "nanometers", "nanometre", "nanometres" }))
        return WavelengthUnit { 10.0, false, "nm" };
    if (has({ "um", "micron", "microns", "micrometer", "micrometers", "micrometre" }))
        return WavelengthUnit { 1e4, false, "µm" };
    if (has({ "cm" }))
        return WavelengthUnit { 1e8, false, "cm" };
    if (has({ "m", "meter", "metre" }))
        return WavelengthUnit { 1e10, false, "m" };
    return std::nullopt;
}

std::optional<WavelengthUnit> unitFromRange(double shortest, double longest)
{
    // Optical nm end where Å of the far ultraviolet begin (IUE starts at 1150 Å).
    constexpr double kNanometreLimit = 1150.0;
    if (shortest >= 0.1 && longest <= 2.7)
        return WavelengthUnit { 1e4, false, "µm" };
    if (shortest >= 100.0 && longest <= kNanometreLimit)
        return WavelengthUnit { 10.0, false, "nm" };
    if (shortest >= 100.0 && longest > kNanometreLimit && longest <= 1e6)
        return WavelengthUnit {};
    return std::nullopt;
}

base::Result<void> convertToAngstrom(std::vector<double>& wavelengths, const std::string& unit,
    const std::string& name, const std::string& place, std::vector<std::string>& warnings)
{
    using base::ErrorCode;
    EXPECTS(!wavelengths.empty());
    const auto [low, high] = std::minmax_element(wavelengths.begin(), wavelengths.end());
    const std::string range = fmt::format("{} … {}", *low, *high);
    auto stated = unitFromText(unit);
    if (!stated && !unit.empty())
        return base::failure(ErrorCode::ValueInvalid, place,
            fmt::format("\"{}\" as the unit of wavelength", unit), "Å, nm, µm, m or cm");
    if (!stated || (stated->angstromPerUnit == 1.0 && !stated->logarithm))
        if (const auto named = unitFromText(name); named && (!stated || named->logarithm))
            stated = named;
    std::string reason = fmt::format("as the column \"{}\" says", name);
    if (!stated) {
        stated = unitFromRange(*low, *high);
        reason = "guessed from the range " + range;
    }
    if (!stated)
        return base::failure(ErrorCode::WavelengthsInvalid, place, "wavelengths " + range,
            "Å, nm or µm (name the unit in the header of the column)");
    if (!stated->logarithm && stated->angstromPerUnit == 1.0)
        return {};
    for (double& wavelength : wavelengths)
        wavelength
            = stated->logarithm ? std::pow(10.0, wavelength) : wavelength * stated->angstromPerUnit;
    warnings.push_back(
        fmt::format("wavelengths are in {}, {}: converted to Å", stated->name, reason));
    return {};
}

} // namespace maury::io

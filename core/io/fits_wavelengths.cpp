#include "core/io/fits_wavelengths.h"

#include "core/io/wavelength_unit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// value(i) = reference + (i + 1 − referencePixel) · step, i counted from 0.
struct Scale {
    double reference = 0.0;
    double step = 0.0;
    double referencePixel = 1.0;
    [[nodiscard]] double value(std::size_t i) const
    {
        return reference + (static_cast<double>(i) + 1.0 - referencePixel) * step;
    }
};

base::Result<Scale> readScale(const FitsFile& fits, const std::string& place)
{
    Scale scale;
    const auto reference = fits.number("CRVAL1");
    const auto cdelt = fits.number("CDELT1");
    const auto matrix = fits.number("PC1_1");
    const auto step = cdelt ? std::optional(*cdelt * matrix.value_or(1.0)) : fits.number("CD1_1");
    if (!reference || !step)
        return failure(ErrorCode::ValueMissing, place,
            fmt::format("no {}", reference ? "CDELT1 or CD1_1" : "CRVAL1"), "a wavelength scale");
    if (*step == 0.0)
        return failure(ErrorCode::WavelengthsInvalid, place, "a step of 0 between pixels");
    scale.reference = *reference;
    scale.step = *step;
    scale.referencePixel = fits.number("CRPIX1").value_or(1.0);
    return scale;
}

enum class Law { Linear, Log10, LogNatural, FitsLog };

/// Which law the scale follows. `-LOG` of the FITS standard (Greisen et al. 2006) keeps CRVAL1 in
/// wavelength; what surveys call so, or flag by DC-FLAG, counts log10.
Law lawOf(const FitsFile& fits, const std::string& type, const Scale& scale,
    std::vector<std::string>& warnings)
{
    constexpr double kLargestLog10 = 6.0;
    constexpr double kLargestNatural = 12.0;
    const auto unit = unitFromText(fits.text("CUNIT1").value_or(""));
    const bool logarithmic = fits.number("DC-FLAG").value_or(0.0) == 1.0 || contains(type, "LOG")
        || (unit && unit->logarithm);
    if (logarithmic) {
        if (std::abs(scale.reference) < kLargestLog10)
            return Law::Log10;
        return std::abs(scale.reference) < kLargestNatural ? Law::LogNatural : Law::FitsLog;
    }
    const bool looksLog10 = scale.reference > 3.2 && scale.reference < 4.7
        && std::abs(scale.step) < 1e-2 && !fits.text("CUNIT1");
    if (looksLog10)
        warnings.push_back(
            fmt::format("CRVAL1 = {} without a unit is taken as log10 of Å", scale.reference));
    return looksLog10 ? Law::Log10 : Law::Linear;
}

double applyLaw(Law law, const Scale& scale, std::size_t pixel)
{
    switch (law) {
    case Law::Log10:
        return std::pow(10.0, scale.value(pixel));
    case Law::LogNatural:
        return std::exp(scale.value(pixel));
    case Law::FitsLog:
        return scale.reference * std::exp((scale.value(pixel) - scale.reference) / scale.reference);
    case Law::Linear:
        break;
    }
    return scale.value(pixel);
}

} // namespace

base::Result<std::vector<double>> readWavelengths(const FitsFile& fits, std::size_t pixels,
    const std::string& place, std::vector<std::string>& warnings)
{
    const std::string type = fits.text("CTYPE1").value_or("");
    for (const char* other : { "FREQ", "ENER", "WAVN", "VELO", "VRAD", "VOPT", "PIXEL", "Pixel" })
        if (contains(type, other))
            return failure(
                ErrorCode::FormatUnknown, place, "an axis of type " + type, "wavelengths");
    const auto scale = readScale(fits, place);
    if (!scale)
        return base::Unexpected(scale.error());
    const Law law = lawOf(fits, type, *scale, warnings);
    std::vector<double> wavelengths(pixels);
    for (std::size_t i = 0; i < pixels; ++i)
        wavelengths[i] = applyLaw(law, *scale, i);

    const auto [low, high] = std::minmax_element(wavelengths.begin(), wavelengths.end());
    std::string stated = fits.text("CUNIT1").value_or("");
    if (stated.empty() && contains(type, "ngstrom"))
        stated = type;
    auto unit = unitFromText(stated);
    if (!unit && !stated.empty())
        return failure(ErrorCode::ValueInvalid, place + ": CUNIT1", "\"" + stated + "\"",
            "a unit of wavelength: Å, nm, µm, m or cm");
    if (!unit || unit->logarithm) {
        unit = unitFromRange(*low, *high);
        if (unit && unit->angstromPerUnit != 1.0)
            warnings.push_back(
                fmt::format("no unit of wavelength; {} … {} taken as {}", *low, *high, unit->name));
    }
    const double factor = unit ? unit->angstromPerUnit : 1.0;
    // Outside gamma rays to millimetres a header is wrong, not a spectrum unusual.
    const bool plausible = unit && *low * factor > 1.0 && *high * factor < 1e8;
    if (!plausible)
        return failure(ErrorCode::WavelengthsInvalid, place,
            fmt::format("a scale from {} to {} {}", *low, *high, stated), "wavelengths");
    for (double& wavelength : wavelengths)
        wavelength *= factor;
    return wavelengths;
}

std::vector<double> logWavelengths(double logFirst, double logStep, std::size_t pixels)
{
    std::vector<double> wavelengths(pixels);
    for (std::size_t i = 0; i < pixels; ++i)
        wavelengths[i] = std::pow(10.0, logFirst + static_cast<double>(i) * logStep);
    return wavelengths;
}

} // namespace maury::io

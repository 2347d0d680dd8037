#include "core/io/fits_image_reader.h"

#include "core/io/fits_file.h"
#include "core/io/segment_checks.h"
#include "core/io/sky_position.h"
#include "core/io/wavelength_unit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

constexpr auto kExpected = "one row of pixels with a wavelength scale, and no other data";

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// The number of the only HDU that holds data, if that is one row of pixels.
base::Result<int> findSpectrumHdu(const std::vector<FitsFile::Hdu>& hdus, const std::string& file)
{
    std::string contents;
    int found = 0;
    int withData = 0;
    for (std::size_t i = 0; i < hdus.size(); ++i) {
        if (!hdus[i].hasData())
            continue;
        const int number = static_cast<int>(i) + 1;
        ++withData;
        constexpr int kListed = 4;
        if (withData <= kListed)
            contents += fmt::format(
                "{}HDU {}: {}", contents.empty() ? "" : ", ", number, hdus[i].describe());
        else if (withData == kListed + 1)
            contents += " …";
        const auto& axes = hdus[i].axes;
        const bool oneRow = hdus[i].kind == FitsFile::Kind::Image
            && std::all_of(axes.begin() + 1, axes.end(), [](auto length) { return length == 1; });
        if (oneRow)
            found = number;
    }
    if (withData == 0)
        return failure(ErrorCode::FormatUnknown, file, "a FITS file without data", kExpected);
    if (withData > 1 || found == 0)
        return failure(ErrorCode::FormatUnknown, file, "a FITS file with " + contents, kExpected);
    return found;
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
    const auto step = cdelt ? cdelt : fits.number("CD1_1");
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

base::Result<std::vector<double>> readWavelengths(const FitsFile& fits, std::size_t pixels,
    const std::string& place, std::vector<std::string>& warnings)
{
    const std::string type = fits.text("CTYPE1").value_or("");
    if (contains(type, "MULTISPE"))
        return failure(ErrorCode::FormatUnknown, place, "an IRAF multispec spectrum", kExpected);
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

spectrum::Medium mediumOf(const FitsFile& fits)
{
    const std::string type = fits.text("CTYPE1").value_or("");
    const std::string stated = fits.text("AIRORVAC").value_or("");
    if (type.starts_with("AWAV") || stated == "air")
        return spectrum::Medium::Air;
    if (type.starts_with("WAVE") || stated == "vac" || fits.text("VACUUM") == "1")
        return spectrum::Medium::Vacuum;
    return spectrum::Medium::Unknown;
}

spectrum::Frame frameOf(const FitsFile& fits)
{
    const std::string system = fits.text("SPECSYS").value_or("");
    if (system.starts_with("TOPO"))
        return spectrum::Frame::Topocentric;
    if (system.starts_with("BARY"))
        return spectrum::Frame::Barycentric;
    if (system.starts_with("HELIO"))
        return spectrum::Frame::Heliocentric;
    if (system.starts_with("SOURCE"))
        return spectrum::Frame::Rest;
    return spectrum::Frame::Unknown;
}

/// The first of some keywords that has a value.
std::string firstText(const FitsFile& fits, std::initializer_list<const char*> keywords)
{
    for (const char* keyword : keywords)
        if (auto value = fits.text(keyword))
            return *value;
    return {};
}

/// STELIB (Le Borgne et al. 2003) carries the names of its own data base.
bool isStelib(const FitsFile& fits)
{
    return fits.text("STARIDEN").has_value() && fits.text("ISEXTINC").has_value();
}

void readObject(const FitsFile& fits, spectrum::Spectrum& spectrum)
{
    spectrum.object = firstText(fits, { "OBJECT", "STARIDEN", "TARGET", "OBJNAME" });
    if (spectrum.object.empty())
        spectrum.object = spectrum.file.stem().string();
    spectrum.spectralType = firstText(fits, { "SPECTYPE", "SPTYPE", "SP_TYPE", "MKTYPE", "SPT" });
    const auto unit = isStelib(fits) ? AngleUnit::Radians : AngleUnit::Degrees;
    const auto position = readSkyPosition(firstText(fits, { "RA", "RA_OBJ", "RA_TARG" }),
        firstText(fits, { "DEC", "DEC_OBJ", "DEC_TARG" }), firstText(fits, { "EQUINOX" }), unit);
    if (position) {
        spectrum.raDeg = position->raDeg;
        spectrum.decDeg = position->decDeg;
    }
}

} // namespace

base::Result<spectrum::Spectrum> readFitsImage(const std::filesystem::path& file)
{
    auto fits = FitsFile::open(file);
    if (!fits)
        return base::Unexpected(fits.error());
    const auto hdus = fits->hdus();
    if (!hdus)
        return base::Unexpected(hdus.error());
    const auto found = findSpectrumHdu(*hdus, file.string());
    if (!found)
        return base::Unexpected(found.error());

    spectrum::Spectrum spectrum;
    spectrum.file = file;
    spectrum.format = "fits-image";
    if (auto moved = fits->moveTo(1); !moved)
        return base::Unexpected(moved.error());
    readObject(*fits, spectrum);
    const bool stelib = isStelib(*fits);
    if (auto moved = fits->moveTo(*found); !moved)
        return base::Unexpected(moved.error());

    const std::string place = fmt::format("{}: HDU {}", file.string(), *found);
    auto flux = fits->readPixels((*hdus)[static_cast<std::size_t>(*found) - 1].axes[0]);
    if (!flux)
        return base::Unexpected(flux.error());
    auto wavelengths = readWavelengths(*fits, flux->size(), place, spectrum.warnings);
    if (!wavelengths)
        return base::Unexpected(wavelengths.error());

    spectrum::Segment segment;
    segment.flux = std::move(*flux);
    segment.wavelengthAngstrom = std::move(*wavelengths);
    segment.fluxUnit = firstText(*fits, { "BUNIT" });
    segment.medium = stelib ? spectrum::Medium::Air : mediumOf(*fits);
    segment.frame = stelib ? spectrum::Frame::Rest : frameOf(*fits);
    if (stelib)
        spectrum.warnings.emplace_back(
            "STELIB: in air and at rest, as measured; the velocity in the header is not applied");
    flipIfDescending(segment, spectrum.warnings);
    maskMissingPixels(segment, spectrum.warnings);
    const auto placeOf = [](std::size_t pixel) { return fmt::format("pixel {}", pixel + 1); };
    if (auto checked = checkSegment(segment, place, placeOf); !checked)
        return base::Unexpected(checked.error());
    spectrum.segments.push_back(std::move(segment));
    return spectrum;
}

} // namespace maury::io

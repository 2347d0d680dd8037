#include "core/io/galah_reader.h"

#include "core/base/text.h"
#include "core/io/file_bytes.h"
#include "core/io/fits_facts.h"
#include "core/io/fits_wavelengths.h"
#include "core/io/segment_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;
using spectrum::Frame;
using spectrum::Segment;
using spectrum::Spectrum;

constexpr double kLightKms = 299792.458;

/// Where a reduction keeps its arrays: numbers of HDUs, counted from 1.
struct Arrays {
    int flux = 1;
    int normalised = 0;
    int relativeError = 0;
    int resolution = 0; ///< FWHM in Å, or 0
    Frame normalisedFrame = Frame::Unknown;
    const char* format = "";
};

constexpr Arrays kRelease3 { 1, 5, 2, 0, Frame::Rest, "galah-dr3" };
constexpr Arrays kReduction6 { 1, 2, 3, 8, Frame::Barycentric, "galah-6.0" };

const Arrays& arraysOf(const FitsSource& source)
{
    const auto* second = source.hdu(2);
    const std::string name = second == nullptr ? "" : base::lowerCase(second->name);
    constexpr std::size_t kHdusOfReduction6 = 8;
    const bool isReduction6 = name.starts_with("norm") || source.hdus.size() >= kHdusOfReduction6;
    return isReduction6 ? kReduction6 : kRelease3;
}

bool isGalahHeader(const FitsFile& fits)
{
    const auto starts = [&fits](const char* keyword, std::string_view text) {
        return fits.text(keyword).value_or("").starts_with(text);
    };
    return starts("ORIGIN", "GALAH") || starts("INSTRUME", "HERMES");
}

bool isGalah(FitsSource& source)
{
    return source.imageRows(1) == 1 && source.imagePixels(2) > 0 && source.fits.moveTo(1)
        && isGalahHeader(source.fits);
}

bool allDigits(const std::string& text)
{
    return std::all_of(text.begin(), text.end(),
        [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; });
}

/// sobject_id: in the header of release 3, always in the name that GALAH gives its files.
std::string starOf(const FitsFile& fits, const std::filesystem::path& file)
{
    constexpr std::size_t kIdLength = 15;
    const std::string object = fits.text("OBJECT").value_or("");
    if (object.size() == kIdLength && allDigits(object))
        return object;
    const std::string stem = file.stem().string();
    const std::string id = stem.substr(0, kIdLength);
    return stem.size() == kIdLength + 1 && allDigits(stem) ? id : object;
}

int cameraAt(double angstrom)
{
    constexpr double kBounds[] = { 5300.0, 6200.0, 7200.0 };
    int camera = 1;
    for (const double bound : kBounds)
        camera += angstrom > bound ? 1 : 0;
    return camera;
}

/// 0 where no value is finite.
double median(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty())
        return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::optional<double> resolvingPowerOf(
    FitsSource& source, const Arrays& arrays, const std::vector<double>& wavelengths)
{
    if (arrays.resolution != 0) {
        const auto fwhm = source.imageRow(arrays.resolution, 0);
        const double typical = fwhm ? median(*fwhm) : 0.0;
        if (typical > 0.0)
            return median(wavelengths) / typical;
    }
    if (!source.fits.moveTo(1))
        return std::nullopt;
    constexpr double kNormal = 28000.0;
    constexpr double kWithSlitMask = 50000.0;
    return source.fits.text("SLITMASK") == "IN" ? kWithSlitMask : kNormal;
}

struct Scaled {
    std::vector<double> wavelengths;
    std::vector<double> values;
};

base::Result<Scaled> readScaled(FitsSource& source, int hdu, std::vector<std::string>& warnings)
{
    auto values = source.imageRow(hdu, 0);
    if (!values)
        return base::Unexpected(values.error());
    auto wavelengths = readWavelengths(source.fits, values->size(), source.place(hdu), warnings);
    if (!wavelengths)
        return base::Unexpected(wavelengths.error());
    return Scaled { *std::move(wavelengths), *std::move(values) };
}

/// The inverse variances of `flux`, whose pixels are the last ones of the error's.
base::Result<std::vector<double>> readIvar(
    FitsSource& source, int hdu, const std::vector<double>& flux)
{
    const auto relative = source.imageRow(hdu, 0);
    if (!relative)
        return base::Unexpected(relative.error());
    if (relative->size() < flux.size())
        return failure(ErrorCode::ValueInvalid, source.place(hdu),
            fmt::format("{} relative errors", relative->size()),
            fmt::format("at least {}, one for each flux", flux.size()));
    const std::size_t offset = relative->size() - flux.size();
    std::vector<double> ivar(flux.size());
    for (std::size_t i = 0; i < flux.size(); ++i)
        ivar[i]
            = (*relative)[offset + i] > 0.0 ? ivarOfError((*relative)[offset + i] * flux[i]) : 0.0;
    return ivar;
}

/// Between the barycentric scale and that at rest, whose pixels are the last ones of the first.
std::optional<double> velocityBetween(
    const std::vector<double>& barycentric, const std::vector<double>& rest)
{
    if (rest.empty() || rest.size() > barycentric.size())
        return std::nullopt;
    const double first = barycentric[barycentric.size() - rest.size()];
    return kLightKms * (first / rest.front() - 1.0);
}

base::Result<Spectrum> readCamera(FitsSource& source)
{
    const Arrays& arrays = arraysOf(source);
    const bool normalised = source.options.normalised;
    Spectrum spectrum = describeStar(source.fits, source.file, { {}, {}, {} });
    if (const std::string star = starOf(source.fits, source.file); !star.empty())
        spectrum.object = star;
    spectrum.format = arrays.format;
    spectrum.barycentricCorrectionKms = source.fits.number("BARYEFF");
    spectrum.radialVelocityKms = source.fits.number("RV");

    auto flux = readScaled(source, arrays.flux, spectrum.warnings);
    if (!flux)
        return base::Unexpected(flux.error());
    Segment segment;
    segment.fluxUnit = firstText(source.fits, { "BUNIT" });
    const bool hasNormalised = source.imagePixels(arrays.normalised) > 0;
    if (hasNormalised && (normalised || arrays.normalisedFrame == Frame::Rest)) {
        auto other = readScaled(source, arrays.normalised, spectrum.warnings);
        if (!other)
            return base::Unexpected(other.error());
        if (arrays.normalisedFrame == Frame::Rest)
            spectrum.radialVelocityKms = velocityBetween(flux->wavelengths, other->wavelengths);
        if (normalised)
            flux = std::move(other);
    } else if (normalised) {
        return failure(ErrorCode::ValueMissing, source.place(arrays.normalised),
            "no normalised spectrum", "an image, in " + std::string(arrays.format));
    }
    auto ivar = readIvar(source, arrays.relativeError, flux->values);
    if (!ivar)
        return base::Unexpected(ivar.error());
    segment.ivar = *std::move(ivar);
    segment.resolvingPower = resolvingPowerOf(source, arrays, flux->wavelengths);
    segment.origin = fmt::format("camera {}", cameraAt(flux->wavelengths.front()));
    segment.wavelengthAngstrom = std::move(flux->wavelengths);
    segment.flux = std::move(flux->values);
    segment.medium = spectrum::Medium::Air;
    segment.frame = normalised ? arrays.normalisedFrame : Frame::Barycentric;
    segment.rectified = normalised;
    const std::string place = source.place(normalised ? arrays.normalised : arrays.flux);
    if (auto added = addSegment(spectrum, std::move(segment), place); !added)
        return base::Unexpected(added.error());
    return withSegments(std::move(spectrum));
}

} // namespace

std::optional<GalahCamera> galahCameraOf(const std::filesystem::path& file)
{
    constexpr std::string_view kFits = "SIMPLE  =";
    const auto start = readFirstBytes(file, kFits.size());
    const bool mayBe = start && (*start == kFits || start->starts_with("\x1F\x8B"));
    if (!mayBe)
        return std::nullopt;
    const auto fits = FitsFile::open(file);
    if (!fits || !isGalahHeader(*fits))
        return std::nullopt;
    const auto first = fits->number("CRVAL1");
    GalahCamera camera { starOf(*fits, file), cameraAt(first.value_or(0.0)) };
    return first && !camera.star.empty() ? std::optional(camera) : std::nullopt;
}

FitsLayout galahLayout()
{
    return { isGalah, readCamera };
}

Spectrum joinGalahCameras(std::vector<Spectrum> cameras)
{
    EXPECTS(!cameras.empty());
    std::stable_sort(cameras.begin(), cameras.end(), [](const Spectrum& a, const Spectrum& b) {
        return a.segments.front().wavelengthAngstrom.front()
            < b.segments.front().wavelengthAngstrom.front();
    });
    Spectrum star = std::move(cameras.front());
    for (std::size_t i = 1; i < cameras.size(); ++i) {
        Spectrum& camera = cameras[i];
        star.moreFiles.push_back(std::move(camera.file));
        for (Segment& segment : camera.segments)
            star.segments.push_back(std::move(segment));
        for (const std::string& warning : camera.warnings)
            star.warnings.push_back(fmt::format("{}: {}", star.segments.back().origin, warning));
        if (!star.radialVelocityKms)
            star.radialVelocityKms = camera.radialVelocityKms;
    }
    return star;
}

} // namespace maury::io

#include "core/io/multispec_reader.h"

#include "core/base/text.h"
#include "core/io/fits_facts.h"
#include "core/io/fits_wavelengths.h"
#include "core/io/multispec_scale.h"
#include "core/io/segment_checks.h"
#include "core/io/wavelength_unit.h"

#include <fmt/core.h>

#include <algorithm>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

/// The text that IRAF spreads over WATn_001, WATn_002, …: 68 characters each, blanks and all.
std::string attributesOf(const FitsFile& fits, int axis)
{
    constexpr std::size_t kCardText = 68;
    constexpr int kMostCards = 999;
    std::string text;
    for (int card = 1; card <= kMostCards; ++card) {
        auto part = fits.quotedText(fmt::format("WAT{}_{:03}", axis, card));
        if (!part)
            break;
        part->resize(std::max(part->size(), kCardText), ' ');
        text += *part;
    }
    return text;
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

bool isMultispec(FitsSource& source)
{
    if (source.imageRows(1) == 0)
        return false;
    const std::string system = base::lowerCase(attributesOf(source.fits, 0));
    return contains(source.fits.text("CTYPE1").value_or(""), "MULTISPE")
        || contains(system, "multispec")
        || (contains(system, "equispec") && source.imageRows(1) > 1);
}

/// The unit of "units=angstroms" in WAT1.
std::string unitOf(const FitsFile& fits)
{
    const std::string text = attributesOf(fits, 1);
    const std::size_t at = text.find("units=");
    if (at == std::string::npos)
        return {};
    const std::string rest = text.substr(at + 6);
    return rest.substr(0, rest.find(' '));
}

/// The shape of the image: [planes, apertures].
struct Shape {
    std::int64_t planes = 1;
    std::int64_t apertures = 1;
};

Shape shapeOf(const FitsSource& source)
{
    const auto& axes = source.hdu(1)->axes;
    return { axes.size() > 2 ? axes[2] : 1, axes.size() > 1 ? axes[1] : 1 };
}

/// Wavelengths of all apertures: [apertures][valid pixels].
base::Result<std::vector<std::vector<double>>> readScales(
    FitsSource& source, std::int64_t apertures, std::vector<std::string>& warnings)
{
    const FitsFile& fits = source.fits;
    const auto pixels = static_cast<std::size_t>(source.imagePixels(1));
    std::vector<std::vector<double>> all;
    const auto texts = multispecTexts(attributesOf(fits, 2));
    if (texts.empty() && !contains(fits.text("CTYPE1").value_or(""), "MULTISPE")) {
        auto shared = readWavelengths(fits, pixels, source.place(1), warnings);
        if (!shared)
            return base::Unexpected(shared.error());
        all.assign(static_cast<std::size_t>(apertures), *shared);
        return all;
    }
    if (std::cmp_less(texts.size(), apertures))
        return failure(ErrorCode::ValueMissing, source.place(1) + ": WAT2_*",
            fmt::format("the scales of {} apertures", texts.size()), fmt::format("{}", apertures));
    const double scaleOfPixels = fits.number("LTM1_1").value_or(1.0);
    const double offset = fits.number("LTV1").value_or(0.0);
    const std::string unit = unitOf(fits);
    for (std::size_t i = 0; std::cmp_less(i, apertures); ++i) {
        const std::string place = fmt::format("{}: spec{}", source.place(1), i + 1);
        const auto scale = parseMultispecScale(texts[i], place);
        if (!scale)
            return base::Unexpected(scale.error());
        if (scale->law == MultispecScale::Law::None)
            return failure(
                ErrorCode::WavelengthsInvalid, place, "no dispersion", "a wavelength scale");
        std::vector<double> wavelengths(std::min(pixels, scale->pixels));
        for (std::size_t pixel = 0; pixel < wavelengths.size(); ++pixel)
            wavelengths[pixel]
                = scale->wavelength((static_cast<double>(pixel) + 1.0 - offset) / scaleOfPixels);
        if (auto converted = convertToAngstrom(wavelengths, unit, "", place, warnings); !converted)
            return base::Unexpected(converted.error());
        all.push_back(std::move(wavelengths));
    }
    return all;
}

/// Whether apertures follow each other in wavelength: neighbours share less than half their range.
bool areOrders(const std::vector<std::vector<double>>& scales)
{
    for (std::size_t i = 1; i < scales.size(); ++i) {
        const auto [low, high] = std::minmax(scales[i].front(), scales[i].back());
        const auto [lowBefore, highBefore]
            = std::minmax(scales[i - 1].front(), scales[i - 1].back());
        const double shared = std::min(high, highBefore) - std::max(low, lowBefore);
        if (shared >= 0.5 * std::min(high - low, highBefore - lowBefore))
            return false;
    }
    return true;
}

/// The plane of the errors, if the header names one and it is not that of the spectrum itself.
std::optional<std::int64_t> sigmaPlane(const FitsFile& fits, const Shape& shape, int plane)
{
    constexpr std::int64_t kMostPlanes = 100;
    for (std::int64_t other = 0; other < std::min(shape.planes, kMostPlanes); ++other)
        if (other != plane
            && fits.text(fmt::format("BANDID{}", other + 1)).value_or("").starts_with("sigma"))
            return other;
    return std::nullopt;
}

struct Cube {
    Shape shape;
    std::optional<std::int64_t> sigma; ///< plane
    spectrum::Medium medium = spectrum::Medium::Unknown;
    spectrum::Frame frame = spectrum::Frame::Unknown;
    std::string unit;
};

base::Result<void> addAperture(FitsSource& source, const Cube& cube, std::int64_t aperture,
    std::vector<double> wavelengths, spectrum::Spectrum& spectrum)
{
    const int plane = source.options.plane;
    auto flux = source.imageRow(1, plane * cube.shape.apertures + aperture);
    if (!flux)
        return base::Unexpected(flux.error());
    spectrum::Segment segment;
    if (cube.sigma) {
        auto sigma = source.imageRow(1, *cube.sigma * cube.shape.apertures + aperture);
        if (!sigma)
            return base::Unexpected(sigma.error());
        for (const double error : *sigma)
            segment.ivar.push_back(ivarOfError(error));
        segment.ivar.resize(wavelengths.size());
        dropEmptyErrors(segment);
    }
    flux->resize(wavelengths.size());
    segment.flux = *std::move(flux);
    segment.wavelengthAngstrom = std::move(wavelengths);
    segment.medium = cube.medium;
    segment.frame = cube.frame;
    segment.fluxUnit = cube.unit;
    segment.origin = fmt::format("aperture {}, plane {}", aperture, plane);
    const std::string place = source.place(1) + ", " + segment.origin;
    return addSegment(spectrum, std::move(segment), place);
}

base::Result<spectrum::Spectrum> readMultispec(FitsSource& source)
{
    Cube cube;
    cube.shape = shapeOf(source);
    constexpr std::int64_t kMostApertures = 2000;
    if (cube.shape.apertures > kMostApertures)
        return failure(ErrorCode::FormatUnknown, source.place(1),
            fmt::format("{} apertures", cube.shape.apertures),
            fmt::format("at most {}", kMostApertures));
    if (auto chosen = checkChoice("--plane", source.options.plane, cube.shape.planes, source.file);
        !chosen)
        return base::Unexpected(chosen.error());
    spectrum::Spectrum spectrum = describeStar(source.fits, source.file);
    spectrum.format = "iraf-multispec";
    spectrum.planes = static_cast<int>(std::min<std::int64_t>(cube.shape.planes, 1'000'000));
    auto scales = readScales(source, cube.shape.apertures, spectrum.warnings);
    if (!scales)
        return base::Unexpected(scales.error());
    cube.sigma = sigmaPlane(source.fits, cube.shape, source.options.plane);
    cube.medium = mediumOf(source.fits);
    cube.frame = frameOf(source.fits);
    cube.unit = firstText(source.fits, { "BUNIT" });

    const int row = source.options.row;
    const bool orders = areOrders(*scales);
    spectrum.rows = orders ? 1 : static_cast<int>(cube.shape.apertures);
    if (auto chosen = checkChoice("--row", row, spectrum.rows, source.file); !chosen)
        return base::Unexpected(chosen.error());
    spectrum.row = row;
    for (std::size_t i = 0; i < scales->size(); ++i)
        if (orders || std::cmp_equal(i, row))
            if (auto added = addAperture(
                    source, cube, static_cast<std::int64_t>(i), std::move((*scales)[i]), spectrum);
                !added)
                return base::Unexpected(added.error());
    std::stable_sort(spectrum.segments.begin(), spectrum.segments.end(),
        [](const spectrum::Segment& a, const spectrum::Segment& b) {
            return a.wavelengthAngstrom.front() < b.wavelengthAngstrom.front();
        });
    return withSegments(std::move(spectrum));
}

} // namespace

FitsLayout multispecLayout()
{
    return { isMultispec, readMultispec };
}

} // namespace maury::io

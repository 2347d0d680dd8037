#include "core/io/fits_image_reader.h"

#include "core/base/text.h"
#include "core/io/fits_facts.h"
#include "core/io/fits_wavelengths.h"
#include "core/io/segment_checks.h"

#include <fmt/core.h>

#include <algorithm>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

constexpr auto kExpected = "one row of pixels with a wavelength scale, and no other data";

enum class Companion { None, Error, Ivar, Variance };

/// What an image says that it holds beside the flux.
Companion companionOf(const std::string& extensionName)
{
    const std::string name = base::lowerCase(extensionName);
    if (name == "ivar" || name == "invvar")
        return Companion::Ivar;
    if (name.starts_with("var"))
        return Companion::Variance;
    const bool isError
        = name.starts_with("err") || name.starts_with("sig") || name.starts_with("unc");
    return isError ? Companion::Error : Companion::None;
}

struct Found {
    int flux = 0; ///< number of the HDU
    int companion = 0; ///< of that with the errors, or 0
    Companion kind = Companion::None;
};

/// The HDU of the only row of pixels, and that of its errors.
base::Result<Found> findSpectrum(const FitsSource& source)
{
    Found found;
    int candidates = 0;
    int withData = 0;
    for (int number = 1; source.hdu(number) != nullptr; ++number) {
        const auto& hdu = *source.hdu(number);
        if (!hdu.hasData())
            continue;
        ++withData;
        const Companion kind = companionOf(hdu.name);
        if (found.flux != 0 && kind != Companion::None
            && source.isImage(number, source.imagePixels(found.flux))
            && source.imageRows(number) == 1) {
            found.companion = number;
            found.kind = kind;
            --withData;
        } else if (source.imageRows(number) == 1) {
            found.flux = number;
            ++candidates;
        }
    }
    if (withData != 1 || candidates != 1)
        return failure(
            ErrorCode::FormatUnknown, source.file.string(), source.contents(), kExpected);
    return found;
}

/// STELIB (Le Borgne et al. 2003) carries the names of its own data base.
bool isStelib(const FitsFile& fits)
{
    return fits.text("STARIDEN").has_value() && fits.text("ISEXTINC").has_value();
}

base::Result<void> readErrors(FitsSource& source, const Found& found, spectrum::Segment& segment)
{
    if (found.companion == 0)
        return {};
    auto values = source.imageRow(found.companion, 0);
    if (!values)
        return base::Unexpected(values.error());
    segment.ivar = std::move(*values);
    for (double& value : segment.ivar) {
        if (found.kind == Companion::Error)
            value = ivarOfError(value);
        else if (found.kind == Companion::Variance)
            value = value > 0.0 ? 1.0 / value : 0.0;
    }
    return {};
}

} // namespace

base::Result<spectrum::Spectrum> readFitsImage(FitsSource& source)
{
    const auto found = findSpectrum(source);
    if (!found)
        return base::Unexpected(found.error());
    const bool stelib = isStelib(source.fits);
    spectrum::Spectrum spectrum = describeStar(
        source.fits, source.file, {}, stelib ? AngleUnit::Radians : AngleUnit::Degrees);
    spectrum.format = "fits-image";

    spectrum::Segment segment;
    if (auto read = readErrors(source, *found, segment); !read)
        return base::Unexpected(read.error());
    const std::string place = source.place(found->flux);
    auto flux = source.imageRow(found->flux, 0);
    if (!flux)
        return base::Unexpected(flux.error());
    auto wavelengths = readWavelengths(source.fits, flux->size(), place, spectrum.warnings);
    if (!wavelengths)
        return base::Unexpected(wavelengths.error());
    segment.flux = std::move(*flux);
    segment.wavelengthAngstrom = std::move(*wavelengths);
    segment.origin = fmt::format("HDU {}", found->flux);
    segment.fluxUnit = firstText(source.fits, { "BUNIT" });
    segment.medium = stelib ? spectrum::Medium::Air : mediumOf(source.fits);
    segment.frame = stelib ? spectrum::Frame::Rest : frameOf(source.fits);
    if (stelib)
        spectrum.warnings.emplace_back(
            "STELIB: in air and at rest, as measured; the velocity in the header is not applied");
    if (auto added = addSegment(spectrum, std::move(segment), place); !added)
        return base::Unexpected(added.error());
    return withSegments(std::move(spectrum));
}

} // namespace maury::io

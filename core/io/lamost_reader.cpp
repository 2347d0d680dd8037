#include "core/io/lamost_reader.h"

#include "core/base/text.h"
#include "core/io/fits_facts.h"
#include "core/io/fits_table_reader.h"
#include "core/io/fits_wavelengths.h"

#include <fmt/core.h>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

constexpr double kLowResolution = 1800.0;
constexpr double kMediumResolution = 7500.0;

bool isLamost(const FitsSource& source)
{
    return source.fits.text("TELESCOP").value_or("").starts_with("LAMOST")
        || source.fits.text("ORIGIN").value_or("").find("LAMOST") != std::string::npos;
}

spectrum::Spectrum describe(FitsSource& source)
{
    StarKeywords keywords;
    keywords.object = { "DESIG", "OBJNAME" };
    spectrum::Spectrum spectrum = describeStar(source.fits, source.file, keywords);
    if (source.fits.text("CLASS") == "STAR")
        spectrum.spectralType = firstText(source.fits, { "SUBCLASS" });
    return spectrum;
}

bool isImage(FitsSource& source)
{
    constexpr std::int64_t kFewestRows = 4;
    return isLamost(source) && source.imageRows(1) >= kFewestRows;
}

/// Row 2 holds wavelengths, but for the first data release, whose header says otherwise.
base::Result<std::vector<double>> wavelengthsOf(FitsSource& source, std::size_t pixels)
{
    const std::string rows = base::lowerCase(source.fits.text("EXTEN0").value_or(""));
    const auto first = source.fits.number("COEFF0");
    const auto step = source.fits.number("COEFF1");
    if (rows.find("wavelength") != std::string::npos) {
        auto row = source.imageRow(1, 2);
        return row;
    }
    if (!first || !step)
        return failure(ErrorCode::ValueMissing, source.place(1),
            fmt::format("no {} and EXTEN0 \"{}\"", first ? "COEFF1" : "COEFF0", rows),
            "a wavelength scale");
    return logWavelengths(*first, *step, pixels);
}

base::Result<spectrum::Spectrum> readImage(FitsSource& source)
{
    constexpr int kIvar = 1; // rows, counted from 0
    constexpr int kAndMask = 3;
    spectrum::Spectrum spectrum = describe(source);
    spectrum.format = "lamost-lrs";
    spectrum::Segment segment;
    auto flux = source.imageRow(1, 0);
    if (!flux)
        return base::Unexpected(flux.error());
    auto ivar = source.imageRow(1, kIvar);
    if (!ivar)
        return base::Unexpected(ivar.error());
    const auto bits = source.imageRow(1, kAndMask);
    if (!bits)
        return base::Unexpected(bits.error());
    auto wavelengths = wavelengthsOf(source, flux->size());
    if (!wavelengths)
        return base::Unexpected(wavelengths.error());
    segment.flux = *std::move(flux);
    segment.ivar = *std::move(ivar);
    segment.wavelengthAngstrom = *std::move(wavelengths);
    segment.mask.assign(segment.flux.size(), 0);
    for (std::size_t i = 0; i < bits->size(); ++i)
        segment.mask[i] = translateMask((*bits)[i], anyBitIsBad);
    segment.medium = mediumOf(source.fits);
    segment.frame = frameOf(source.fits);
    segment.resolvingPower = kLowResolution;
    segment.fluxUnit = firstText(source.fits, { "BUNIT" });
    segment.origin = "HDU 1";
    if (auto added = addSegment(spectrum, std::move(segment), source.place(1)); !added)
        return base::Unexpected(added.error());
    return withSegments(std::move(spectrum));
}

bool isSpectrumTable(FitsSource& source, int number)
{
    return hasColumns(source, number, { "flux", "ivar", "loglam" })
        || hasColumns(source, number, { "flux", "ivar", "wavelength" });
}

bool isTables(FitsSource& source)
{
    return isLamost(source) && isSpectrumTable(source, 2);
}

base::Result<spectrum::Spectrum> readTables(FitsSource& source)
{
    spectrum::Spectrum spectrum = describe(source);
    const auto medium = mediumOf(source.fits);
    const auto frame = frameOf(source.fits);
    bool isMedium = false;
    for (int number = 2; source.hdu(number) != nullptr; ++number) {
        if (!isSpectrumTable(source, number))
            continue;
        const std::string& name = source.hdu(number)->name;
        std::vector<std::string> conversions; // loglam is what the survey says it is
        auto segment = readTableSegment(source, number, 0, anyBitIsBad, conversions);
        if (!segment)
            return base::Unexpected(segment.error());
        // The arms of medium resolution are named B and R; low resolution has one table, COADD.
        const bool isArm = name.starts_with("B-") || name.starts_with("R-") || name.ends_with("_B")
            || name.ends_with("_R");
        isMedium = isMedium || isArm;
        segment->medium = medium;
        segment->frame = frame;
        segment->resolvingPower = isArm ? kMediumResolution : kLowResolution;
        segment->origin = fmt::format("HDU {} ({})", number, name);
        if (auto added = addSegment(spectrum, std::move(*segment), source.place(number)); !added)
            return base::Unexpected(added.error());
    }
    spectrum.format = isMedium ? "lamost-mrs" : "lamost-lrs";
    return withSegments(std::move(spectrum));
}

} // namespace

FitsLayout lamostImageLayout()
{
    return { isImage, readImage };
}

FitsLayout lamostTableLayout()
{
    return { isTables, readTables };
}

} // namespace maury::io

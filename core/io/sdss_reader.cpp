#include "core/io/sdss_reader.h"

#include "core/io/fits_facts.h"
#include "core/io/fits_table_reader.h"
#include "core/io/fits_wavelengths.h"

#include <fmt/core.h>

namespace maury::io {
namespace {

namespace mask = spectrum::mask;

constexpr int kCoadd = 2;
constexpr int kCatalogue = 3;

bool isSpec(FitsSource& source)
{
    return hasColumns(source, kCoadd, { "flux", "loglam", "ivar", "and_mask" });
}

/// The type that SDSS's pipeline found ("G1V (95128)"), from the catalogue row in the file.
std::string typeInCatalogue(FitsSource& source)
{
    if (!hasColumns(source, kCatalogue, { "class", "subclass" }))
        return {};
    const auto columns = source.fits.columns();
    std::string type;
    bool isStar = false;
    for (std::size_t i = 0; columns && i < columns->size(); ++i) {
        const FitsFile::Column& column = (*columns)[i];
        if (column.name == "CLASS")
            isStar = source.fits.readText(column, 0) == "STAR";
        if (column.name == "SUBCLASS")
            type = source.fits.readText(column, 0);
    }
    return isStar ? type : std::string();
}

base::Result<spectrum::Spectrum> readSpec(FitsSource& source)
{
    // RA and DEC are those of the telescope; only the file's name names the star.
    const StarKeywords keywords { {}, { "PLUG_RA" }, { "PLUG_DEC" } };
    spectrum::Spectrum spectrum = describeStar(source.fits, source.file, keywords);
    spectrum.format = "sdss-spec";
    const auto medium = mediumOf(source.fits);
    const auto frame = frameOf(source.fits);
    const std::string unit = firstText(source.fits, { "BUNIT" });
    spectrum.spectralType = typeInCatalogue(source);
    std::vector<std::string> conversions; // loglam is what the survey says it is
    auto segment = readTableSegment(source, kCoadd, 0, maskOfSdss, conversions);
    if (!segment)
        return base::Unexpected(segment.error());
    segment->medium = medium;
    segment->frame = frame;
    segment->fluxUnit = unit;
    if (auto added = addSegment(spectrum, std::move(*segment), source.place(kCoadd)); !added)
        return base::Unexpected(added.error());
    return withSegments(std::move(spectrum));
}

bool isSpSpec(FitsSource& source)
{
    constexpr std::int64_t kFewestRows = 3;
    return source.imageRows(1) >= kFewestRows && source.fits.text("ARRAY1").has_value()
        && source.fits.number("COEFF0") && source.fits.number("COEFF1");
}

base::Result<spectrum::Spectrum> readSpSpec(FitsSource& source)
{
    constexpr int kError = 2; // rows, counted from 0
    constexpr int kMask = 3;
    const StarKeywords keywords { {}, { "RAOBJ" }, { "DECOBJ" } };
    spectrum::Spectrum spectrum = describeStar(source.fits, source.file, keywords);
    spectrum.format = "sdss-spspec";
    const double first = source.fits.number("COEFF0").value_or(0.0);
    const double step = source.fits.number("COEFF1").value_or(0.0);

    auto flux = source.imageRow(1, 0);
    if (!flux)
        return base::Unexpected(flux.error());
    spectrum::Segment segment;
    auto error = source.imageRow(1, kError);
    if (!error)
        return base::Unexpected(error.error());
    segment.ivar = *std::move(error);
    for (double& value : segment.ivar)
        value = ivarOfError(value);
    segment.mask.assign(flux->size(), 0);
    if (source.imageRows(1) > kMask) {
        const auto bits = source.imageRow(1, kMask);
        if (!bits)
            return base::Unexpected(bits.error());
        for (std::size_t i = 0; i < bits->size(); ++i)
            segment.mask[i] = translateMask((*bits)[i], maskOfSdss);
    }
    segment.flux = *std::move(flux);
    segment.wavelengthAngstrom = logWavelengths(first, step, segment.flux.size());
    segment.medium = mediumOf(source.fits);
    segment.frame = frameOf(source.fits);
    segment.fluxUnit = firstText(source.fits, { "BUNIT" });
    segment.origin = "HDU 1, row 0";
    if (auto added = addSegment(spectrum, std::move(segment), source.place(1)); !added)
        return base::Unexpected(added.error());
    return withSegments(std::move(spectrum));
}

} // namespace

std::uint32_t maskOfSdss(std::uint32_t pixelMask)
{
    struct Rule {
        unsigned bit;
        std::uint32_t ours;
    };
    // The bits of whole fibres (0–15) do not tell good pixels from bad ones.
    constexpr Rule kRules[] = {
        { 16, mask::kSuspect }, // NEARBADPIXEL
        { 17, mask::kSuspect }, // LOWFLAT
        { 18, mask::kBadPixel }, // FULLREJECT
        { 19, mask::kSuspect }, // PARTIALREJECT
        { 20, mask::kSuspect }, // SCATTEREDLIGHT
        { 21, mask::kSuspect }, // CROSSTALK
        { 22, mask::kBadPixel }, // NOSKY
        { 23, mask::kSkyLine }, // BRIGHTSKY
        { 24, mask::kNoData }, // NODATA
        { 25, mask::kBadPixel }, // COMBINEREJ
        { 26, mask::kSuspect }, // BADFLUXFACTOR
        { 27, mask::kSuspect }, // BADSKYCHI
        { 28, mask::kSuspect }, // REDMONSTER
    };
    std::uint32_t bits = 0;
    for (const Rule& rule : kRules)
        if ((pixelMask >> rule.bit & 1U) != 0)
            bits |= rule.ours;
    return bits;
}

FitsLayout sdssSpecLayout()
{
    return { isSpec, readSpec };
}

FitsLayout sdssSpSpecLayout()
{
    return { isSpSpec, readSpSpec };
}

} // namespace maury::io

#include "core/io/apogee_reader.h"

#include "core/io/apogee_mask.h"
#include "core/io/fits_facts.h"
#include "core/io/fits_wavelengths.h"
#include "core/io/segment_checks.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;
using spectrum::Frame;
using spectrum::Medium;

// Numbers of the HDUs, counted from 1.
constexpr int kFlux = 2;
constexpr int kError = 3;
constexpr int kMask = 4;
constexpr int kWavelength = 5;
constexpr double kResolvingPower = 22500.0;

/// Whether HDUs 2 to `last` are images of the same rows and the primary HDU is empty.
bool areStacked(const FitsSource& source, int last)
{
    const auto pixels = source.imagePixels(kFlux);
    if (source.hdu(1)->hasData() || pixels == 0)
        return false;
    for (int number = kFlux + 1; number <= last; ++number)
        if (!source.isImage(number, pixels) || source.imageRows(number) != source.imageRows(kFlux))
            return false;
    return true;
}

/// log10 of the first wavelength and the step; from the image's header, else the primary one.
struct LogScale {
    double first = 0.0;
    double step = 0.0;
};

std::optional<LogScale> logScale(FitsSource& source)
{
    for (const int number : { kFlux, 1 }) {
        if (!source.fits.moveTo(number))
            continue;
        const auto reference = source.fits.number("CRVAL1");
        const auto step = source.fits.number("CDELT1");
        const double pixel = source.fits.number("CRPIX1").value_or(1.0);
        if (reference && step && *step > 0.0 && *step < 1e-3)
            return LogScale { *reference + (1.0 - pixel) * *step, *step };
    }
    return std::nullopt;
}

bool isApogeeRange(double angstrom)
{
    return angstrom > 14500.0 && angstrom < 17500.0;
}

bool isStar(FitsSource& source)
{
    if (!areStacked(source, kMask))
        return false;
    const auto scale = logScale(source);
    return scale && isApogeeRange(std::pow(10.0, scale->first));
}

bool isVisit(FitsSource& source)
{
    if (!areStacked(source, kWavelength) || !source.fits.moveTo(kWavelength))
        return false;
    return source.fits.text("BUNIT").value_or("").starts_with("Wavelength");
}

/// The survey writes the quantity before its unit: "Flux (10^-17 erg/s/cm^2/Ang)".
std::string unitWithin(const std::string& text)
{
    constexpr std::string_view kQuantity = "Flux (";
    if (!text.starts_with(kQuantity) || !text.ends_with(")"))
        return text;
    return text.substr(kQuantity.size(), text.size() - kQuantity.size() - 1);
}

spectrum::Spectrum describe(FitsSource& source)
{
    // The primary header always opens: the file did.
    (void)source.fits.moveTo(1);
    StarKeywords keywords;
    keywords.object = { "OBJID", "OBJ", "OBJECT" };
    return describeStar(source.fits, source.file, keywords);
}

/// Flux, inverse variance and mask of a row, without wavelengths; aspcapStar has no mask.
base::Result<spectrum::Segment> readRow(FitsSource& source, std::int64_t row, bool hasMask)
{
    spectrum::Segment segment;
    auto error = source.imageRow(kError, row);
    if (!error)
        return base::Unexpected(error.error());
    segment.ivar = std::move(*error);
    for (double& value : segment.ivar)
        value = ivarOfApogee(value);
    segment.mask.assign(segment.ivar.size(), 0);
    if (hasMask) {
        const auto bits = source.imageRow(kMask, row);
        if (!bits)
            return base::Unexpected(bits.error());
        for (std::size_t i = 0; i < bits->size(); ++i)
            segment.mask[i] = translateMask((*bits)[i], maskOfApogee);
    }
    auto flux = source.imageRow(kFlux, row); // last: its header is asked next
    if (!flux)
        return base::Unexpected(flux.error());
    segment.flux = std::move(*flux);
    for (std::size_t i = 0; i < segment.flux.size(); ++i)
        if (segment.flux[i] == 0.0)
            segment.mask[i] |= spectrum::mask::kGapOrEdge;
    segment.fluxUnit = unitWithin(firstText(source.fits, { "BUNIT" }));
    segment.medium = Medium::Vacuum;
    segment.resolvingPower = kResolvingPower;
    return segment;
}

base::Result<spectrum::Spectrum> readStar(FitsSource& source)
{
    const auto rows = source.imageRows(kFlux);
    const int row = source.options.row;
    if (auto chosen = checkChoice("--row", row, rows, source.file); !chosen)
        return base::Unexpected(chosen.error());
    // The mask is of whole numbers; ASPCAP has the best model in its place.
    if (auto moved = source.fits.moveTo(kMask); !moved)
        return base::Unexpected(moved.error());
    const bool hasMask = source.fits.number("BITPIX").value_or(0.0) > 0.0;

    spectrum::Spectrum spectrum = describe(source);
    spectrum.format = hasMask ? "apogee-star" : "apogee-aspcap";
    constexpr int kFirstVisit = 2;
    const bool isVisitRow = row >= kFirstVisit;
    const std::string visit = isVisitRow ? std::to_string(row - kFirstVisit + 1) : "";
    spectrum.radialVelocityKms = source.fits.number("VHELIO" + visit);
    spectrum.row = row;
    spectrum.rows = static_cast<int>(rows);

    auto segment = readRow(source, row, hasMask);
    if (!segment)
        return base::Unexpected(segment.error());
    const auto scale = logScale(source);
    if (!scale)
        return failure(ErrorCode::ValueMissing, source.place(kFlux), "no CRVAL1 and CDELT1",
            "the scale of log10 λ");
    segment->wavelengthAngstrom = logWavelengths(scale->first, scale->step, segment->flux.size());
    segment->frame = Frame::Rest;
    if (!hasMask)
        segment->rectified = true;
    segment->origin
        = rows == 1 ? fmt::format("HDU {}", kFlux) : fmt::format("HDU {}, row {}", kFlux, row);
    const std::string place = source.place(kFlux);
    if (auto added = addSegment(spectrum, std::move(*segment), place); !added)
        return base::Unexpected(added.error());
    return withSegments(std::move(spectrum));
}

base::Result<spectrum::Spectrum> readVisit(FitsSource& source)
{
    constexpr std::array kChips { "red", "green", "blue" };
    spectrum::Spectrum spectrum = describe(source);
    spectrum.format = "apogee-visit";
    spectrum.barycentricCorrectionKms = source.fits.number("BC");
    spectrum.radialVelocityKms = source.fits.number("VHELIO");
    const auto rows = source.imageRows(kFlux);
    const bool areChips = rows == static_cast<std::int64_t>(kChips.size());
    // Chips are stored from red to blue.
    for (std::int64_t row = rows - 1; row >= 0; --row) {
        auto wavelengths = source.imageRow(kWavelength, row);
        if (!wavelengths)
            return base::Unexpected(wavelengths.error());
        auto segment = readRow(source, row, true);
        if (!segment)
            return base::Unexpected(segment.error());
        segment->wavelengthAngstrom = std::move(*wavelengths);
        segment->frame = spectrum.barycentricCorrectionKms ? Frame::Topocentric : Frame::Unknown;
        segment->origin = areChips ? fmt::format("{} chip", kChips[static_cast<std::size_t>(row)])
                                   : fmt::format("row {}", row);
        const std::string place = fmt::format("{}, {}", source.place(kWavelength), segment->origin);
        if (auto added = addSegment(spectrum, std::move(*segment), place); !added)
            return base::Unexpected(added.error());
    }
    return withSegments(std::move(spectrum));
}

} // namespace

FitsLayout apogeeStarLayout()
{
    return { isStar, readStar };
}

FitsLayout apogeeVisitLayout()
{
    return { isVisit, readVisit };
}

} // namespace maury::io

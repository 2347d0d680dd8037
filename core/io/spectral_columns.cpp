#include "core/io/spectral_columns.h"

#include "core/base/text.h"
#include "core/io/wavelength_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

enum class Role { Wavelength, Flux, Error, Ivar, Mask };

bool startsWithAny(const std::string& text, std::initializer_list<std::string_view> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
        [&text](std::string_view start) { return text.starts_with(start); });
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::optional<Role> roleOfName(const std::string& name)
{
    if (startsWithAny(name, { "wave", "wl", "lam", "loglam", "awav", "spectral_axis" }))
        return Role::Wavelength;
    if (startsWithAny(name,
            { "err", "sig", "std", "unc", "flux_err", "fluxerr", "flux_sig", "flux_std", "flux_unc",
                "e_flux", "eflux" }))
        return Role::Error;
    if (startsWithAny(name, { "ivar", "inv", "flux_ivar" }))
        return Role::Ivar;
    if (startsWithAny(name, { "mask", "flag", "qual", "and_mask", "andmask", "pixmask", "dq" }))
        return Role::Mask;
    if (startsWithAny(name, { "flux", "flam", "int", "norm", "f_lam", "counts", "spectrum" }))
        return Role::Flux;
    return std::nullopt;
}

/// How surely a column plays a role; 0: not.
int rank(const ColumnFacts& column, Role role)
{
    constexpr int kByModel = 5;
    constexpr int kMainByDescriptor = 4;
    constexpr int kByDescriptor = 3;
    constexpr int kByExactName = 2;
    const std::string utype = base::lowerCase(column.utype);
    const std::string ucd = base::lowerCase(column.ucd);
    const std::string name = base::lowerCase(column.name);
    const auto ofModel = [&utype](std::string_view part) {
        return !utype.starts_with("eso:") && contains(utype, part);
    };
    const bool isMain = contains(ucd, "meta.main");
    const auto byDescriptor = [isMain] { return isMain ? kMainByDescriptor : kByDescriptor; };
    switch (role) {
    case Role::Wavelength:
        if (ofModel("spectralaxis.value"))
            return kByModel;
        if (ucd.starts_with("em.wl"))
            return byDescriptor();
        break;
    case Role::Flux:
        if (ofModel("fluxaxis.value"))
            return kByModel;
        if (ucd.starts_with("phot.flux") || ucd.starts_with("spect.continuum"))
            return byDescriptor();
        break;
    case Role::Error:
        if (ofModel("fluxaxis.accuracy.staterror"))
            return kByModel;
        if (ucd.starts_with("stat.error"))
            return byDescriptor();
        break;
    case Role::Ivar:
        break;
    case Role::Mask:
        if (ofModel("fluxaxis.accuracy.qualitystatus") || ucd.starts_with("meta.code.qual"))
            return kByDescriptor;
        break;
    }
    const bool isTyped = !utype.empty() || !ucd.empty();
    if (roleOfName(name) != role || (isTyped && contains(utype + ucd, "background")))
        return 0;
    return name == "flux" || name == "wavelength" || name == "error" ? kByExactName : 1;
}

std::optional<std::size_t> best(const std::vector<ColumnFacts>& columns, Role role)
{
    std::optional<std::size_t> found;
    int highest = 0;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (const int sure = rank(columns[i], role); sure > highest) {
            highest = sure;
            found = i;
        }
    return found;
}

} // namespace

base::Result<SpectralColumns> findSpectralColumns(
    const std::vector<ColumnFacts>& columns, const std::string& place)
{
    const auto wavelength = best(columns, Role::Wavelength);
    const auto flux = best(columns, Role::Flux);
    if (!wavelength || !flux) {
        std::vector<std::string> names;
        for (const ColumnFacts& column : columns)
            names.push_back(column.name);
        constexpr std::size_t kListed = 12;
        const bool isLong = names.size() > kListed;
        names.resize(std::min(names.size(), kListed));
        return failure(ErrorCode::ValueMissing, place,
            fmt::format("the columns {}{}", fmt::join(names, ", "), isLong ? " …" : ""),
            wavelength ? "one of flux" : "one of wavelengths");
    }
    return SpectralColumns { *wavelength, *flux, best(columns, Role::Error),
        best(columns, Role::Ivar), best(columns, Role::Mask) };
}

spectrum::Medium mediumOfColumn(const ColumnFacts& column)
{
    const std::string ucd = base::lowerCase(column.ucd);
    if (contains(ucd, "obs.atmos"))
        return spectrum::Medium::Air;
    if (ucd == "em.wl" && base::lowerCase(column.utype).starts_with("spec:"))
        return spectrum::Medium::Vacuum;
    const std::string text = base::lowerCase(column.name + " " + column.unit);
    const bool vacuum = contains(text, "vac");
    const bool air = contains(text, "air") || contains(text, "awav");
    if (vacuum == air)
        return spectrum::Medium::Unknown;
    return vacuum ? spectrum::Medium::Vacuum : spectrum::Medium::Air;
}

std::uint32_t anyBitIsBad(std::uint32_t bits)
{
    return bits == 0 ? 0 : spectrum::mask::kBadPixel;
}

base::Result<spectrum::Segment> segmentOf(SpectralValues values, const ColumnFacts& wavelength,
    std::uint32_t (*translate)(std::uint32_t bits), const std::string& place,
    std::vector<std::string>& warnings)
{
    spectrum::Segment segment;
    segment.wavelengthAngstrom = std::move(values.wavelength);
    segment.flux = std::move(values.flux);
    const std::size_t pixels = segment.flux.size();
    if (pixels == 0)
        return failure(ErrorCode::WavelengthsInvalid, place, "no pixels", "at least 2 pixels");
    for (const auto* column : { &values.error, &values.ivar, &values.mask })
        if (!column->empty() && column->size() != pixels)
            return failure(ErrorCode::ValueInvalid, place,
                fmt::format("columns of {} and {} numbers", pixels, column->size()),
                "columns of one length");
    if (segment.wavelengthAngstrom.size() != pixels)
        return failure(ErrorCode::ValueInvalid, place,
            fmt::format("{} wavelengths and {} fluxes", segment.wavelengthAngstrom.size(), pixels),
            "as many");
    if (auto converted = convertToAngstrom(
            segment.wavelengthAngstrom, wavelength.unit, wavelength.name, place, warnings);
        !converted)
        return base::Unexpected(converted.error());
    segment.ivar = std::move(values.ivar);
    if (segment.ivar.empty()) {
        segment.ivar = std::move(values.error);
        for (double& value : segment.ivar)
            value = ivarOfError(value);
    }
    dropEmptyErrors(segment);
    segment.mask.assign(pixels, 0);
    for (std::size_t i = 0; i < values.mask.size(); ++i)
        segment.mask[i] = translateMask(values.mask[i], translate);
    segment.medium = mediumOfColumn(wavelength);
    return segment;
}

} // namespace maury::io

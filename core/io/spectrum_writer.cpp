#include "core/io/spectrum_writer.h"

#include "core/base/atomic_file.h"
#include "core/base/text.h"
#include "core/io/fits_writer.h"
#include "core/io/text_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

namespace maury::io {
namespace {

using base::Result;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;

constexpr const char* kFormats[] = { ".fits", ".ecsv", ".csv" };
constexpr const char* kAngstrom = "Angstrom";
constexpr std::size_t kLongestKeyword = 8;

std::string upperCase(std::string text)
{
    for (char& letter : text)
        if (letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
    return text;
}

std::string formatOf(const std::filesystem::path& file)
{
    return base::lowerCase(file.extension().string());
}

std::vector<double> ivarOf(const Segment& segment)
{
    return segment.ivar.empty() ? std::vector<double>(
               segment.pixels(), std::numeric_limits<double>::quiet_NaN())
                                : segment.ivar;
}

/// The columns that readers find: wavelength, flux, ivar, mask; then the rest.
std::vector<TableColumn> columnsOf(const SegmentToWrite& given, const std::string& wavelengthName)
{
    const Segment& segment = given.segment;
    std::vector<TableColumn> columns { { wavelengthName, segment.wavelengthAngstrom, kAngstrom,
                                           false,
                                           segment.medium == Medium::Unknown
                                               ? std::string("medium unknown")
                                               : "in " + toString(segment.medium) },
        { "flux", segment.flux, segment.fluxUnit } };
    if (!segment.ivar.empty())
        columns.push_back({ "ivar", ivarOf(segment), {}, false, "inverse variance; 0: bad" });
    columns.push_back({ "mask", std::vector<double>(segment.mask.begin(), segment.mask.end()), {},
        true,
        "bits: 1 no data, 2 bad, 4 saturated, 8 cosmic ray, 16 telluric, 32 sky line, 64 gap or "
        "edge, 128 suspect, 256 user" });
    columns.insert(columns.end(), given.more.begin(), given.more.end());
    return columns;
}

std::string systemOf(Frame frame)
{
    switch (frame) {
    case Frame::Rest:
        return "SOURCE";
    case Frame::Barycentric:
        return "BARYCENT";
    case Frame::Heliocentric:
        return "HELIOCEN";
    case Frame::Topocentric:
        return "TOPOCENT";
    case Frame::Unknown:
        break;
    }
    return {};
}

FitsTableToWrite fitsTableOf(const SegmentToWrite& given, std::size_t number)
{
    const Segment& segment = given.segment;
    FitsTableToWrite result;
    result.table.name = fmt::format("SEGMENT{}", number);
    result.table.columns = columnsOf(given, "wave");
    result.descriptors.assign(result.table.columns.size(), {});
    // What ESO's Phase 3 calls wavelengths in air and in vacuum, and what readers go by.
    if (segment.medium == Medium::Air)
        result.descriptors[0] = { "em.wl;obs.atmos", "spec:Data.SpectralAxis.Value" };
    if (segment.medium == Medium::Vacuum)
        result.descriptors[0] = { "em.wl", "spec:Data.SpectralAxis.Value" };
    result.descriptors[1] = { {}, "spec:Data.FluxAxis.Value" };
    if (const std::string system = systemOf(segment.frame); !system.empty())
        result.cards.push_back({ "SPECSYS", system, "velocity frame" });
    if (segment.rectified)
        result.cards.push_back({ "CONTNORM", *segment.rectified, "continuum is 1" });
    if (segment.resolvingPower)
        result.cards.push_back({ "SPEC_RES", *segment.resolvingPower, "wavelength over FWHM" });
    if (!segment.origin.empty())
        result.cards.push_back({ "ORIGSEG", segment.origin, "where it comes from" });
    result.cards.push_back({ "MASKBITS", std::string("MAURY"), "meaning of the mask" });
    return result;
}

Result<void> writeFits(const std::filesystem::path& file, const SpectrumToWrite& spectrum)
{
    const spectrum::Spectrum& star = spectrum.star;
    std::vector<FitsCard> primary { { "OBJECT", star.object } };
    const auto add = [&primary](const char* keyword, const std::optional<double>& value,
                         const char* comment) {
        if (value)
            primary.push_back({ keyword, *value, comment });
    };
    add("RA", star.raDeg, "degrees, J2000");
    add("DEC", star.decDeg, "degrees, J2000");
    add("VRADKMS", star.radialVelocityKms, "km/s, star against barycentre");
    add("BARYKMS", star.barycentricCorrectionKms, "km/s, barycentric correction");
    if (!star.spectralType.empty())
        primary.push_back({ "SPTYPE", star.spectralType });
    primary.push_back({ "CREATOR", std::string("maury ") + MAURY_VERSION });
    primary.push_back({ "ORIGFILE", star.file.filename().string(), "what was read" });
    if (!spectrum.recipe.empty())
        primary.push_back({ "RECIPE", spectrum.recipe, "what was done" });
    std::vector<FitsTableToWrite> tables;
    for (const SegmentToWrite& segment : spectrum.segments)
        tables.push_back(fitsTableOf(segment, tables.size() + 1));
    return writeFitsTables(file, primary, tables);
}

std::string textOf(const std::optional<double>& value)
{
    return value ? fmt::format("{}", *value) : std::string();
}

std::string textOf(const std::optional<bool>& value)
{
    return value ? std::string(*value ? "true" : "false") : std::string();
}

/// What all segments share, if they do.
template <typename Of>
std::optional<std::string> shared(const SpectrumToWrite& spectrum, const Of& of)
{
    const std::string first = of(spectrum.segments.front().segment);
    const bool isShared = std::all_of(spectrum.segments.begin(), spectrum.segments.end(),
        [&](const SegmentToWrite& each) { return of(each.segment) == first; });
    return isShared ? std::optional(first) : std::nullopt;
}

/// A fact of all segments, or where they differ one of each: "frame 1" is that of the rows with a 1
/// in the column that counts segments. What is not known is not told.
template <typename Of>
void addFacts(
    const SpectrumToWrite& spectrum, const std::string& fact, TableToWrite& table, const Of& of)
{
    const auto add = [&table](const std::string& key, const std::string& value) {
        if (!value.empty())
            table.facts.emplace_back(key, value);
    };
    if (const auto all = shared(spectrum, of)) {
        add(fact, *all);
        return;
    }
    for (std::size_t i = 0; i < spectrum.segments.size(); ++i)
        add(fmt::format("{} {}", fact, i), of(spectrum.segments[i].segment));
}

std::string mediumOf(const Segment& segment)
{
    return toString(segment.medium);
}

/// What a text says of a spectrum besides its pixels; the reader of text takes it back.
void addAllFacts(const SpectrumToWrite& spectrum, TableToWrite& table)
{
    const spectrum::Spectrum& star = spectrum.star;
    table.facts = { { "object", star.object }, { "file", star.file.filename().string() } };
    addFacts(spectrum, "medium", table, mediumOf);
    addFacts(spectrum, "frame", table,
        [](const Segment& segment) { return toString(segment.frame); });
    addFacts(spectrum, "rectified", table,
        [](const Segment& segment) { return textOf(segment.rectified); });
    addFacts(spectrum, "resolving_power", table,
        [](const Segment& segment) { return textOf(segment.resolvingPower); });
    addFacts(spectrum, "flux_unit", table, [](const Segment& segment) { return segment.fluxUnit; });
    addFacts(spectrum, "origin", table, [](const Segment& segment) { return segment.origin; });
    const auto add = [&table](const char* fact, const std::string& value) {
        if (!value.empty())
            table.facts.emplace_back(fact, value);
    };
    add("ra_deg", textOf(star.raDeg));
    add("dec_deg", textOf(star.decDeg));
    add("velocity_kms", textOf(star.radialVelocityKms));
    add("barycentric_correction_kms", textOf(star.barycentricCorrectionKms));
    add("spectral_type", star.spectralType);
    add("recipe", spectrum.recipe);
}

/// All segments below each other; with a column that counts them when there are several.
TableToWrite tableOf(const SpectrumToWrite& spectrum)
{
    const auto medium = shared(spectrum, mediumOf);
    const bool isStated = medium == "air" || medium == "vacuum";
    const std::string name
        = isStated ? fmt::format("wavelength_{}_angstrom", *medium) : "wavelength_angstrom";
    TableToWrite table;
    TableColumn segments { "segment", {}, {}, true };
    for (std::size_t i = 0; i < spectrum.segments.size(); ++i) {
        SegmentToWrite whole = spectrum.segments[i];
        const bool anyErrors = std::any_of(spectrum.segments.begin(), spectrum.segments.end(),
            [](const SegmentToWrite& each) { return !each.segment.ivar.empty(); });
        if (anyErrors)
            whole.segment.ivar = ivarOf(whole.segment);
        auto columns = columnsOf(whole, name);
        if (i == 0)
            table.columns = std::move(columns);
        else
            for (std::size_t column = 0; column < columns.size(); ++column)
                table.columns[column].values.insert(table.columns[column].values.end(),
                    columns[column].values.begin(), columns[column].values.end());
        segments.values.insert(segments.values.end(), whole.segment.pixels(), static_cast<double>(i));
    }
    if (!medium)
        table.columns.front().description = "in the medium of each segment";
    if (spectrum.segments.size() > 1)
        table.columns.push_back(std::move(segments));
    addAllFacts(spectrum, table);
    return table;
}

std::vector<std::string> commentsOf(const TableToWrite& table)
{
    std::vector<std::string> comments;
    for (const auto& fact : table.facts)
        comments.push_back(fact.first + ": " + fact.second);
    return comments;
}

} // namespace

std::span<const char* const> tableFormats()
{
    return kFormats;
}

Result<void> checkTableFormat(const std::filesystem::path& file)
{
    for (const char* format : kFormats)
        if (formatOf(file) == format)
            return {};
    return base::failure(base::ErrorCode::OptionInvalid, file.string(),
        "a name ending in \"" + file.extension().string() + "\"",
        fmt::format("{}", fmt::join(kFormats, ", ")));
}

Result<void> writeSpectrum(const std::filesystem::path& file, const SpectrumToWrite& spectrum)
{
    EXPECTS(!spectrum.segments.empty());
    if (const auto known = checkTableFormat(file); !known)
        return known;
    if (formatOf(file) == ".fits")
        return writeFits(file, spectrum);
    const TableToWrite table = tableOf(spectrum);
    return base::writeFileAtomically(
        file, formatOf(file) == ".ecsv" ? ecsvText(table) : csvText(table, commentsOf(table)));
}

Result<void> writeTable(const std::filesystem::path& file, const TableToWrite& table)
{
    EXPECTS(!table.columns.empty());
    if (const auto known = checkTableFormat(file); !known)
        return known;
    if (formatOf(file) == ".ecsv")
        return base::writeFileAtomically(file, ecsvText(table));
    if (formatOf(file) == ".csv")
        return base::writeFileAtomically(file, csvText(table, {}));
    FitsTableToWrite fits { table, {} };
    for (const auto& fact : table.facts)
        if (fact.first.size() <= kLongestKeyword)
            fits.cards.push_back({ upperCase(fact.first), fact.second });
    return writeFitsTables(file, {}, { fits });
}

SpectrumToWrite asRead(const spectrum::Spectrum& spectrum)
{
    SpectrumToWrite result { spectrum, {}, {} };
    for (const Segment& segment : spectrum.segments)
        result.segments.push_back({ segment });
    result.star.segments.clear();
    return result;
}

} // namespace maury::io

#include "core/io/ascii_reader.h"

#include "core/base/text.h"
#include "core/io/ecsv_header.h"
#include "core/io/mkclass_name.h"
#include "core/io/segment_checks.h"
#include "core/io/spectral_columns.h"
#include "core/io/text_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

/// The columns of a table, as its header or an ECSV preamble describes them.
std::vector<ColumnFacts> factsOf(const TextTable& table)
{
    const auto described = readEcsvHeader(table.comments);
    if (described.size() == table.columns)
        return described;
    std::vector<ColumnFacts> facts(table.columns);
    for (std::size_t i = 0; i < table.names.size(); ++i)
        facts[i].name = table.names[i];
    return facts;
}

/// By name where the file names them; else wavelength, flux, error stand in this order.
SpectralColumns findColumns(const TextTable& table, const std::vector<ColumnFacts>& facts,
    std::vector<std::string>& warnings)
{
    if (const auto named = findSpectralColumns(facts, {}))
        return *named;
    SpectralColumns columns { 0, 1, {}, {}, {} };
    if (table.columns >= 3)
        columns.error = 2;
    if (table.columns > 3)
        warnings.push_back(fmt::format("{} columns without known names: read as wavelength, flux, "
                                       "error; the others are ignored",
            table.columns));
    return columns;
}

std::vector<double> columnOf(const TextTable& table, std::optional<std::size_t> column)
{
    std::vector<double> values;
    for (std::size_t row = 0; column && row < table.rows(); ++row)
        values.push_back(table.at(row, *column));
    return values;
}

/// Text in columns comes from programs that keep our bits.
std::uint32_t asItIs(std::uint32_t bits)
{
    return bits;
}

/// Drops a first row that is out of order with all others: a slip of the pen in the MKCLASS
/// libraries.
void dropMisplacedFirstRow(TextTable& table, std::vector<std::string>& warnings)
{
    if (table.rows() < 3 || table.at(0, 0) < table.at(1, 0) || table.at(1, 0) >= table.at(2, 0))
        return;
    warnings.push_back(fmt::format("line {} is out of order ({} Å before {} Å): left out",
        table.lines[0], table.at(0, 0), table.at(1, 0)));
    table.values.erase(
        table.values.begin(), table.values.begin() + static_cast<std::ptrdiff_t>(table.columns));
    table.lines.erase(table.lines.begin());
}

/// The medium if a comment on wavelengths states it.
spectrum::Medium mediumInComments(const TextTable& table)
{
    std::vector<std::string> texts;
    for (const std::string& comment : table.comments) {
        std::string text = base::lowerCase(comment);
        if (text.find("wavelength") != std::string::npos)
            texts.push_back(std::move(text));
    }
    for (const std::string& text : texts) {
        const bool vacuum = text.find("vac") != std::string::npos;
        const bool air = text.find("air") != std::string::npos;
        if (vacuum != air)
            return vacuum ? spectrum::Medium::Vacuum : spectrum::Medium::Air;
    }
    return spectrum::Medium::Unknown;
}

/// What a comment "key: value" or, in the preamble of an ECSV file, "- {key: 'value'}" states.
std::optional<std::string> factInComments(const TextTable& table, std::string_view key)
{
    for (const std::string& comment : table.comments) {
        std::string_view text = base::trim(comment);
        if (text.starts_with("- {") && text.ends_with("}"))
            text = text.substr(3, text.size() - 4);
        if (!text.starts_with(key) || text.substr(key.size(), 1) != ":")
            continue;
        std::string value(base::trim(text.substr(key.size() + 1)));
        if (value.size() >= 2 && value.front() == '\'' && value.back() == '\'') {
            value = value.substr(1, value.size() - 2);
            for (std::size_t at = 0; (at = value.find("''", at)) != std::string::npos; ++at)
                value.erase(at, 1); // YAML doubles a quote
        }
        if (!value.empty())
            return value;
    }
    return std::nullopt;
}

std::optional<double> numberInComments(const TextTable& table, std::string_view key)
{
    const auto stated = factInComments(table, key);
    const auto number = stated ? parseNumber(*stated) : std::nullopt;
    return number && std::isfinite(*number) ? number : std::nullopt;
}

/// The column that counts segments in our own files.
std::optional<std::size_t> countOfSegments(const TextTable& table)
{
    const auto counted = std::find(table.names.begin(), table.names.end(), "segment");
    if (counted == table.names.end() || table.rows() == 0)
        return std::nullopt;
    return static_cast<std::size_t>(counted - table.names.begin());
}

/// A fact of one of several segments, "frame 1", or of all of them, "frame".
std::optional<std::string> segmentFact(const TextTable& table, const std::string& key)
{
    const auto column = countOfSegments(table);
    const auto own = column
        ? factInComments(table, fmt::format("{} {:.0f}", key, table.at(0, *column)))
        : std::nullopt;
    return own ? own : factInComments(table, key);
}

/// One of the values that toString() tells apart; the last where nothing is stated.
template <typename Value>
Value statedAs(const std::optional<std::string>& stated, std::initializer_list<Value> values)
{
    const auto found = std::find_if(values.begin(), values.end(),
        [&](const Value value) { return stated == toString(value); });
    return found == values.end() ? *(values.end() - 1) : *found;
}

/// What our own files say of a segment (spectrum_writer.h).
void takeFacts(const TextTable& table, spectrum::Segment& segment)
{
    using spectrum::Frame;
    using spectrum::Medium;
    const auto fact = [&](const char* key) { return segmentFact(table, key); };
    if (segment.medium == Medium::Unknown)
        segment.medium = statedAs(fact("medium"), { Medium::Air, Medium::Vacuum, Medium::Unknown });
    if (segment.medium == Medium::Unknown && !fact("medium"))
        segment.medium = mediumInComments(table);
    segment.frame = statedAs(fact("frame"),
        { Frame::Rest, Frame::Barycentric, Frame::Heliocentric, Frame::Topocentric,
            Frame::Unknown });
    const auto rectified = fact("rectified");
    if (rectified == "true" || rectified == "false")
        segment.rectified = rectified == "true";
    const auto stated = fact("resolving_power");
    const auto power = stated ? parseNumber(*stated) : std::nullopt;
    if (power && std::isfinite(*power) && *power > 0.0)
        segment.resolvingPower = power;
    if (segment.fluxUnit.empty())
        segment.fluxUnit = fact("flux_unit").value_or("");
    segment.origin = fact("origin").value_or("");
}

/// The rows of each segment where a column counts them; else all rows.
std::vector<TextTable> partsOf(TextTable table)
{
    const auto column = countOfSegments(table);
    if (!column)
        return { std::move(table) };
    std::vector<TextTable> parts;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (row == 0 || table.at(row, *column) != table.at(row - 1, *column))
            parts.push_back({ table.names, table.comments, table.columns, {}, {} });
        for (std::size_t i = 0; i < table.columns; ++i)
            parts.back().values.push_back(table.at(row, i));
        parts.back().lines.push_back(table.lines[row]);
    }
    return parts;
}

base::Result<spectrum::Segment> segmentFrom(TextTable& table, const std::filesystem::path& file,
    bool isMkclass, std::vector<std::string>& warnings)
{
    const auto facts = factsOf(table);
    const SpectralColumns columns = findColumns(table, facts, warnings);
    SpectralValues values { columnOf(table, columns.wavelength), columnOf(table, columns.flux),
        columnOf(table, columns.error), columnOf(table, columns.ivar),
        columnOf(table, columns.mask) };
    const auto lineOf
        = [&table](std::size_t pixel) { return fmt::format("line {}", table.lines[pixel]); };
    const auto notFinite = std::find_if_not(values.wavelength.begin(), values.wavelength.end(),
        [](double value) { return std::isfinite(value); });
    if (notFinite != values.wavelength.end())
        return failure(ErrorCode::WavelengthsInvalid,
            file.string() + ": "
                + lineOf(static_cast<std::size_t>(notFinite - values.wavelength.begin())),
            "no wavelength", "a number");
    const ColumnFacts& scale = facts[columns.wavelength];
    auto made = segmentOf(std::move(values), scale, asItIs, file.string(), warnings);
    if (!made)
        return made;
    spectrum::Segment segment = *std::move(made);
    if (flipIfDescending(segment, warnings))
        std::reverse(table.lines.begin(), table.lines.end());
    maskMissingPixels(segment, warnings);
    if (auto checked = checkSegment(segment, file.string(), lineOf); !checked)
        return base::Unexpected(checked.error());

    segment.fluxUnit = facts[columns.flux].unit;
    takeFacts(table, segment);
    if (isMkclass && segment.medium == spectrum::Medium::Unknown)
        segment.medium = spectrum::Medium::Air;
    if (isMkclass)
        segment.frame = spectrum::Frame::Rest;
    return segment;
}

} // namespace

base::Result<spectrum::Spectrum> readAscii(std::string_view text, const std::filesystem::path& file)
{
    auto parsed = parseTextTable(text, file);
    if (!parsed)
        return base::Unexpected(parsed.error());
    TextTable& table = *parsed;

    spectrum::Spectrum spectrum;
    spectrum.format = "ascii";
    spectrum.object = factInComments(table, "object").value_or(file.stem().string());
    spectrum.file = file;
    const bool isMkclass = parseMkclassFileName(file.filename().string()).has_value();
    if (isMkclass)
        dropMisplacedFirstRow(table, spectrum.warnings);
    spectrum.raDeg = numberInComments(table, "ra_deg");
    spectrum.decDeg = numberInComments(table, "dec_deg");
    spectrum.radialVelocityKms = numberInComments(table, "velocity_kms");
    spectrum.barycentricCorrectionKms = numberInComments(table, "barycentric_correction_kms");
    spectrum.spectralType = factInComments(table, "spectral_type").value_or("");
    for (TextTable& part : partsOf(std::move(table))) {
        auto segment = segmentFrom(part, file, isMkclass, spectrum.warnings);
        if (!segment)
            return base::Unexpected(segment.error());
        spectrum.segments.push_back(*std::move(segment));
    }
    return spectrum;
}

} // namespace maury::io

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

} // namespace

base::Result<spectrum::Spectrum> readAscii(std::string_view text, const std::filesystem::path& file)
{
    auto parsed = parseTextTable(text, file);
    if (!parsed)
        return base::Unexpected(parsed.error());
    TextTable& table = *parsed;

    spectrum::Spectrum spectrum;
    spectrum.format = "ascii";
    spectrum.object = file.stem().string();
    spectrum.file = file;
    const bool isMkclass = parseMkclassFileName(file.filename().string()).has_value();
    if (isMkclass)
        dropMisplacedFirstRow(table, spectrum.warnings);

    const auto facts = factsOf(table);
    const SpectralColumns columns = findColumns(table, facts, spectrum.warnings);
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
    auto made = segmentOf(std::move(values), scale, asItIs, file.string(), spectrum.warnings);
    if (!made)
        return base::Unexpected(made.error());
    spectrum::Segment segment = *std::move(made);
    if (flipIfDescending(segment, spectrum.warnings))
        std::reverse(table.lines.begin(), table.lines.end());
    maskMissingPixels(segment, spectrum.warnings);
    if (auto checked = checkSegment(segment, file.string(), lineOf); !checked)
        return base::Unexpected(checked.error());

    if (segment.medium == spectrum::Medium::Unknown)
        segment.medium = isMkclass ? spectrum::Medium::Air : mediumInComments(table);
    segment.frame = isMkclass ? spectrum::Frame::Rest : spectrum::Frame::Unknown;
    segment.fluxUnit = facts[columns.flux].unit;
    spectrum.segments.push_back(std::move(segment));
    return spectrum;
}

} // namespace maury::io

#include "core/io/ascii_reader.h"

#include "core/base/text.h"
#include "core/io/mkclass_name.h"
#include "core/io/segment_checks.h"
#include "core/io/text_table.h"
#include "core/io/wavelength_unit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

struct Columns {
    std::size_t wavelength = 0;
    std::size_t flux = 1;
    std::optional<std::size_t> error;
    std::optional<std::size_t> ivar;
    std::optional<std::size_t> mask;
};

bool startsWith(const std::string& text, std::initializer_list<std::string_view> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
        [&text](std::string_view start) { return text.substr(0, start.size()) == start; });
}

/// Finds the columns by name where the file names them; else wavelength, flux, error stand in this
/// order.
Columns findColumns(const TextTable& table, std::vector<std::string>& warnings)
{
    Columns columns;
    std::optional<std::size_t> wavelength;
    std::optional<std::size_t> flux;
    for (std::size_t i = 0; i < table.names.size(); ++i) {
        const std::string& name = table.names[i];
        const auto take = [i](std::optional<std::size_t>& place) { place = place.value_or(i); };
        if (startsWith(name, { "wave", "wl", "lam", "loglam", "awav" }))
            take(wavelength);
        else if (startsWith(name,
                     { "err", "sig", "std", "unc", "flux_err", "fluxerr", "flux_sig", "e_flux",
                         "eflux" }))
            take(columns.error);
        else if (startsWith(name, { "ivar", "inv" }))
            take(columns.ivar);
        else if (startsWith(name, { "mask", "flag", "qual" }))
            take(columns.mask);
        else if (startsWith(name, { "flux", "flam", "int", "norm", "f_lam", "counts" }))
            take(flux);
    }
    const bool named = wavelength && flux;
    if (named) {
        columns.wavelength = *wavelength;
        columns.flux = *flux;
        return columns;
    }
    columns = Columns {};
    if (table.columns >= 3)
        columns.error = 2;
    if (table.columns > 3)
        warnings.push_back(fmt::format("{} columns without known names: read as wavelength, flux, "
                                       "error; the others are ignored",
            table.columns));
    return columns;
}

spectrum::Segment makeSegment(const TextTable& table, const Columns& columns)
{
    spectrum::Segment segment;
    const std::size_t rows = table.rows();
    segment.mask.assign(rows, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        segment.wavelengthAngstrom.push_back(table.at(row, columns.wavelength));
        segment.flux.push_back(table.at(row, columns.flux));
        if (columns.ivar) {
            segment.ivar.push_back(table.at(row, *columns.ivar));
        } else if (columns.error) {
            const double error = table.at(row, *columns.error);
            segment.ivar.push_back(error > 0.0 ? 1.0 / (error * error) : 0.0);
        }
        if (columns.mask) {
            const double bits = table.at(row, *columns.mask);
            const bool valid = bits >= 0.0 && bits <= std::numeric_limits<std::uint32_t>::max();
            segment.mask[row]
                = valid ? static_cast<std::uint32_t>(bits) : spectrum::mask::kBadPixel;
        }
    }
    // A column that holds no error anywhere says nothing of the pixels.
    const bool empty = std::none_of(segment.ivar.begin(), segment.ivar.end(),
        [](double ivar) { return std::isfinite(ivar) && ivar > 0.0; });
    if (empty)
        segment.ivar.clear();
    return segment;
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

base::Result<void> convertToAngstrom(spectrum::Segment& segment, const TextTable& table,
    const Columns& columns, const std::string& file, std::vector<std::string>& warnings)
{
    auto& wavelengths = segment.wavelengthAngstrom;
    const auto [low, high] = std::minmax_element(wavelengths.begin(), wavelengths.end());
    const std::string range = fmt::format("{} … {}", *low, *high);
    const std::string& header
        = table.names.empty() ? std::string() : table.names[columns.wavelength];
    auto unit = unitFromText(header);
    std::string reason = fmt::format("as the column name \"{}\" says", header);
    if (!unit) {
        unit = unitFromRange(*low, *high);
        reason = "guessed from the range " + range;
    }
    if (!unit)
        return failure(ErrorCode::WavelengthsInvalid, file, "wavelengths " + range,
            "Å, nm or µm (name the unit in the header of the column)");
    if (!unit->logarithm && unit->angstromPerUnit == 1.0)
        return {};
    for (double& wavelength : wavelengths)
        wavelength
            = unit->logarithm ? std::pow(10.0, wavelength) : wavelength * unit->angstromPerUnit;
    warnings.push_back(
        fmt::format("wavelengths are in {}, {}: converted to Å", unit->name, reason));
    return {};
}

/// The medium if the wavelength column's name or a comment on wavelengths states it.
spectrum::Medium statedMedium(const TextTable& table, const Columns& columns)
{
    std::vector<std::string> texts;
    if (!table.names.empty())
        texts.push_back(table.names[columns.wavelength]);
    for (const std::string& comment : table.comments) {
        std::string text = base::lowerCase(comment);
        if (text.find("wavelength") != std::string::npos)
            texts.push_back(std::move(text));
    }
    for (const std::string& text : texts) {
        const bool vacuum = text.find("vac") != std::string::npos;
        const bool air = text.find("air") != std::string::npos || text == "awav";
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

    const Columns columns = findColumns(table, spectrum.warnings);
    spectrum::Segment segment = makeSegment(table, columns);
    const auto notFinite = std::find_if_not(segment.wavelengthAngstrom.begin(),
        segment.wavelengthAngstrom.end(), [](double value) { return std::isfinite(value); });
    const auto lineOf
        = [&table](std::size_t pixel) { return fmt::format("line {}", table.lines[pixel]); };
    if (notFinite != segment.wavelengthAngstrom.end())
        return failure(ErrorCode::WavelengthsInvalid,
            file.string() + ": "
                + lineOf(static_cast<std::size_t>(notFinite - segment.wavelengthAngstrom.begin())),
            "no wavelength", "a number");
    if (auto done = convertToAngstrom(segment, table, columns, file.string(), spectrum.warnings);
        !done)
        return base::Unexpected(done.error());
    if (flipIfDescending(segment, spectrum.warnings))
        std::reverse(table.lines.begin(), table.lines.end());
    maskMissingPixels(segment, spectrum.warnings);
    if (auto checked = checkSegment(segment, file.string(), lineOf); !checked)
        return base::Unexpected(checked.error());

    segment.medium = isMkclass ? spectrum::Medium::Air : statedMedium(table, columns);
    segment.frame = isMkclass ? spectrum::Frame::Rest : spectrum::Frame::Unknown;
    spectrum.segments.push_back(std::move(segment));
    return spectrum;
}

} // namespace maury::io

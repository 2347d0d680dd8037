#include "core/io/fits_table_reader.h"

#include "core/base/text.h"
#include "core/io/fits_facts.h"

#include <fmt/core.h>

#include <algorithm>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

/// The columns of a table, with those that make its spectrum.
struct Table {
    std::vector<FitsFile::Column> columns;
    std::vector<ColumnFacts> facts;
    SpectralColumns spectral;
    std::int64_t rows = 0;

    [[nodiscard]] const FitsFile::Column& wavelength() const
    {
        return columns[spectral.wavelength];
    }
    /// One pixel a row, or cells of whole spectra.
    [[nodiscard]] bool isPixelPerRow() const
    {
        return wavelength().repeat == 1 && columns[spectral.flux].repeat == 1;
    }
};

base::Result<Table> openTable(FitsSource& source, int number)
{
    const auto* hdu = source.hdu(number);
    if (hdu == nullptr || hdu->kind != FitsFile::Kind::Table)
        return failure(ErrorCode::ValueMissing, source.place(number),
            hdu == nullptr ? "no such HDU" : hdu->describe(), "a table");
    if (auto moved = source.fits.moveTo(number); !moved)
        return base::Unexpected(moved.error());
    auto columns = source.fits.columns();
    if (!columns)
        return base::Unexpected(columns.error());
    Table table;
    for (FitsFile::Column& column : *columns)
        if (column.isNumeric) {
            table.facts.push_back({ column.name, column.unit, column.ucd, column.utype });
            table.columns.push_back(std::move(column));
        }
    const auto spectral = findSpectralColumns(table.facts, source.place(number));
    if (!spectral)
        return base::Unexpected(spectral.error());
    table.spectral = *spectral;
    table.rows = hdu->axes[1];
    return table;
}

bool isSpectralTable(FitsSource& source, int number)
{
    return openTable(source, number).has_value();
}

bool isAnyTable(FitsSource& source)
{
    for (int number = 2; source.hdu(number) != nullptr; ++number)
        if (isSpectralTable(source, number))
            return true;
    return false;
}

/// Keywords of the spectrum stand in the primary header or in the table's.
template <typename Of>
auto fromHeaders(FitsSource& source, int number, Of&& of) -> decltype(of(source.fits))
{
    for (const int hdu : { number, 1 })
        if (source.fits.moveTo(hdu))
            if (auto value = of(source.fits))
                return value;
    return {};
}

std::optional<bool> continuumNormalised(const FitsFile& fits)
{
    if (!fits.text("CONTNORM"))
        return std::nullopt;
    return fits.flag("CONTNORM");
}

std::optional<spectrum::Frame> statedFrame(const FitsFile& fits)
{
    const auto frame = frameOf(fits);
    return frame == spectrum::Frame::Unknown ? std::nullopt : std::optional(frame);
}

/// Our own files keep our bits.
std::uint32_t asItIs(std::uint32_t bits)
{
    return bits;
}

base::Result<void> addRow(
    FitsSource& source, int number, std::int64_t row, spectrum::Spectrum& spectrum)
{
    const auto bits = fromHeaders(
        source, number, [](const FitsFile& fits) { return fits.text("MASKBITS"); });
    auto segment = readTableSegment(
        source, number, row, bits == "MAURY" ? asItIs : anyBitIsBad, spectrum.warnings);
    if (!segment)
        return base::Unexpected(segment.error());
    segment->frame = fromHeaders(source, number, statedFrame).value_or(spectrum::Frame::Unknown);
    segment->rectified = fromHeaders(source, number, continuumNormalised);
    segment->resolvingPower
        = fromHeaders(source, number, [](const FitsFile& fits) { return fits.number("SPEC_RES"); });
    return addSegment(spectrum, std::move(*segment), source.place(number));
}

base::Result<spectrum::Spectrum> readTables(FitsSource& source)
{
    spectrum::Spectrum spectrum = describeStar(source.fits, source.file);
    spectrum.format = source.fits.text("PRODCATG").value_or("").starts_with("SCIENCE.SPECTRUM")
        ? "eso-phase3"
        : "fits-table";
    spectrum.barycentricCorrectionKms
        = firstNumber(source.fits, { "ESO QC VRAD BARYCOR", "BARYKMS" });
    spectrum.radialVelocityKms = source.fits.number("VRADKMS");
    for (int number = 2; source.hdu(number) != nullptr; ++number) {
        if (!isSpectralTable(source, number))
            continue;
        const auto count = tableSpectra(source, number);
        if (!count)
            return base::Unexpected(count.error());
        constexpr std::int64_t kMostRows = 1000;
        if (*count > kMostRows)
            return failure(ErrorCode::FormatUnknown, source.place(number),
                fmt::format("a table of {} spectra", *count),
                fmt::format("at most {}: the segments of one star", kMostRows));
        for (std::int64_t row = 0; row < *count; ++row)
            if (auto added = addRow(source, number, row, spectrum); !added)
                return base::Unexpected(added.error());
    }
    std::stable_sort(spectrum.segments.begin(), spectrum.segments.end(),
        [](const spectrum::Segment& a, const spectrum::Segment& b) {
            return a.wavelengthAngstrom.front() < b.wavelengthAngstrom.front();
        });
    return withSegments(std::move(spectrum));
}

} // namespace

bool hasColumns(FitsSource& source, int number, std::initializer_list<std::string_view> names)
{
    const auto* hdu = source.hdu(number);
    if (hdu == nullptr || hdu->kind != FitsFile::Kind::Table || !source.fits.moveTo(number))
        return false;
    const auto columns = source.fits.columns();
    return columns && std::all_of(names.begin(), names.end(), [&](std::string_view name) {
        return std::any_of(columns->begin(), columns->end(),
            [name](const FitsFile::Column& each) { return base::lowerCase(each.name) == name; });
    });
}

base::Result<std::int64_t> tableSpectra(FitsSource& source, int number)
{
    const auto table = openTable(source, number);
    if (!table)
        return base::Unexpected(table.error());
    return table->isPixelPerRow() ? 1 : table->rows;
}

base::Result<spectrum::Segment> readTableSegment(FitsSource& source, int number, std::int64_t row,
    std::uint32_t (*translate)(std::uint32_t bits), std::vector<std::string>& warnings)
{
    const auto table = openTable(source, number);
    if (!table)
        return base::Unexpected(table.error());
    const std::string place = source.place(number);
    const std::int64_t rows = table->isPixelPerRow() ? table->rows : 1;
    if (table->rows == 0)
        return failure(ErrorCode::ValueMissing, place, "a table without rows", "a spectrum");
    const auto read = [&](std::optional<std::size_t> column) -> base::Result<std::vector<double>> {
        if (!column)
            return std::vector<double>();
        return source.fits.readColumn(
            table->columns[*column], table->isPixelPerRow() ? 0 : row, rows);
    };
    SpectralValues values;
    const auto& spectral = table->spectral;
    const std::pair<std::optional<std::size_t>, std::vector<double>*> wanted[]
        = { { spectral.wavelength, &values.wavelength }, { spectral.flux, &values.flux },
              { spectral.error, &values.error }, { spectral.ivar, &values.ivar },
              { spectral.mask, &values.mask } };
    for (const auto& [column, target] : wanted) {
        auto numbers = read(column);
        if (!numbers)
            return base::Unexpected(numbers.error());
        *target = *std::move(numbers);
    }
    auto segment = segmentOf(
        std::move(values), table->facts[spectral.wavelength], translate, place, warnings);
    if (!segment)
        return segment;
    segment->fluxUnit = table->columns[spectral.flux].unit;
    segment->origin = table->isPixelPerRow() || table->rows == 1
        ? fmt::format("HDU {}", number)
        : fmt::format("HDU {}, row {}", number, row);
    return segment;
}

FitsLayout fitsTableLayout()
{
    return { isAnyTable, readTables };
}

} // namespace maury::io

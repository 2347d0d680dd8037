#include "core/mk/line_list.h"

#include "core/base/resource_paths.h"
#include "core/io/csv_table.h"
#include "core/mk/spectral_type.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace maury::mk {
namespace {

using base::ErrorCode;
using base::failure;

constexpr std::array kKinds { LineKind::Line, LineKind::Band, LineKind::Interstellar };

/// The columns of a line list; what may be absent is optional.
struct Columns {
    std::size_t wavelength = 0;
    bool vacuum = false;
    std::size_t species = 0;
    std::optional<std::size_t> kind;
    std::optional<std::size_t> use;
    std::optional<std::size_t> from;
    std::optional<std::size_t> to;
    std::optional<std::size_t> note;
};

base::Result<Columns> findColumns(const io::CsvTable& table)
{
    Columns columns;
    const auto vacuum = table.find("wavelength_vacuum_angstrom");
    columns.vacuum = vacuum.has_value();
    const auto wavelength
        = vacuum ? base::Result<std::size_t>(*vacuum) : table.column("wavelength_air_angstrom");
    if (!wavelength)
        return base::Unexpected(wavelength.error());
    columns.wavelength = *wavelength;
    const auto species = table.column("species");
    if (!species)
        return base::Unexpected(species.error());
    columns.species = *species;
    columns.kind = table.find("kind");
    columns.use = table.find("use");
    columns.from = table.find("from");
    columns.to = table.find("to");
    columns.note = table.find("note");
    return columns;
}

/// One row on its way to a SpectralLine; remembers where it stands for messages.
class RowReader {
public:
    RowReader(const io::CsvTable& table, std::size_t row)
        : m_table(table)
        , m_row(row)
    {
    }

    [[nodiscard]] std::string text(std::optional<std::size_t> column) const
    {
        return column ? m_table.cell(m_row, *column) : std::string();
    }

    [[nodiscard]] base::Unexpected invalid(const std::string& found, const char* expected) const
    {
        return failure(ErrorCode::ValueInvalid,
            fmt::format("{}: line {}", m_table.file().string(), m_table.line(m_row)),
            "\"" + found + "\"", expected);
    }

    [[nodiscard]] base::Result<double> wavelength(const Columns& columns) const
    {
        // The formula for the air's refraction ends at 2000 Å.
        constexpr double kShortest = 2000.0;
        const auto value = m_table.number(m_row, columns.wavelength);
        if (!value)
            return base::Unexpected(value.error());
        if (*value <= kShortest)
            return invalid(text(columns.wavelength), "a wavelength above 2000 Å");
        return columns.vacuum ? spectrum::airFromVacuum(*value) : *value;
    }

    [[nodiscard]] base::Result<std::optional<double>> bound(const std::string& printed) const
    {
        if (printed.empty())
            return std::optional<double>();
        const auto type = parseSpectralType(printed);
        if (!type)
            return invalid(printed, "a spectral class such as B0.5");
        return std::optional<double>(decimalSubclass(*type));
    }

private:
    const io::CsvTable& m_table;
    std::size_t m_row;
};

base::Result<void> readUse(const RowReader& row, const std::string& use, SpectralLine& line)
{
    for (const char letter : use) {
        if (letter == 'T')
            line.temperature = true;
        else if (letter == 'L')
            line.luminosity = true;
        else if (letter == 'P')
            line.peculiarity = true;
        else
            return row.invalid(use, "letters of T, L and P");
    }
    return {};
}

base::Result<SpectralLine> readLine(const RowReader& row, const Columns& columns)
{
    SpectralLine line;
    const auto wavelength = row.wavelength(columns);
    if (!wavelength)
        return base::Unexpected(wavelength.error());
    line.wavelengthAngstrom = *wavelength;
    line.species = row.text(columns.species);
    if (line.species.empty())
        return row.invalid(line.species, "a species such as He I");
    const std::string kind = row.text(columns.kind);
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
        [&kind](LineKind candidate) { return toString(candidate) == kind; });
    if (!kind.empty() && found == kKinds.end())
        return row.invalid(kind, "line, band or interstellar");
    line.kind = kind.empty() ? LineKind::Line : *found;
    if (auto used = readUse(row, row.text(columns.use), line); !used)
        return base::Unexpected(used.error());
    line.from = row.text(columns.from);
    line.to = row.text(columns.to);
    const auto from = row.bound(line.from);
    const auto to = row.bound(line.to);
    for (const auto& bound : { from, to })
        if (!bound)
            return base::Unexpected(bound.error());
    line.fromDecimal = *from;
    line.toDecimal = *to;
    line.note = row.text(columns.note);
    return line;
}

} // namespace

base::Result<LineList> readLineList(const std::filesystem::path& file)
{
    const auto table = io::CsvTable::read(file);
    if (!table)
        return base::Unexpected(table.error());
    const auto columns = findColumns(*table);
    if (!columns)
        return base::Unexpected(columns.error());
    LineList list;
    list.file = file;
    for (std::size_t row = 0; row < table->rows(); ++row) {
        auto line = readLine(RowReader(*table, row), *columns);
        if (!line)
            return base::Unexpected(line.error());
        list.lines.push_back(std::move(*line));
    }
    if (list.lines.empty())
        return failure(ErrorCode::ValueMissing, file.string(), "a header without rows", "lines");
    std::stable_sort(list.lines.begin(), list.lines.end(),
        [](const SpectralLine& left, const SpectralLine& right) {
            return left.wavelengthAngstrom < right.wavelengthAngstrom;
        });
    return list;
}

base::Result<LineList> defaultLineList()
{
    return readLineList(base::shareFolder() / "mk_lines.csv");
}

bool isUsedAt(const SpectralLine& line, double decimalSubclass)
{
    if (!line.fromDecimal && !line.toDecimal)
        return false;
    // B2 as the last class means up to B2.9, B0.5 no further than B0.5.
    const double last = line.toDecimal.value_or(decimalSubclass);
    const double end = last == std::floor(last) ? last + 1.0 : last + 0.1;
    return decimalSubclass >= line.fromDecimal.value_or(decimalSubclass) && decimalSubclass < end;
}

std::string toString(LineKind kind)
{
    switch (kind) {
    case LineKind::Band:
        return "band";
    case LineKind::Interstellar:
        return "interstellar";
    case LineKind::Line:
        break;
    }
    return "line";
}

} // namespace maury::mk

#include "core/mk/synthetic/atomic_data.h"

#include "core/base/sha256.h"
#include "core/io/csv_table.h"
#include "core/mk/synthetic/constants.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

/// A row of a resource table.
struct TableRow {
    const io::CsvTable& table;
    std::size_t row;

    [[nodiscard]] std::string place() const
    {
        return fmt::format("{}, line {}", table.file().string(), table.line(row));
    }
    [[nodiscard]] const std::string& text(std::size_t column) const
    {
        return table.cell(row, column);
    }
    [[nodiscard]] Result<std::vector<double>> numbers(std::size_t first, std::size_t count) const
    {
        std::vector<double> values;
        for (std::size_t column = first; column < first + count; ++column) {
            const auto value = table.number(row, column);
            if (!value)
                return Unexpected(value.error());
            values.push_back(*value);
        }
        return values;
    }
};

/// Reads one table after the other and keeps the checksums of them all.
class TableReader {
public:
    explicit TableReader(const std::filesystem::path& folder)
        : m_folder(folder)
    {
    }

    /// Calls take(row) for every row of a table whose columns have these names; take returns
    /// Result<void>.
    template <typename Take>
    Result<void> read(const char* name, const std::vector<std::string>& columns, const Take& take)
    {
        const std::filesystem::path file = m_folder / name;
        const auto table = io::CsvTable::read(file);
        const auto digest = base::sha256OfFile(file);
        if (!table)
            return Unexpected(table.error());
        if (!digest)
            return Unexpected(digest.error());
        if (table->names() != columns)
            return failure(ErrorCode::ValueInvalid, file.string(),
                fmt::format("columns {}", fmt::join(table->names(), ",")),
                fmt::format("{}", fmt::join(columns, ",")));
        if (table->rows() == 0)
            return failure(ErrorCode::ValueMissing, file.string(), "no rows");
        m_digests += *digest;
        for (std::size_t row = 0; row < table->rows(); ++row)
            if (auto taken = take(TableRow { *table, row }); !taken)
                return taken;
        return {};
    }
    /// The checksum of the tables' checksums.
    [[nodiscard]] std::string sha256() const
    {
        return base::sha256(std::as_bytes(std::span(m_digests)));
    }

private:
    std::filesystem::path m_folder;
    std::string m_digests;
};

Result<void> takeElement(AtomicData& data, const TableRow& row)
{
    const auto values = row.numbers(1, 2);
    if (!values)
        return Unexpected(values.error());
    data.elements.push_back(
        { row.text(0), values->at(0), std::pow(10.0, values->at(1) - 12.0), 0, 0 });
    return {};
}

Result<std::size_t> elementIndex(const AtomicData& data, const TableRow& row)
{
    const auto found = std::find_if(data.elements.begin(), data.elements.end(),
        [&](const Element& element) { return element.symbol == row.text(0); });
    if (found == data.elements.end())
        return failure(
            ErrorCode::ValueInvalid, row.place(), row.text(0), "an element of the table");
    return static_cast<std::size_t>(found - data.elements.begin());
}

Result<void> takeIon(AtomicData& data, const TableRow& row)
{
    const auto element = elementIndex(data, row);
    if (!element)
        return Unexpected(element.error());
    const bool last = row.text(2).empty();
    const auto numbers = row.numbers(1, last ? 1 : 2);
    const auto lnPartition = row.numbers(3, 4);
    if (!numbers)
        return Unexpected(numbers.error());
    if (!lnPartition)
        return Unexpected(lnPartition.error());
    Element& owner = data.elements[*element];
    if (owner.stages == 0)
        owner.firstIon = data.ions.size();
    if (owner.firstIon + owner.stages != data.ions.size()
        || numbers->front() != static_cast<double>(owner.stages))
        return failure(ErrorCode::ValueInvalid, row.place(), "ion out of order");
    ++owner.stages;
    Ion ion { *element, static_cast<int>(numbers->front()), last ? 0.0 : numbers->back(), {} };
    std::copy(lnPartition->begin(), lnPartition->end(), ion.lnPartition.begin());
    data.ions.push_back(ion);
    return {};
}

Result<void> takeAtomicLine(AtomicData& data, const TableRow& row)
{
    const auto element = elementIndex(data, row);
    if (!element)
        return Unexpected(element.error());
    const auto values = row.numbers(1, 5);
    if (!values)
        return Unexpected(values.error());
    const Element& owner = data.elements[*element];
    const double stage = values->at(0);
    if (stage < 0.0 || stage >= static_cast<double>(owner.stages))
        return failure(
            ErrorCode::ValueInvalid, row.place(), "stage " + row.text(1), "an ion of the table");
    data.atomicLines.push_back({ owner.firstIon + static_cast<std::size_t>(stage), values->at(1),
        values->at(2), values->at(3), values->at(4) });
    return {};
}

Result<void> takeMolecularLine(AtomicData& data, const TableRow& row)
{
    const auto values = row.numbers(1, 3);
    if (!values)
        return Unexpected(values.error());
    if (row.text(0) != "CH" && row.text(0) != "CN")
        return failure(ErrorCode::ValueInvalid, row.place(), row.text(0), "CH or CN");
    data.molecularLines.push_back({ row.text(0) == "CH" ? Molecule::CH : Molecule::CN,
        values->at(0), values->at(1), values->at(2) });
    return {};
}

Result<void> takeBandHead(AtomicData& data, const TableRow& row)
{
    const auto values = row.numbers(0, 2);
    if (!values)
        return Unexpected(values.error());
    data.titaniumOxideHeads.push_back({ values->at(0), values->at(1) });
    return {};
}

/// The synthesis needs hydrogen and helium in their places and the atoms of its molecules.
Result<void> completeElements(AtomicData& data, const std::filesystem::path& folder)
{
    for (const char* symbol : { "H", "He", "C", "N", "O", "Ti" }) {
        const bool there = std::any_of(data.elements.begin(), data.elements.end(),
            [&](const Element& element) { return element.symbol == symbol; });
        if (!there)
            return failure(ErrorCode::ValueMissing, folder.string(), {}, symbol);
    }
    if (data.elements[0].symbol != "H" || data.elements[1].symbol != "He"
        || data.elements[0].stages != 2 || data.elements[1].stages != 3)
        return failure(ErrorCode::ValueInvalid, folder.string(), "elements out of order",
            "H (2 stages) and He (3 stages) first");
    double mass = 0.0;
    for (const Element& element : data.elements) {
        if (element.stages == 0)
            return failure(
                ErrorCode::ValueMissing, folder.string(), {}, "ions of " + element.symbol);
        data.nucleiPerHydrogen += element.abundance;
        mass += element.abundance * element.massU;
    }
    data.meanNuclearMass = mass / data.nucleiPerHydrogen * constants::kAtomicMass;
    return {};
}

} // namespace

const Element& AtomicData::element(std::string_view symbol) const
{
    const auto found = std::find_if(elements.begin(), elements.end(),
        [&](const Element& candidate) { return candidate.symbol == symbol; });
    EXPECTS(found != elements.end());
    return *found;
}

double partitionFunction(const Ion& ion, double temperature)
{
    const auto& nodes = kPartitionTemperatures;
    const double clamped = std::clamp(temperature, nodes.front(), nodes.back());
    std::size_t upper = 1;
    while (upper + 1 < nodes.size() && nodes[upper] < clamped)
        ++upper;
    const double fraction
        = std::log(clamped / nodes[upper - 1]) / std::log(nodes[upper] / nodes[upper - 1]);
    return std::exp(ion.lnPartition[upper - 1]
        + fraction * (ion.lnPartition[upper] - ion.lnPartition[upper - 1]));
}

Result<AtomicData> readAtomicData(const std::filesystem::path& folder)
{
    AtomicData data;
    TableReader tables(folder);
    const auto into = [&data](auto take) {
        return [&data, take](const TableRow& row) { return take(data, row); };
    };
    auto read
        = tables.read("elements.csv", { "symbol", "mass_u", "log_abundance" }, into(takeElement));
    if (read)
        read = tables.read("ions.csv",
            { "symbol", "stage", "ionisation_ev", "ln_u_500k", "ln_u_3000k", "ln_u_8000k",
                "ln_u_10000k" },
            into(takeIon));
    if (read)
        read = completeElements(data, folder);
    if (read)
        read = tables.read("atomic_lines.csv",
            { "symbol", "stage", "lower_ev", "upper_ev", "log_gf", "air_angstrom" },
            into(takeAtomicLine));
    if (read)
        read = tables.read("molecular_lines.csv",
            { "molecule", "lower_ev", "log_gf", "air_angstrom" }, into(takeMolecularLine));
    if (read)
        read = tables.read("tio_heads.csv", { "air_angstrom", "strength" }, into(takeBandHead));
    if (!read)
        return Unexpected(read.error());
    data.sha256 = tables.sha256();
    return data;
}

} // namespace maury::mk::synthetic

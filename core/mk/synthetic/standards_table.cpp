#include "core/mk/synthetic/standards_table.h"

#include "core/base/sha256.h"
#include "core/io/csv_table.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr double kFirstIllustrativeCode = 23.0; // F0

using Columns = std::array<std::size_t, 7>;

Standard makeStandard(double temperatureCode, double luminosityCode)
{
    Standard standard;
    standard.name = fmt::format("t{:03d}l{:02d}p00", std::lround(10.0 * temperatureCode),
        std::lround(10.0 * luminosityCode));
    standard.temperatureCode = temperatureCode;
    standard.luminosityCode = luminosityCode;
    standard.type = typeFromDecimal(decimalFromTemperatureCode(temperatureCode), luminosityCode);
    standard.group = luminosityGroup(luminosityCode);
    standard.illustrative
        = standard.group == LuminosityGroup::I && temperatureCode >= kFirstIllustrativeCode;
    return standard;
}

Result<Columns> findColumns(const io::CsvTable& table)
{
    static constexpr std::array<const char*, 7> kNames { "temperature_code", "luminosity_code",
        "teff_k", "log_g", "microturbulence_kms", "rotation_kms", "deficit_factor" };
    Columns columns {};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        const auto column = table.column(kNames[i]);
        if (!column)
            return Unexpected(column.error());
        columns[i] = *column;
    }
    return columns;
}

} // namespace

Result<StandardsTable> readStandardsTable(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "standards.csv";
    const auto table = io::CsvTable::read(file);
    if (!table)
        return Unexpected(table.error());
    const auto digest = base::sha256OfFile(file);
    if (!digest)
        return Unexpected(digest.error());
    const auto columns = findColumns(*table);
    if (!columns)
        return Unexpected(columns.error());
    StandardsTable result;
    result.sha256 = *digest;
    for (std::size_t row = 0; row < table->rows(); ++row) {
        std::array<double, 7> cells {};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto value = table->number(row, columns->at(i));
            if (!value)
                return Unexpected(value.error());
            cells[i] = *value;
        }
        const auto [temperature, luminosity, teff, logGravity, turbulence, rotation, deficit]
            = cells;
        const std::string place = fmt::format("{}, line {}", file.string(), table->line(row));
        if (!(teff > 2500.0 && teff < 60000.0) || turbulence < 0.0 || rotation < 0.0
            || !(deficit >= 0.0 && deficit <= 1.5))
            return failure(ErrorCode::ValueInvalid, place,
                fmt::format("{} K, {} and {} km/s, factor {}", teff, turbulence, rotation, deficit),
                "2500 to 60000 K, velocities not negative, a factor up to 1.5");
        const Standard standard = makeStandard(temperature, luminosity);
        if (!result.standards.empty() && standard.name <= result.standards.back().standard.name)
            return failure(ErrorCode::ValueInvalid, place, standard.name,
                "rows by temperature code, then luminosity code");
        result.standards.push_back({ standard, { teff, logGravity, turbulence, deficit },
            { rotation, Blur().fwhmAngstrom } });
    }
    if (result.standards.empty())
        return failure(ErrorCode::ValueMissing, file.string(), "no rows");
    return result;
}

} // namespace maury::mk::synthetic

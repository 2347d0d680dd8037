#include "app/cli/judges.h"

#include "core/io/csv_table.h"

#include <fmt/core.h>

#include <cmath>
#include <filesystem>

namespace maury::cli {

using base::ErrorCode;

base::Result<std::map<std::string, mk::SpectralType>> typesByName(const std::string& table)
{
    const auto csv = io::CsvTable::read(table);
    if (!csv)
        return base::Unexpected(csv.error());
    const auto files = csv->find("file");
    const auto names = files ? base::Result<std::size_t>(*files) : csv->column("star");
    const auto types = csv->column("type");
    for (const auto& column : { names, types })
        if (!column)
            return base::Unexpected(column.error());
    std::map<std::string, mk::SpectralType> result;
    for (std::size_t row = 0; row < csv->rows(); ++row) {
        const auto type = mk::parseSpectralType(csv->cell(row, *types));
        if (!type || std::isnan(mk::decimalSubclass(*type)))
            return base::failure(ErrorCode::TypeUnparsable,
                fmt::format("{}, line {}", table, csv->line(row)), csv->cell(row, *types),
                "a type on the MK temperature scale");
        const std::string& name = csv->cell(row, *names);
        result.insert_or_assign(
            files ? std::filesystem::path(name).filename().stem().string() : name, *type);
    }
    return result;
}

} // namespace maury::cli

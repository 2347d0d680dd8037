#include "core/robust/standards.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;

std::string rangeOf(const spectrum::WavelengthGrid& grid)
{
    return fmt::format("{:g}–{:g} Å in steps of {:g} Å", grid.firstAngstrom, grid.lastAngstrom(),
        grid.stepAngstrom);
}

Result<void> checkGrids(const std::vector<Library>& libraries)
{
    const auto& first = *libraries.front().atlas;
    for (const Library& library : libraries)
        if (!(library.atlas->grid() == first.grid()))
            return base::failure(ErrorCode::WavelengthsInvalid, "atlas " + library.atlas->name(),
                rangeOf(library.atlas->grid()), rangeOf(first.grid()) + " as in " + first.name());
    if (first.grid().firstAngstrom > libraryGrid().firstAngstrom
        || first.grid().lastAngstrom() < kBlueGridNeeds)
        return base::failure(ErrorCode::CoverageInsufficient, "atlas " + first.name(),
            rangeOf(first.grid()),
            fmt::format("{:g}–{:g} Å at least", libraryGrid().firstAngstrom, kBlueGridNeeds));
    return {};
}

std::pair<long, long> cellOf(double temperatureCode, double luminosityCode)
{
    return { std::lround(10.0 * temperatureCode), std::lround(10.0 * luminosityCode) };
}

void weighByCell(Standards& standards)
{
    std::map<std::pair<long, long>, int> counts;
    for (std::size_t i = 0; i < standards.size(); ++i)
        ++counts[cellOf(standards.temperatureCode[i], standards.luminosityCode[i])];
    double sum = 0.0;
    for (std::size_t i = 0; i < standards.size(); ++i) {
        const int count = counts[cellOf(standards.temperatureCode[i], standards.luminosityCode[i])];
        sum += 1.0 / std::sqrt(static_cast<double>(count));
        standards.cumulativeWeight.push_back(sum);
    }
    for (double& weight : standards.cumulativeWeight)
        weight /= sum;
}

} // namespace

std::size_t Standards::draw(double uniform) const
{
    const auto found = std::upper_bound(cumulativeWeight.begin(), cumulativeWeight.end(), uniform);
    return std::min(
        static_cast<std::size_t>(found - cumulativeWeight.begin()), cumulativeWeight.size() - 1);
}

Result<mk::AtlasPtr> openLibrary(const std::string& nameOrFolder)
{
    if (nameOrFolder == "builtin")
        return mk::builtinAtlas();
    return mk::readAtlasFolder(nameOrFolder, libraryGrid());
}

Result<Standards> standardsOf(const std::vector<Library>& libraries)
{
    EXPECTS(!libraries.empty());
    if (const auto same = checkGrids(libraries); !same)
        return base::Unexpected(same.error());
    Standards standards;
    const auto& from = libraries.front().atlas->grid();
    standards.grid = blueGrid(from.lastAngstrom());
    const std::size_t pixels = standards.grid.pixels;
    std::vector<float> rows;
    std::size_t offered = 0;
    for (const auto& [library, fwhm] : libraries)
        for (std::size_t i = 0; i < library->standards().size(); ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            const LogSpectrum spectrum = toLogGrid({ library->flux().row(row).data(), from.pixels },
                { library->good().row(row).data(), from.pixels }, from, standards.grid);
            ++offered;
            const auto missing = std::count(spectrum.good.begin(), spectrum.good.end(), 0);
            if (static_cast<double>(missing) > kMostMissing * static_cast<double>(pixels))
                continue;
            const mk::Standard& standard = library->standards()[i];
            rows.insert(rows.end(), spectrum.flux.begin(), spectrum.flux.end());
            standards.temperatureCode.push_back(standard.temperatureCode);
            standards.luminosityCode.push_back(standard.luminosityCode);
            standards.fwhmAngstrom.push_back(fwhm);
            standards.names.push_back(library->name() + "/" + standard.name);
        }
    constexpr std::size_t kFewest = 2;
    if (standards.size() < kFewest)
        return base::failure(ErrorCode::ClassesInsufficient, libraries.front().atlas->name(),
            fmt::format("{} of {} standards with data over {:g}–{:g} Å", standards.size(), offered,
                standards.grid.firstAngstrom, standards.grid.lastAngstrom()),
            fmt::format("at least {}", kFewest));
    standards.flux = Eigen::Map<const mk::SpectraMatrix>(rows.data(),
        static_cast<Eigen::Index>(standards.size()), static_cast<Eigen::Index>(pixels));
    weighByCell(standards);
    return standards;
}

mk::ClassScheme classesOf(const Standards& standards)
{
    std::vector<double> codes = standards.temperatureCode;
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    mk::ClassScheme scheme;
    for (const double code : codes) {
        scheme.temperatureCodes.push_back(code);
        scheme.names.push_back(mk::printClass(mk::decimalFromTemperatureCode(code)));
    }
    return scheme;
}

} // namespace maury::robust

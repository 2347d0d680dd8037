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

/// The atlases that have the range.
std::vector<std::pair<mk::AtlasPtr, double>> atlasesIn(
    const std::vector<Library>& libraries, Range range)
{
    std::vector<std::pair<mk::AtlasPtr, double>> result;
    for (const Library& library : libraries)
        if (const auto& atlas = range == Range::Blue ? library.atlas : library.wide)
            result.emplace_back(atlas, library.fwhmAngstrom);
    return result;
}

Result<void> checkGrids(const std::vector<std::pair<mk::AtlasPtr, double>>& atlases, Range range)
{
    const mk::Atlas& first = *atlases.front().first;
    for (const auto& [atlas, fwhm] : atlases)
        if (const auto same = checkSameGrid(*atlas, first); !same)
            return same;
    const double needed = range == Range::Blue ? kBlueGridNeeds : kWideGridNeeds;
    if (first.grid().firstAngstrom > libraryGrid().firstAngstrom
        || first.grid().lastAngstrom() < needed)
        return base::failure(ErrorCode::CoverageInsufficient, "atlas " + first.name(),
            rangeOf(first.grid()),
            fmt::format("{:g}–{:g} Å at least", libraryGrid().firstAngstrom, needed));
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

Result<void> checkSameGrid(const mk::Atlas& atlas, const mk::Atlas& first)
{
    if (atlas.grid() == first.grid())
        return {};
    return base::failure(ErrorCode::WavelengthsInvalid, "atlas " + atlas.name(),
        rangeOf(atlas.grid()), rangeOf(first.grid()) + " as in " + first.name());
}

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

const char* toString(Range range)
{
    return range == Range::Blue ? "blue" : "wide";
}

std::optional<double> fwhmFromName(const std::string& library)
{
    constexpr auto kDigits = "0123456789";
    const auto before = library.find_last_not_of(kDigits);
    if (!library.starts_with("lib") || before == std::string::npos)
        return std::nullopt;
    const std::string digits = library.substr(before + 1);
    if (digits.size() != 2 && digits.size() != 3)
        return std::nullopt;
    return std::stoi(digits) / (digits.size() == 2 ? 10.0 : 100.0);
}

Result<Library> openTrainingLibrary(
    const std::string& nameOrFolder, std::optional<double> fwhmAngstrom)
{
    auto atlas = openLibrary(nameOrFolder);
    if (!atlas)
        return base::Unexpected(atlas.error());
    Library library { *std::move(atlas) };
    library.fwhmAngstrom = fwhmAngstrom
        ? *fwhmAngstrom
        : fwhmFromName(library.atlas->name()).value_or(library.fwhmAngstrom);
    if (nameOrFolder == "builtin")
        return library;
    // On the wide grid a library that ends in the blue has no standard that can be used.
    if (auto wide = mk::readAtlasFolder(nameOrFolder, wideLibraryGrid()))
        library.wide = *std::move(wide);
    return library;
}

bool reachWide(const std::vector<Library>& libraries)
{
    return std::any_of(libraries.begin(), libraries.end(),
        [](const Library& library) { return library.wide != nullptr; });
}

Result<Standards> standardsOf(const std::vector<Library>& libraries, Range range)
{
    const auto atlases = atlasesIn(libraries, range);
    EXPECTS(!atlases.empty());
    if (const auto same = checkGrids(atlases, range); !same)
        return base::Unexpected(same.error());
    Standards standards;
    const auto& from = atlases.front().first->grid();
    standards.grid = range == Range::Blue ? blueGrid(from.lastAngstrom()) : wideGrid();
    const std::size_t pixels = standards.grid.pixels;
    std::vector<float> rows;
    std::size_t offered = 0;
    for (const auto& [library, fwhm] : atlases)
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
        return base::failure(ErrorCode::ClassesInsufficient, atlases.front().first->name(),
            fmt::format("{} of {} standards with data over {:g}–{:g} Å", standards.size(), offered,
                standards.grid.firstAngstrom, standards.grid.lastAngstrom()),
            fmt::format("at least {}", kFewest));
    standards.flux = Eigen::Map<const mk::SpectraMatrix>(rows.data(),
        static_cast<Eigen::Index>(standards.size()), static_cast<Eigen::Index>(pixels));
    weighByCell(standards);
    return standards;
}

mk::ClassScheme classesOf(std::vector<double> codes)
{
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

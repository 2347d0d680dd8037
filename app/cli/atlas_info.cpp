#include "app/cli/atlas_subverbs.h"
#include "app/cli/report.h"
#include "core/mk/atlas.h"
#include "core/mk/class_scheme.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <map>
#include <memory>

namespace maury::cli {
namespace {

/// The standards of one spectral class.
using Coverage = std::map<long, std::vector<const mk::Standard*>>;

Coverage coverageOf(const mk::Atlas& atlas)
{
    Coverage coverage;
    for (const mk::Standard& standard : atlas.standards())
        coverage[std::lround(10.0 * standard.temperatureCode)].push_back(&standard);
    return coverage;
}

std::string className(const mk::Standard& standard)
{
    return mk::printClass(mk::decimalFromTemperatureCode(standard.temperatureCode));
}

std::size_t countGroup(const std::vector<const mk::Standard*>& row, mk::LuminosityGroup group)
{
    std::size_t count = 0;
    for (const mk::Standard* standard : row)
        count += standard->group == group ? 1 : 0;
    return count;
}

/// The classes that have luminosity I, III and V; none when fewer than two do.
std::vector<std::string> completeClasses(const mk::AtlasPtr& atlas)
{
    const std::array one { atlas };
    auto scheme = mk::selectClasses(one);
    return scheme ? scheme->names : std::vector<std::string>();
}

nlohmann::json describe(const mk::AtlasPtr& atlas)
{
    nlohmann::json classes = nlohmann::json::array();
    nlohmann::json coverage = nlohmann::json::array();
    nlohmann::json interpolated = nlohmann::json::array();
    for (const auto& [code, row] : coverageOf(*atlas)) {
        nlohmann::json cells = nlohmann::json::array();
        for (const mk::Standard* standard : row) {
            cells.push_back(
                { { "name", standard->name }, { "luminosity_code", standard->luminosityCode },
                    { "luminosity_class", mk::printLuminosity(standard->luminosityCode) },
                    { "interpolated", standard->interpolated },
                    { "illustrative", standard->illustrative },
                    { "missing_pixels", standard->missingPixels } });
            if (standard->interpolated)
                interpolated.push_back(
                    { { "name", standard->name }, { "parents", standard->parents } });
        }
        classes.push_back(className(*row.front()));
        coverage.push_back({ { "spectral_class", className(*row.front()) },
            { "temperature_code", row.front()->temperatureCode },
            { "I", countGroup(row, mk::LuminosityGroup::I) },
            { "III", countGroup(row, mk::LuminosityGroup::III) },
            { "V", countGroup(row, mk::LuminosityGroup::V) }, { "standards", cells } });
    }
    const auto& grid = atlas->grid();
    return { { "name", atlas->name() }, { "source", atlas->source().string() },
        { "spectra", atlas->standards().size() }, { "rectified", atlas->rectified() },
        { "grid",
            { { "wavelength_min", grid.firstAngstrom }, { "wavelength_max", grid.lastAngstrom() },
                { "step", grid.stepAngstrom }, { "pixels", grid.pixels }, { "medium", "air" } } },
        { "spectral_classes", classes }, { "complete_classes", completeClasses(atlas) },
        { "coverage", coverage }, { "interpolated_cells", interpolated },
        { "warnings", atlas->warnings() } };
}

void print(const mk::AtlasPtr& atlas)
{
    const auto& grid = atlas->grid();
    fmt::print("{}: {} spectra, {} … {} Å (air) in steps of {} Å, {}\n", atlas->name(),
        atlas->standards().size(), grid.firstAngstrom, grid.lastAngstrom(), grid.stepAngstrom,
        atlas->rectified() ? "rectified" : "not rectified");
    const auto complete = completeClasses(atlas);
    fmt::print("{} classes have luminosity I, III and V\n\n", complete.size());
    for (const auto& [code, row] : coverageOf(*atlas)) {
        fmt::print("{:<6}", className(*row.front()));
        for (const mk::Standard* standard : row)
            fmt::print(" {}{}", mk::printLuminosity(standard->luminosityCode),
                standard->interpolated ? "*" : "");
        fmt::print("\n");
    }
    fmt::print("\n* interpolated between other cells\n");
}

int run(const CommonOptions& common, const std::string& name)
{
    const auto atlas = mk::openAtlas(name);
    if (!atlas)
        return report(atlas.error());
    for (const std::string& warning : (*atlas)->warnings())
        notice(warning);
    if (common.json)
        printJson(describe(*atlas));
    else
        print(*atlas);
    return kDone;
}

} // namespace

void addAtlasInfo(CLI::App& atlas, CommonOptions& common, Action& action)
{
    CLI::App* verb = atlas.add_subcommand("info", "what a library of standards holds");
    addCommonOptions(*verb, common);
    auto name = std::make_shared<std::string>("builtin");
    verb->add_option("--atlas", *name, "builtin, or a folder of standards")->capture_default_str();
    verb->callback(
        [&common, &action, name] { action = [&common, name] { return run(common, *name); }; });
}

} // namespace maury::cli

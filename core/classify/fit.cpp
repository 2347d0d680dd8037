#include "core/classify/fit.h"

#include "core/mk/class_scheme.h"
#include "core/mk/spectral_type.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;

std::string describeClasses(const std::vector<std::string>& names)
{
    return fmt::format("{} classes {}", names.size(), fmt::join(names, " "));
}

/// Of all standards of an atlas, in order.
std::vector<std::string> classesOf(const mk::Atlas& atlas)
{
    std::vector<std::string> classes;
    for (const auto& standard : atlas.standards()) {
        std::string name = mk::printClass(mk::decimalSubclass(standard.type));
        if (classes.empty() || classes.back() != name)
            classes.push_back(std::move(name));
    }
    return classes;
}

/// The classes of the model that no standard has.
std::vector<std::string> missingClasses(const train::Model& model, const mk::Atlas& atlas)
{
    std::vector<bool> present(model.scheme.size(), false);
    for (const std::uint16_t sc : mk::labelStandards(atlas, model.scheme).sc)
        present[sc] = true;
    std::vector<std::string> missing;
    for (std::size_t sc = 0; sc < present.size(); ++sc)
        if (!present[sc])
            missing.push_back(model.scheme.names[sc]);
    return missing;
}

std::string placeOf(const train::Model& model, const mk::Atlas& atlas)
{
    return fmt::format("model trained on {} with atlas {}", model.atlas, atlas.name());
}

Result<void> checkGrid(const train::Model& model, const mk::Atlas& atlas)
{
    if (model.grid == atlas.grid())
        return {};
    return base::failure(ErrorCode::ModelMismatch, placeOf(model, atlas),
        describeGrid(atlas.grid()), describeGrid(model.grid));
}

} // namespace

std::string describeGrid(const spectrum::WavelengthGrid& grid)
{
    return fmt::format(
        "{:g}–{:g} Å in {} pixels", grid.firstAngstrom, grid.lastAngstrom(), grid.pixels);
}

Result<void> checkFit(const train::Model& model, const mk::Atlas& atlas)
{
    if (auto grid = checkGrid(model, atlas); !grid)
        return grid;
    const auto missing = missingClasses(model, atlas);
    if (missing.empty())
        return {};
    return base::failure(ErrorCode::ModelMismatch, placeOf(model, atlas),
        fmt::format("an atlas with {} but without {}", describeClasses(classesOf(atlas)),
            fmt::join(missing, " ")),
        "the model's " + describeClasses(model.scheme.names));
}

Result<void> checkScorable(const train::Model& model, const mk::Atlas& atlas)
{
    if (auto grid = checkGrid(model, atlas); !grid)
        return grid;
    if (missingClasses(model, atlas).size() < model.scheme.size())
        return {};
    return base::failure(ErrorCode::ModelMismatch, placeOf(model, atlas),
        "standards of " + describeClasses(classesOf(atlas)),
        "some of the model's " + describeClasses(model.scheme.names));
}

} // namespace maury::classify

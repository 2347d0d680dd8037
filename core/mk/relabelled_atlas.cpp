#include "core/mk/relabelled_atlas.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace maury::mk {
namespace {

using base::ErrorCode;

base::Result<void> label(Standard& standard, const SpectralType& type, const Atlas& atlas)
{
    const double decimal = decimalSubclass(type);
    if (std::isnan(decimal) || !type.luminosityCode)
        return base::failure(ErrorCode::TypeUnparsable, atlas.name() + "/" + standard.name,
            print(type), "a class from O to M with its luminosity class");
    standard.type = type;
    standard.temperatureCode = temperatureCode(decimal);
    standard.luminosityCode = *type.luminosityCode;
    standard.group = luminosityGroup(*type.luminosityCode);
    return {};
}

} // namespace

base::Result<AtlasPtr> relabelled(
    const Atlas& atlas, const std::map<std::string, SpectralType>& types)
{
    std::vector<Standard> standards = atlas.standards();
    for (const auto& [name, type] : types) {
        const auto found = std::find_if(standards.begin(), standards.end(),
            [&name = name](const Standard& each) { return each.name == name; });
        if (found == standards.end())
            return base::failure(ErrorCode::ValueMissing, atlas.name(), "no standard " + name,
                "one of its " + std::to_string(standards.size()) + " standards");
        if (const auto labelled = label(*found, type, atlas); !labelled)
            return base::Unexpected(labelled.error());
    }
    std::vector<std::size_t> order(standards.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(order.begin(), order.end(), [&standards](std::size_t a, std::size_t b) {
        return std::pair(standards[a].temperatureCode, standards[a].luminosityCode)
            < std::pair(standards[b].temperatureCode, standards[b].luminosityCode);
    });
    std::vector<Standard> sorted;
    for (const std::size_t row : order)
        sorted.push_back(std::move(standards[row]));
    return AtlasPtr(std::make_shared<const Atlas>(atlas.name(), atlas.source(), atlas.grid(),
        atlas.rectified(), std::move(sorted), atlas.flux()(order, Eigen::all),
        atlas.good()(order, Eigen::all), atlas.warnings(), atlas.asRead()(order, Eigen::all)));
}

} // namespace maury::mk

#include "tests/support/planted_swaps.h"

#include "core/base/random.h"
#include "core/mk/relabelled_atlas.h"

#include <cmath>
#include <map>
#include <vector>

namespace maury::test {

PlantedSwaps plantSwaps(const mk::Atlas& atlas, double share, std::uint64_t seed)
{
    constexpr double kFarEnough = 3.0;
    std::vector<std::size_t> observed;
    for (std::size_t row = 0; row < atlas.standards().size(); ++row)
        if (!atlas.standards()[row].interpolated)
            observed.push_back(row);
    const auto wanted
        = static_cast<std::size_t>(std::lround(share * static_cast<double>(observed.size())));
    base::RandomStream random(seed);
    PlantedSwaps planted;
    std::map<std::string, mk::SpectralType> types;
    while (planted.stars.size() < wanted) {
        const auto draw = [&]() -> const mk::Standard& {
            return atlas.standards()[observed[random.below(
                static_cast<std::uint32_t>(observed.size()))]];
        };
        const mk::Standard& one = draw();
        const mk::Standard& other = draw();
        const bool differ = std::abs(one.temperatureCode - other.temperatureCode) > kFarEnough
            || one.group != other.group;
        if (!differ || planted.stars.contains(one.name) || planted.stars.contains(other.name))
            continue;
        types[one.name] = other.type;
        types[other.name] = one.type;
        planted.stars.insert({ one.name, other.name });
    }
    planted.atlas = mk::relabelled(atlas, types).value();
    return planted;
}

} // namespace maury::test

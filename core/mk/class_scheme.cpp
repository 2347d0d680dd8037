#include "core/mk/class_scheme.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace maury::mk {
namespace {

/// Codes are tenths in the file names; what differs by less is the same class.
constexpr double kSameCode = 0.01;

long tenths(double temperatureCode)
{
    return std::lround(10.0 * temperatureCode);
}

using GroupsPresent = std::array<bool, kLuminosityGroups>;

std::map<long, GroupsPresent> groupsByClass(const Atlas& atlas)
{
    std::map<long, GroupsPresent> groups;
    for (const Standard& standard : atlas.standards())
        groups[tenths(standard.temperatureCode)][static_cast<std::size_t>(standard.group)] = true;
    return groups;
}

bool isComplete(const GroupsPresent& groups)
{
    return std::all_of(groups.begin(), groups.end(), [](bool present) { return present; });
}

std::string namesOf(std::span<const AtlasPtr> atlases)
{
    std::string names;
    for (const AtlasPtr& atlas : atlases)
        names += (names.empty() ? "" : ", ") + atlas->name();
    return names;
}

} // namespace

std::optional<std::uint16_t> ClassScheme::indexOf(double temperatureCode) const
{
    const auto found = std::find_if(temperatureCodes.begin(), temperatureCodes.end(),
        [temperatureCode](double code) { return std::abs(code - temperatureCode) < kSameCode; });
    if (found == temperatureCodes.end())
        return std::nullopt;
    return static_cast<std::uint16_t>(found - temperatureCodes.begin());
}

std::uint16_t ClassScheme::nearest(double temperatureCode) const
{
    EXPECTS(!temperatureCodes.empty());
    const auto found = std::min_element(temperatureCodes.begin(), temperatureCodes.end(),
        [temperatureCode](double left, double right) {
            return std::abs(left - temperatureCode) < std::abs(right - temperatureCode);
        });
    return static_cast<std::uint16_t>(found - temperatureCodes.begin());
}

base::Result<ClassScheme> selectClasses(
    std::span<const AtlasPtr> complete, std::span<const AtlasPtr> present)
{
    EXPECTS(!complete.empty());
    std::map<long, bool> kept;
    for (const auto& [code, groups] : groupsByClass(*complete[0]))
        kept[code] = true;
    for (const AtlasPtr& atlas : complete) {
        const auto groups = groupsByClass(*atlas);
        for (auto& [code, keep] : kept) {
            const auto found = groups.find(code);
            keep = keep && found != groups.end() && isComplete(found->second);
        }
    }
    for (const AtlasPtr& atlas : present) {
        const auto groups = groupsByClass(*atlas);
        for (auto& [code, keep] : kept)
            keep = keep && groups.contains(code);
    }

    ClassScheme scheme;
    for (const auto& [code, keep] : kept) {
        if (!keep)
            continue;
        scheme.temperatureCodes.push_back(static_cast<double>(code) / 10.0);
        scheme.names.push_back(
            printClass(decimalFromTemperatureCode(scheme.temperatureCodes.back())));
    }
    constexpr std::size_t kFewest = 2;
    if (scheme.size() < kFewest)
        return base::failure(base::ErrorCode::ClassesInsufficient, namesOf(complete),
            fmt::format("{} spectral class{} with standards of luminosity I, III and V{}",
                scheme.size(), scheme.size() == 1 ? "" : "es",
                present.empty() ? "" : " that " + namesOf(present) + " has too"),
            fmt::format("at least {}", kFewest));
    return scheme;
}

LabelledStandards labelStandards(const Atlas& atlas, const ClassScheme& scheme)
{
    LabelledStandards labelled;
    for (std::size_t row = 0; row < atlas.standards().size(); ++row) {
        const Standard& standard = atlas.standards()[row];
        const auto sc = scheme.indexOf(standard.temperatureCode);
        if (!sc)
            continue;
        labelled.rows.push_back(static_cast<std::uint32_t>(row));
        labelled.sc.push_back(*sc);
        labelled.lc.push_back(static_cast<std::uint16_t>(standard.group));
    }
    return labelled;
}

} // namespace maury::mk

#include "core/robust/atlas_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::robust {

using base::ErrorCode;
using base::Result;

Result<void> writeSpace(io::Hdf5Group& parent, const std::string& name, const AtlasSpace& space)
{
    auto group = parent.createGroup(name);
    if (!group)
        return base::Unexpected(group.error());
    const auto axes = static_cast<std::size_t>(space.axes.rows());
    const std::size_t bins = space.mean.size();
    for (const auto& written : { group->setAttribute("limit", space.limit),
             group->writeArray<float>("mean", space.mean, { bins }),
             group->writeArray<float>(
                 "axes", std::span(space.axes.data(), axes * bins), { axes, bins }) })
        if (!written)
            return written;
    return {};
}

Result<AtlasSpace> readSpace(
    const io::Hdf5Group& parent, const std::string& name, const LogGrid& grid)
{
    const auto group = parent.group(name);
    if (!group)
        return base::Unexpected(group.error());
    const auto limit = group->realAttribute("limit");
    if (!limit)
        return base::Unexpected(limit.error());
    auto mean = group->readArray<float>("mean");
    if (!mean)
        return base::Unexpected(mean.error());
    const auto axes = group->readArray<float>("axes");
    if (!axes)
        return base::Unexpected(axes.error());
    const std::size_t bins = binCount(grid);
    if (mean->values.size() != bins || axes->shape.size() != 2 || axes->shape[1] != bins)
        return base::failure(ErrorCode::FileDamaged, group->place(),
            fmt::format("{} means, axes of {} numbers", mean->values.size(), axes->values.size()),
            fmt::format("{} means and axes of {}", bins, bins));
    AtlasSpace space { std::move(mean->values), {}, *limit };
    space.axes = Eigen::Map<const mk::SpectraMatrix>(axes->values.data(),
        static_cast<Eigen::Index>(axes->shape[0]), static_cast<Eigen::Index>(bins));
    const auto usable = [](float value) { return std::isfinite(value); };
    if (!(space.limit > 0.0) || !std::isfinite(space.limit) || !space.axes.allFinite()
        || !std::all_of(space.mean.begin(), space.mean.end(), usable))
        return base::failure(ErrorCode::FileDamaged, group->place(),
            "numbers that are not finite or a limit that is not positive", "finite numbers");
    return space;
}

} // namespace maury::robust

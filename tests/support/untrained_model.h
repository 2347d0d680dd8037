#pragma once

#include "core/mk/atlas.h"
#include "core/robust/robust_model.h"
#include "core/train/model.h"

#include <cstdint>

namespace maury::test {

/// A small network with the classes and the grid of an atlas and random weights: its answers mean
/// nothing and are the same each time.
[[nodiscard]] train::Model untrainedModel(const mk::AtlasPtr& atlas);

/// The same for a range of the robust protocol: networks of two small hidden layers.
[[nodiscard]] robust::RobustPart untrainedPart(
    const robust::LogGrid& grid, int members, std::uint64_t seed);
/// Two members for the blue range and, if wanted, one for another; a calibration that says little.
[[nodiscard]] robust::RobustModel untrainedRobustModel(bool wide);

} // namespace maury::test

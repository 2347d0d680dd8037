#pragma once

#include "core/mk/atlas.h"
#include "core/train/model.h"

namespace maury::test {

/// A small network with the classes and the grid of an atlas and random weights: its answers mean
/// nothing and are the same each time.
[[nodiscard]] train::Model untrainedModel(const mk::AtlasPtr& atlas);

} // namespace maury::test

#pragma once

#include "core/mk/atlas.h"

#include <cstdint>
#include <set>
#include <string>

namespace maury::test {

/// An atlas in which pairs of observed standards have changed their types.
struct PlantedSwaps {
    mk::AtlasPtr atlas;
    std::set<std::string> stars; ///< the names of those that did
};

/// Swaps a share of the observed standards in pairs drawn at random, each of two that differ by
/// more than three temperature codes or in their luminosity group: what is nearer is no mistake
/// that a spectrum could tell.
[[nodiscard]] PlantedSwaps plantSwaps(const mk::Atlas& atlas, double share, std::uint64_t seed);

} // namespace maury::test

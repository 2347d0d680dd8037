#pragma once

#include "core/gon/spectrum_set.h"

#include <cstddef>
#include <vector>

namespace maury::gon {

/// Stars that stand in two sets; first[i] and second[i] are rows of one star.
struct StarPairs {
    std::vector<std::size_t> first;
    std::vector<std::size_t> second;
    std::size_t byPosition = 0; ///< pairs whose ids differ

    [[nodiscard]] std::size_t size() const { return first.size(); }
};

/// Each star's first usable spectra in both sets: stars with the same id, and of the others those
/// that are each other's nearest on the sky, at most `radiusArcsec` apart. In the order of the first
/// set, those matched by id before the others.
[[nodiscard]] StarPairs commonStars(
    const SpectrumSet& first, const SpectrumSet& second, double radiusArcsec);

/// The set without all spectra of the stars of `rows`.
[[nodiscard]] SpectrumSet withoutStars(
    const SpectrumSet& set, const std::vector<std::size_t>& rows);

} // namespace maury::gon

#pragma once

#include "core/spectrum/wavelength_grid.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace maury::classify {

/// Pixels begin … end − 1 in a row.
struct PixelRun {
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] std::size_t size() const { return end - begin; }
    bool operator==(const PixelRun&) const = default;
};

/// What part of a grid has data.
struct Coverage {
    std::size_t pixels = 0;
    std::vector<PixelRun> missing; ///< ascending, not touching

    [[nodiscard]] std::size_t missingPixels() const;
    [[nodiscard]] double missingShare() const; ///< 0 … 1
    [[nodiscard]] bool touchesEdge(const PixelRun& run) const
    {
        return run.begin == 0 || run.end == pixels;
    }
};

/// The share of missing pixels at the edges up to which filling them is only a warning.
inline constexpr double kHarmlessEdgeShare = 0.03;

[[nodiscard]] Coverage coverageOf(std::span<const std::uint8_t> good);

/// "11 % of 3800–4599.5 Å missing (3910–3950 Å, 4100–4110 Å)"; names at most four runs, the
/// longest.
[[nodiscard]] std::string describe(const Coverage& coverage, const spectrum::WavelengthGrid& grid);

} // namespace maury::classify

#pragma once

#include "core/preprocess/recipe.h"
#include "core/preprocess/regridder.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace maury::preprocess {

/// A spectrum after the steps of a recipe: as segments of its own pixels, or on a grid.
struct Reduced {
    /// With the segments after the last step before Regrid; all that is known of the star.
    spectrum::Spectrum spectrum;
    std::optional<TargetGrid> grid;
    /// With a grid: what reaches it of each segment, in the order of the segments.
    std::vector<RegriddedSegment> regridded;
    Recipe recipe; ///< with all numbers that were found
    std::vector<std::string> notes; ///< English: what was assumed or left out
    std::size_t cosmicRays = 0; ///< pixels marked
    std::size_t tellurics = 0;

    /// The result as segments, on a grid or not.
    [[nodiscard]] std::vector<spectrum::Segment> segments() const;
};

/// Does the steps of a recipe to a spectrum. `regridder` keeps operators between spectra. Errors:
/// those of the steps (segment_steps.h), naming the file; OptionInvalid for a step that is not one
/// of segments, or after Regrid; CoverageInsufficient when nothing reaches the grid.
[[nodiscard]] base::Result<Reduced> reduce(
    const Recipe& recipe, const spectrum::Spectrum& spectrum, Regridder& regridder);

} // namespace maury::preprocess

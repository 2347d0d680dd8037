#pragma once

#include "core/preprocess/recipe.h"

#include <cstddef>
#include <string>
#include <vector>

namespace maury::preprocess {

/// A spectrum's segments between two steps of a recipe.
struct SegmentWork {
    std::vector<spectrum::Segment> segments;
    spectrum::Motion motion; ///< as the file states it, or as a step gave it
    std::vector<std::string> notes; ///< English: what was assumed or left out
    std::size_t cosmicRays = 0; ///< pixels marked
    std::size_t tellurics = 0;

    explicit SegmentWork(const spectrum::Spectrum& spectrum);
};

/// Does a step to all segments and writes what it found (velocities, coefficients) into it, so that
/// it does the same when it is replayed. Errors: ValueMissing where a medium, a frame or a velocity
/// is needed that is not known; ValueInvalid where no continuum can be drawn; OptionInvalid for
/// coefficients of another number of segments. Precondition: isSegmentStep(step).
[[nodiscard]] base::Result<void> applySegmentStep(SegmentWork& work, Step& step);

} // namespace maury::preprocess

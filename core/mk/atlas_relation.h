#pragma once

#include "core/mk/atlas.h"

namespace maury::mk {

/// What the standards of a test atlas have to do with those of the training atlas.
enum class AtlasRelation {
    Same, ///< one atlas: the test set varies the training stars
    Smoothed, ///< the training stars at lower resolution, as in the paper's test libraries
    Independent ///< neither, as far as the spectra tell
};

/// Compares spectra of the same cells: Smoothed when some Gaussian blur of the training spectrum
/// leaves less than a tenth of the test spectrum's contrast in at least half of the common cells.
/// (Measured on libr18 and libr18_27: 0.03; on neighbouring cells of libr18: 0.37.) Different grids
/// are Independent.
[[nodiscard]] AtlasRelation relate(const Atlas& train, const Atlas& test);

} // namespace maury::mk

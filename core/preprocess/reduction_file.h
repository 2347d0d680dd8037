#pragma once

#include "core/io/spectrum_writer.h"
#include "core/preprocess/reduction.h"

namespace maury::preprocess {

/// A reduced spectrum as a file holds it: segments, with bad fractions and covariances where they
/// are on a grid, and the recipe.
[[nodiscard]] io::SpectrumToWrite toWrite(const Reduced& reduced);

} // namespace maury::preprocess

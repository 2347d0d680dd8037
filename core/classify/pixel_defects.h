#pragma once

#include "core/classify/doubt.h"
#include "core/spectrum/spectrum.h"

#include <vector>

namespace maury::classify {

/// What is wrong with the pixels of a spectrum between two wavelengths, whatever star it is, as
/// they stand in the file: clipped at a level (saturated), bridged by straight lines (filled in),
/// below zero, or with spikes of a pixel or two. At most one finding of a kind.
[[nodiscard]] std::vector<Finding> pixelDefects(
    const spectrum::Spectrum& spectrum, double firstAngstrom, double lastAngstrom);

} // namespace maury::classify

#pragma once

#include "core/mk/synthetic/plasma.h"

namespace maury::mk::synthetic {

/// Adds the opacity of the atomic lines, cm²/g, to `opacity` [layers, grid points]: Voigt profiles
/// with radiation, quadratic Stark and van der Waals damping. Lines that are weak everywhere are
/// left out, and each line is followed as far as its wings matter.
void addAtomicLines(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity);

} // namespace maury::mk::synthetic

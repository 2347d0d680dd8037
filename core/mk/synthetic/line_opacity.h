#pragma once

#include "core/mk/synthetic/plasma.h"

namespace maury::mk::synthetic {

/// Lines with source functions of their own (SourceDeficit); hydrogen is computed elsewhere.
enum class LineKind { Helium, Metal };

/// Adds the opacity of the lines of helium or of all other atoms, cm²/g, to `opacity` [layers, grid
/// points]: Voigt profiles with radiation, quadratic Stark and van der Waals damping. Lines that
/// are weak everywhere are left out, and each line is followed as far as its wings matter.
void addAtomicLines(
    LineKind kind, const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity);

} // namespace maury::mk::synthetic

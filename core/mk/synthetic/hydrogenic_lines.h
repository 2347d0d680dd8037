#pragma once

#include "core/mk/synthetic/plasma.h"

namespace maury::mk::synthetic {

/// Air wavelength in Å of the transition lower → upper of a one-electron atom of nuclear charge Z
/// and mass `massU` (atomic mass units): Rydberg's formula with the reduced mass. Precondition: it
/// is above 2000 Å.
[[nodiscard]] double hydrogenicWavelength(int lower, int upper, int charge, double massU);

/// Adds the Balmer lines Hβ to H16, cm²/g, to `opacity` [layers, grid points]: Stark profiles with
/// Holtsmark's wings (Kepple & Griem 1968, asymptotic) that vanish where the level is dissolved by
/// pressure.
void addBalmerLines(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity);

/// Adds the Pickering lines of He II (4 → 8 … 17), broadened by linear Stark effect.
void addPickeringLines(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity);

} // namespace maury::mk::synthetic

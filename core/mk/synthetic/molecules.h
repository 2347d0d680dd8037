#pragma once

#include "core/mk/synthetic/plasma.h"

namespace maury::mk::synthetic {

/// Densities of the molecules that absorb, cm⁻³.
struct MolecularDensities {
    double ch = 0.0;
    double cn = 0.0;
    double tio = 0.0;
};

/// Molecular equilibrium of CO, H₂, N₂, CH, CN and TiO in one layer: CO first takes carbon and
/// oxygen, then H₂ and N₂ their atoms; the others are traces. Guldberg–Waage constants from rigid
/// rotators and harmonic oscillators with Huber & Herzberg's (1979) constants.
[[nodiscard]] MolecularDensities molecularDensities(const Plasma& plasma, std::size_t layer);

/// The pairs AB formed of densities a and b of A and B when n_A n_B / n_AB = 1/constant, for
/// different and for equal partners: the smaller root of the law of mass action.
[[nodiscard]] double boundPairs(double a, double b, double constant);
[[nodiscard]] double boundEqualPairs(double a, double constant);

/// Partition function of CH (electronic ground state, rigid rotator and harmonic oscillator), CN
/// likewise.
[[nodiscard]] double partitionFunctionOfCH(double temperature);
[[nodiscard]] double partitionFunctionOfCN(double temperature);

/// Adds the lines of CH and CN and the bands of TiO, cm²/g, to `opacity` [layers, grid points].
/// Does nothing in stars too hot for molecules (T_eff ≥ 6900 K).
void addMolecules(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity);

} // namespace maury::mk::synthetic

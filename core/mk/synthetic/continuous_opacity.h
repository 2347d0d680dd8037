#pragma once

#include "core/mk/synthetic/equation_of_state.h"

namespace maury::mk::synthetic {

/// Opacity of the continuum at one wavelength, cm²/g.
struct ContinuumOpacity {
    double absorption = 0.0; ///< corrected for stimulated emission
    double scattering = 0.0; ///< Thomson and Rayleigh
};

/// Sources of continuous opacity in a gas in LTE: H⁻, H, He I, He II (bound-free and free-free),
/// electrons and Rayleigh scattering by hydrogen. Metals are left out.
class ContinuumSources {
public:
    ContinuumSources(const AtomicData& data, const SahaFactors& factors, const GasState& gas);

    /// At an air (or vacuum: it makes no difference here) wavelength in Å.
    [[nodiscard]] ContinuumOpacity at(double wavelengthAngstrom) const;
    /// Rosseland mean of absorption and scattering, cm²/g.
    [[nodiscard]] double rosselandMean() const;

private:
    [[nodiscard]] double hydrogenMinus(double wavelengthAngstrom) const; ///< per cm³
    [[nodiscard]] double hydrogen(double frequency) const; ///< per cm³, no stimulated emission
    [[nodiscard]] double helium(double frequency) const; ///< per cm³, no stimulated emission

    GasState m_gas;
    double m_hydrogenPartition;
    double m_hydrogenAtoms; ///< cm⁻³, as the following
    double m_protons;
    double m_heliumAtoms;
    double m_heliumIons;
    double m_alphaParticles;
};

} // namespace maury::mk::synthetic

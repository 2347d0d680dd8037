#pragma once

#include "core/mk/synthetic/equation_of_state.h"
#include "core/mk/synthetic/rosseland_table.h"

#include <vector>

namespace maury::mk::synthetic {

/// What one star's spectrum is computed from.
struct StellarParameters {
    double effectiveTemperature = 0.0; ///< K
    double logGravity = 0.0; ///< log₁₀ of cm/s²
    double microturbulenceKms = 2.0;
    double deficitFactor
        = 1.0; ///< of the depths in SourceDeficit, against dwarfs of the temperature
};

/// A plane-parallel grey atmosphere in hydrostatic equilibrium: layers from the surface inwards.
struct Atmosphere {
    StellarParameters parameters;
    std::vector<double> opticalDepth; ///< [layers], Rosseland, increasing
    std::vector<GasState> gas; ///< [layers]
    std::vector<SahaFactors> factors; ///< [layers]

    [[nodiscard]] std::size_t layers() const { return gas.size(); }
};

/// T⁴ = ¾ T_eff⁴ (τ + q(τ)), q the fit 0.7104 − 0.1331 e^{−3.4488 τ} to Hopf's function (within 0.1
/// %, Mihalas, Stellar Atmospheres, 2nd ed., ch. 3).
[[nodiscard]] double greyTemperature(double effectiveTemperature, double opticalDepth);

/// 44 layers from log τ = −5 to 1.6; dP/dτ = g/κ less the radiation pressure's gradient, integrated
/// inwards by Heun's method in ln τ.
[[nodiscard]] Atmosphere computeAtmosphere(
    const AtomicData& data, const RosselandTable& table, const StellarParameters& parameters);

} // namespace maury::mk::synthetic

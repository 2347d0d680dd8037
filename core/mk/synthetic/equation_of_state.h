#pragma once

#include "core/mk/synthetic/atomic_data.h"

#include <span>
#include <vector>

namespace maury::mk::synthetic {

/// What the ionisation depends on at one temperature.
struct SahaFactors {
    double temperature = 0.0; ///< K
    std::vector<double> partition; ///< [ions]
    /// [ions]: n(stage + 1) · n_e / n(stage) in cm⁻³, the right-hand side of Saha's equation (Gray,
    /// The Observation and Analysis of Stellar Photospheres, eq. 1.21); 0 for an element's last
    /// stage.
    std::vector<double> ratio;
};
[[nodiscard]] SahaFactors sahaFactors(const AtomicData& data, double temperature);

/// The state of a gas of the table's composition.
struct GasState {
    double temperature = 0.0; ///< K
    double pressure = 0.0; ///< dyn/cm², of the gas
    double electronDensity = 0.0; ///< cm⁻³
    double hydrogenDensity = 0.0; ///< hydrogen nuclei, cm⁻³
    double density = 0.0; ///< g/cm³
};

/// Solves charge and particle conservation for the electron density by bisection (no molecules).
/// Precondition: pressure > 0.
[[nodiscard]] GasState solveGas(
    const AtomicData& data, const SahaFactors& factors, double pressure);

/// The fraction of each element in each of its stages, [ions]; the fractions of an element sum
/// to 1.
[[nodiscard]] std::vector<double> ionFractions(
    const AtomicData& data, const SahaFactors& factors, double electronDensity);

} // namespace maury::mk::synthetic

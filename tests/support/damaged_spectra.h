#pragma once

#include "core/classify/doubt.h"
#include "core/spectrum/spectrum.h"

#include <functional>
#include <string>
#include <vector>

namespace maury::test {

/// One way in which a spectrum is not that of a normal star, whole and at its place, made from one
/// that is: in air, at rest, of one segment.
struct Damage {
    std::string name;
    std::function<spectrum::Spectrum(spectrum::Spectrum)> make;
    std::vector<classify::DoubtCode> reasons; ///< each of which would tell it
    double leastTold = 0.95; ///< share of stars in which one of them must
    /// Temperature codes of the stars that it can happen to.
    double hottestCode = 0.0;
    double coolestCode = 50.0;
};

/// Blank, saturated, half-covered, filled-in, shifted, emission-line, upside-down and wrong-medium
/// spectra, and galaxies of redshifts that no star has. Every random choice is fixed.
[[nodiscard]] std::vector<Damage> damages();

/// The mean of stars of several types, each broadened by the velocities within a galaxy (in km/s,
/// standard deviation) and scaled to the same median: what an old galaxy's light is like. On the
/// pixels of the first. Precondition: at least one star.
[[nodiscard]] spectrum::Spectrum galaxyOf(
    const std::vector<spectrum::Spectrum>& stars, double dispersionKms);

/// Shifted by a redshift.
[[nodiscard]] spectrum::Spectrum shifted(spectrum::Spectrum spectrum, double redshift);

} // namespace maury::test

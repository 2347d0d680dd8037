#pragma once

#include "core/classify/prepare.h"
#include "core/mk/atlas.h"

#include <cstddef>
#include <string>
#include <vector>

namespace maury::classify {

struct NearestStandard {
    std::size_t row = 0; ///< of Atlas::standards()
    std::string name;
    double chi2 = 0.0; ///< per good pixel, flux differences in units of the spectrum's noise
    double scale = 1.0; ///< that the standard was multiplied by to fit
    double velocityKms = 0.0; ///< of the spectrum against the standard, where it was fitted
    /// FWHM in Å by which the standard was blurred to fit; negative: the spectrum was.
    double broadening = 0.0;
};

/// For spectra already like the standards (StandardMatcher for all others): the atlas rows ordered
/// by χ² to a prepared spectrum (nearest first), at most `count`. Each
/// standard is scaled to fit; pixels weigh by the file's inverse variance or, without errors, by
/// the estimated noise; pixels missing in the spectrum or in the standard are left out.
/// Precondition: the spectrum is on the atlas's grid.
[[nodiscard]] std::vector<NearestStandard> nearestStandards(
    const PreparedSpectrum& spectrum, const mk::Atlas& atlas, std::size_t count);

} // namespace maury::classify

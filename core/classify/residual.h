#pragma once

#include "core/classify/nearest_standard.h"
#include "core/mk/atlas.h"

#include <cstddef>
#include <span>

namespace maury::classify {

/// How a spectrum differs from a standard once level, slope and curvature of the continuum,
/// velocity and resolution have been fitted: each of these by itself, and what none of them
/// explains.
struct Residual {
    std::size_t row = 0; ///< of Atlas::standards()
    double level = 1.0; ///< continuum at the middle of the grid in units of the standard's
    double slope = 0.0; ///< continuum = level · (1 + slope·x + curvature·x²), x from −1 to 1
    double curvature = 0.0;
    double velocityKms = 0.0; ///< against the standard
    /// FWHM in Å that in quadrature leads from the standard's resolution to the spectrum's;
    /// negative when the spectrum is the sharper one; 0 when no blur is a significant improvement.
    double broadening = 0.0;
    /// Root mean square of the unexplained rest, averaged over 5 pixels, without the noise's part;
    /// ≥ 0.
    double excess = 0.0;
};

/// Fits a standard to a spectrum by least squares over the pixels good in both; the broadening is
/// found by blurring the broader one's counterpart until the rest is least. Precondition: same
/// grid.
[[nodiscard]] Residual residualAgainst(
    const PreparedSpectrum& spectrum, const mk::Atlas& atlas, std::size_t row);

/// The least residual among candidates. Precondition: at least one.
[[nodiscard]] Residual leastResidual(const PreparedSpectrum& spectrum, const mk::Atlas& atlas,
    std::span<const NearestStandard> candidates);

/// Candidates that leastResidual() should get: the nearest standards by χ².
inline constexpr std::size_t kResidualCandidates = 5;

} // namespace maury::classify

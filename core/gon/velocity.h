#pragma once

#include "core/gon/latent_inference.h"

#include <array>
#include <cstdint>
#include <vector>

namespace maury::gon {

struct VelocityOptions {
    double rangeKms = 500.0; ///< scanned within ± this
    double stepKms = 20.0; ///< of the scan
    /// Added in quadrature to σ for stars that the model has not seen (template mismatch).
    double floorKms = 0.0;
};

/// A radial velocity found together with the code; positive = receding.
struct VelocityEstimate {
    double kms = 0.0;
    double sigmaKms = 0.0; ///< from the curvature of the profile χ², and the floor
    double chi2 = 0.0; ///< at the minimum
    double dof = 0.0;
    bool atEdge = false; ///< the minimum lies at the end of the range: no velocity
    Eigen::VectorXf code; ///< [latent]
    std::vector<double> scannedKms; ///< the profile
    std::vector<double> scannedChi2;
};

/// How a rest spectrum on the grid looks when its star recedes with v: row p of S_v interpolates the
/// six pixels around λ_p / (1 + v/c) by their polynomial (a linear operator on the spectrum). Pixels
/// whose light comes from outside of the grid have no weights.
struct ShiftOperator {
    static constexpr std::size_t kTaps = 6;
    std::vector<std::int32_t> first; ///< [pixels] of the six; −1: outside
    std::vector<std::array<float, kTaps>> weight; ///< [pixels]
};
[[nodiscard]] ShiftOperator shiftOperator(
    const std::vector<double>& wavelengthAngstrom, double velocityKms);
/// S_v applied to rows [n, pixels]; 0 where outside.
[[nodiscard]] Matrix shifted(const Matrix& rows, const ShiftOperator& shift);

/// Velocities of all spectra of a set: the minimum of the profile χ²(v) = min over z of χ² + prior
/// with S_v F(z), scanned with affine inference (S J, S g₀), the best node refined by Gauss–Newton
/// steps in z and v together; σ from the curvature of the profile there. Errors: as
/// LatentInference::encode(); OptionInvalid.
[[nodiscard]] base::Result<std::vector<VelocityEstimate>> fitVelocities(
    const LatentInference& inference, const SpectrumSet& set, const VelocityOptions& options = {},
    std::stop_token stop = {});

} // namespace maury::gon

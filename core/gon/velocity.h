#pragma once

#include "core/gon/latent_inference.h"

#include <vector>

namespace maury::gon {

struct VelocityOptions {
    double rangeKms = 500.0; ///< scanned within ± this
    double stepKms = 20.0; ///< of the scan; the refinement's is a quarter of it
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

/// Linear interpolation in ln λ of a rest spectrum as a star receding with v shows it: row p of S_v
/// has at most two weights. Pixels whose light comes from outside of the grid have none.
struct ShiftOperator {
    std::vector<std::int32_t> left; ///< [pixels]; −1: outside
    std::vector<float> weight; ///< [pixels] of left + 1; 1 − it of left
};
[[nodiscard]] ShiftOperator shiftOperator(
    const std::vector<double>& wavelengthAngstrom, double velocityKms);
/// S_v applied to rows [n, pixels]; 0 where outside.
[[nodiscard]] Matrix shifted(const Matrix& rows, const ShiftOperator& shift);

/// Velocities of all spectra of a set: profile χ²(v) = min over z of χ² + prior with S_v F(z),
/// scanned with the affine inference, refined with MAP iterations and a parabola. Errors: as
/// LatentInference::encode(); OptionInvalid.
[[nodiscard]] base::Result<std::vector<VelocityEstimate>> fitVelocities(
    const LatentInference& inference, const SpectrumSet& set, const VelocityOptions& options = {},
    std::stop_token stop = {});

} // namespace maury::gon

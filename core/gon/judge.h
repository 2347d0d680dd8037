#pragma once

#include "core/gon/anomaly.h"
#include "core/gon/latent_inference.h"
#include "core/gon/velocity.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maury::gon {

/// How well a set is reconstructed.
struct FitScore {
    std::size_t spectra = 0;
    double meanChi2 = 0.0; ///< χ²/dof
    double medianChi2 = 0.0;
    /// Mean over the spectra of the rms deviation from the truth; from the noisy flux where there is
    /// no truth.
    double rmse = 0.0;
    double rms = 0.0; ///< over all pixels together
    double noise = 0.0; ///< √⟨σ²⟩: the floor of a comparison with noisy flux
    double zWidth = 0.0; ///< standard deviation of the residuals in sigmas
    double zAutocorrelation = 0.0; ///< of neighbouring pixels
};
[[nodiscard]] base::Result<FitScore> scoreFit(
    const LatentInference& inference, const SpectrumSet& set, const EncodeOptions& options);

/// Blocks of one width hidden from inference and scored there.
struct ImputationScore {
    double blockAngstrom = 0.0;
    std::size_t pixels = 0; ///< hidden, of all spectra together
    double rms = 0.0;
    double linearRms = 0.0; ///< straight line between the pixels beside the block
    double coverage68 = 0.0; ///< share of hidden pixels within the calibrated band
    double coverage95 = 0.0;
    double rawCoverage68 = 0.0; ///< within one and 1.96 raw Laplace sigmas
    double rawCoverage95 = 0.0;
};
/// Hides one block per spectrum, at a place drawn from `seed` and the row. Against the truth where
/// there is one, else against the noisy flux with its noise added to the bands.
[[nodiscard]] base::Result<ImputationScore> scoreImputation(const LatentInference& inference,
    const SpectrumSet& set, double blockAngstrom, std::uint64_t seed,
    int iterations = kMapIterations);

/// Fits a model's bands on hidden pixels of `set` (blocks of 5, 20 and 50 Å).
[[nodiscard]] base::Result<BandCalibration> calibrateBands(
    const LatentInference& inference, const SpectrumSet& set, std::uint64_t seed);

/// Oddities that are put into good spectra.
enum class Oddity { Binary, Emission, FalseLine, CosmicRay, BadContinuum };
inline constexpr Oddity kOddities[] { Oddity::Binary, Oddity::Emission, Oddity::FalseLine,
    Oddity::CosmicRay, Oddity::BadContinuum };
[[nodiscard]] std::string toString(Oddity oddity); ///< "binary", "emission", "false-line", …
/// The set with one oddity in each spectrum. `companions` give the other stars of binaries.
[[nodiscard]] SpectrumSet withOddity(const SpectrumSet& set, Oddity oddity,
    const SpectrumSet& companions, std::uint64_t seed);
/// Area under the ROC curve of an oddity against the clean set, for each score.
struct OddityScore {
    Oddity oddity {};
    double combined = 0.0;
    double chi2 = 0.0;
    double window = 0.0;
    double mahalanobis = 0.0;
};
[[nodiscard]] base::Result<std::vector<OddityScore>> scoreAnomalies(
    const LatentInference& inference, const SpectrumSet& set, std::uint64_t seed);

/// Velocities put into spectra and found again.
struct VelocityScore {
    std::size_t spectra = 0;
    double biasSigma = 0.0; ///< mean pull
    double pullWidth = 0.0; ///< standard deviation of the pulls, 5σ outliers left out
    double robustPullWidth = 0.0; ///< of the central 68 %
    double biasKms = 0.0;
    double scatterKms = 0.0;
    double floorKms = 0.0; ///< what must be added in quadrature for pulls of width 1
    std::size_t outliers = 0; ///< beyond 5σ
};
/// Shifts every spectrum of `set`, which has a truth, by a velocity within ±rangeKms before its
/// noise.
[[nodiscard]] base::Result<VelocityScore> scoreVelocities(const LatentInference& inference,
    const SpectrumSet& set, double rangeKms, std::uint64_t seed);

} // namespace maury::gon

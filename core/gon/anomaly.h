#pragma once

#include "core/gon/latent_inference.h"

#include <vector>

namespace maury::gon {

/// What is odd about a spectrum. All scores grow with oddity and do not grow with signal to noise.
struct AnomalyScore {
    double chi2Excess = 0.0; ///< (χ² − dof) / √(2 dof), with the model's own variance
    double largestWindow = 0.0; ///< largest |z| of a window's summed residual over the star's MAD
    double windowAngstrom = 0.0; ///< centre of that window
    double windowSign = 0.0; ///< +1: too bright there (emission), −1: too dark
    double mahalanobis = 0.0; ///< √ of the code's distance² from the prior
    double combined = 0.0; ///< largest of the three after each was ranked against the training set
    bool usable = true;
};

/// Medians and spreads of the scores of ordinary stars, against which `combined` measures.
struct AnomalyReference {
    double chi2Centre = 0.0, chi2Spread = 1.0;
    double windowCentre = 0.0, windowSpread = 1.0;
    double mahalanobisCentre = 0.0, mahalanobisSpread = 1.0;
};

/// Scores of every spectrum. `reference` empty: `combined` measures against the set itself. Errors:
/// as LatentInference::encode().
[[nodiscard]] base::Result<std::vector<AnomalyScore>> anomalyScores(
    const LatentInference& inference, const SpectrumSet& set,
    const AnomalyReference* reference = nullptr, std::stop_token stop = {});

[[nodiscard]] AnomalyReference referenceOf(const std::vector<AnomalyScore>& ordinary);

} // namespace maury::gon

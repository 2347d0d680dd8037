#pragma once

#include "core/mk/class_scheme.h"
#include "core/mk/spectral_type.h"
#include "core/robust/ordinal.h"

#include <array>
#include <span>
#include <vector>

namespace maury::robust {

/// What the probabilities of both heads say.
struct Decision {
    double temperatureCode = 0.0; ///< mean of the bins within ± 7 of the most probable
    /// Their standard deviation: the width of the network's own answer. It does not predict the
    /// error (see Calibration, which does).
    double temperatureSigma = 0.0;
    double strayProbability = 0.0; ///< of the bins farther than 3 from the most probable
    double luminosityCode = 0.0; ///< mean of all bins
    mk::LuminosityGroup group = mk::LuminosityGroup::V; ///< I below 1.75, III below 3.75, else V
    double printedLuminosity = 5.0; ///< 0 Ia, 1 Ib, 2 II, 3 III, 4 IV or 5 V
    /// Probability of I, III and V, by groupShares().
    std::array<double, mk::kLuminosityGroups> groupProbability {};
};

/// The share of a bin of the luminosity head in I, III and V: 1 in the group that its code belongs
/// to (mk::luminosityGroup()), which is the one between whose cuts it lies.
[[nodiscard]] std::array<double, mk::kLuminosityGroups> groupShares(std::size_t bin);

/// The luminosity codes (means of the head) that divide Ia, Ib, II, III, IV and V as printed.
[[nodiscard]] std::array<double, 5> luminosityBorders();

/// The decision of the recipe. temperature, luminosity: probabilities [temperatureBins().count],
/// [luminosityBins().count].
[[nodiscard]] Decision decide(
    std::span<const float> temperature, std::span<const float> luminosity);

/// The probability of each class of a scheme: that of the temperature bins to which it is the
/// nearest.
[[nodiscard]] std::vector<float> classProbabilities(
    std::span<const float> temperature, const mk::ClassScheme& scheme);

} // namespace maury::robust

#pragma once

#include "core/project/label.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::project {

/// How well two classifiers agree on one of the two dimensions of the MK system.
struct Agreement {
    std::size_t stars = 0; ///< that both gave a value
    std::optional<double> identical; ///< fraction
    std::optional<double> withinOne; ///< fraction that differs by at most one unit
    std::optional<double> bias; ///< mean of second − first
    std::optional<double> weightedKappa;
};

/// A star that two classifiers type differently.
struct Disagreement {
    std::string star;
    Label first;
    Label second;
    std::optional<double> codeDifference; ///< second − first, in temperature-code units
    std::optional<double> luminosityDifference; ///< second − first, in luminosity codes
};

struct Comparison {
    std::size_t both = 0; ///< stars that both labelled
    std::size_t onlyFirst = 0;
    std::size_t onlySecond = 0;
    Agreement spectralClass; ///< in temperature-code units
    Agreement luminosity; ///< in luminosity codes, of the stars to which both gave one
    std::vector<Disagreement> queue; ///< to be looked at again, the largest difference first
};

/// Cohen's weighted kappa with quadratic weights (Cohen 1968, Psychological Bulletin 70, 213): one
/// minus the mean squared difference of the pairs over that of all combinations of a first with a
/// second value, which is what chance would give. Nothing when that is zero: all values are one.
/// Precondition: sizes agree.
[[nodiscard]] std::optional<double> weightedKappa(
    std::span<const double> first, std::span<const double> second);

/// Compares the labels of two classifiers star by star. A difference in class, luminosity or flags
/// puts a star into the queue, and so does a type that only one gave. Preconditions: no star twice
/// in one of the lists; types can be parsed or are empty.
[[nodiscard]] Comparison compareLabels(
    std::span<const SignedLabel> first, std::span<const SignedLabel> second);

} // namespace maury::project

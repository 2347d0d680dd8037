#pragma once

#include "core/classify/examination.h"

#include <span>
#include <vector>

namespace maury::explain {

/// Which decision is asked about: one answer of a head against another one.
struct Question {
    classify::Head head = classify::Head::Spectral;
    std::vector<double> answer; ///< the share of each output in it, [outputs]
    std::vector<double> other; ///< the same of what it is weighed against
};

struct AttributionSettings {
    double tolerance = 1e-3; ///< of the sum, relative; panels are halved until it is reached
    std::size_t mostPanels = 256; ///< of the path, eight gradients each
};

/// How much each pixel of the inputs speaks for the answer.
struct Attribution {
    /// ln (P(answer) / P(other)), P being the mean of the networks' probabilities: for a single
    /// network with an output for each answer the difference of their logits.
    double logOdds = 0.0;
    double blankLogOdds = 0.0; ///< the same of a spectrum without lines
    /// The pixels of all networks together, ascending. Positive contributions speak for the answer.
    std::vector<double> wavelengthAngstrom;
    std::vector<double> contribution;
    std::size_t gradients = 0; ///< that were evaluated, of each network

    /// What there is to explain.
    [[nodiscard]] double difference() const { return logOdds - blankLogOdds; }
    [[nodiscard]] double sum() const;
    /// |sum() − difference()| / |difference()|: integrated gradients are complete, so this tells
    /// how well they were integrated.
    [[nodiscard]] double completenessError() const;
};

/// Integrated gradients (Sundararajan, Taly & Yan 2017) of the decision along the straight path
/// from a spectrum without lines to the star's: that start makes a contribution the answer to
/// "what did this line change?", and its undoing is filling the line with continuum. Adaptive
/// Gauss-Legendre quadrature in double precision; the first layer, by far the largest, is linear
/// along the path and is passed only once. Preconditions: the question has the outputs of the
/// networks' heads, with a positive share for either side.
[[nodiscard]] Attribution attribute(std::span<const classify::NetworkInput> networks,
    const Question& question, const AttributionSettings& settings = {});

} // namespace maury::explain

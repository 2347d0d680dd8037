#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace maury::train {

struct ClassScore {
    std::string name;
    std::int64_t samples = 0; ///< true members
    double precision = 0.0; ///< NaN when nothing was predicted as this class
    double recall = 0.0; ///< NaN when it has no true member
    double f1 = 0.0;
};

/// What one head scores on one set.
struct HeadMetrics {
    double accuracy = 0.0;
    double withinOne = 0.0; ///< predicted class is the true one or a neighbour in the class list
    double precision = 0.0; ///< macro averages over the classes that have true members
    double recall = 0.0;
    double f1 = 0.0;
    double weightedPrecision = 0.0; ///< averages weighted by the true members of each class
    double weightedRecall = 0.0; ///< the same as the accuracy
    double weightedF1 = 0.0;
    double loss = 0.0; ///< mean cross-entropy
    std::vector<ClassScore> perClass;
    std::vector<std::vector<std::int64_t>> confusion; ///< [true][predicted]
};

struct Metrics {
    std::int64_t samples = 0;
    double loss = 0.0; ///< (w_SC·CE_SC + w_LC·CE_LC) / (w_SC + w_LC)
    HeadMetrics sc;
    HeadMetrics lc;
};

/// Scores a confusion matrix [true][predicted] of counts. `loss` is left for the caller.
[[nodiscard]] HeadMetrics scoreConfusion(
    std::vector<std::vector<std::int64_t>> confusion, const std::vector<std::string>& names);

/// The classes of the luminosity head in the order of its outputs: I, III, V.
[[nodiscard]] const std::vector<std::string>& luminosityNames();

/// Scores predictions: truth, predicted [samples]; names [classes]. `loss` is left for the caller.
[[nodiscard]] HeadMetrics scoreHead(std::span<const std::uint16_t> truth,
    std::span<const std::uint16_t> predicted, const std::vector<std::string>& names);

} // namespace maury::train

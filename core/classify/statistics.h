#pragma once

#include "core/mk/class_scheme.h"
#include "core/train/metrics.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace maury::classify {

/// Deviations (predicted − true) in temperature-code units, where one unit is about one class of
/// the libraries.
struct CodeStatistics {
    double median = 0.0; ///< of |Δ|
    double sigma68 = 0.0; ///< 68.27th percentile of |Δ|: σ if Δ were Gaussian without bias
    double rms3 = 0.0; ///< of the Δ with |Δ| < 3; NaN when there is none
    std::int64_t beyond3 = 0; ///< how many have |Δ| ≥ 3
    double bias = 0.0; ///< mean of the Δ with |Δ| < 3; NaN when there is none
};

/// Deviations of the printed types in decimal subclasses (O0 = 0, B0 = 10 …).
struct SubclassStatistics {
    double median = 0.0; ///< of |Δ|
    double sigma68 = 0.0;
    double rms = 0.0;
    double bias = 0.0; ///< mean Δ
    double within1 = 0.0; ///< fraction with |Δ| ≤ 1
    double within2 = 0.0;
};

/// The p-th percentile (0 … 100) by linear interpolation between the sorted values; NaN when empty.
[[nodiscard]] double percentile(std::vector<double> values, double p);

/// All figures are NaN when there is no deviation.
[[nodiscard]] CodeStatistics codeStatistics(std::span<const double> deviations);
[[nodiscard]] SubclassStatistics subclassStatistics(std::span<const double> deviations);

/// What the answers with a probability between `from` and `to` were worth.
struct ReliabilityBin {
    double from = 0.0;
    double to = 0.0;
    std::int64_t samples = 0;
    double probability = 0.0; ///< mean of those given; NaN without samples
    double accuracy = 0.0; ///< how many were right; NaN without samples
};

/// Whether probabilities are what they say.
struct Reliability {
    std::vector<ReliabilityBin> bins; ///< ten equal ones of the winning probability
    /// Expected calibration error: Σ_bins |accuracy − mean probability| · share (Naeini et al.
    /// 2015).
    double expectedError = 0.0;
    double probability = 0.0; ///< mean over all samples
    double accuracy = 0.0;
};

/// Nothing when there are no samples. Precondition: sizes agree.
[[nodiscard]] std::optional<Reliability> reliabilityOf(
    std::span<const float> probabilities, std::span<const std::uint8_t> correct);

/// The width of (predicted − true) / σ without its mean, from the 15.87th to the 84.13th
/// percentile: 1 when the σ are right, and not ruled by a few wild answers. NaN when empty.
[[nodiscard]] double pullWidth(const std::vector<double>& pulls);

/// The chance that one of `positives` is larger than one of `negatives`, ties counting half: the
/// area under the curve of hits against false alarms. Nothing when either is empty.
[[nodiscard]] std::optional<double> areaUnderRoc(
    std::span<const double> positives, std::span<const double> negatives);

/// How well stars outside the atlas are told, where labels say which they are.
struct OutsideScores {
    std::int64_t stars = 0; ///< whose labels lie beyond the model's classes
    std::int64_t found = 0; ///< of these said to be outside
    std::int64_t falseAlarms = 0; ///< of all others
    std::optional<double> auroc; ///< of the distance from the atlas
};

/// How one way of typing scores on one set: the network's or the nearest standard's.
struct Scores {
    train::HeadMetrics sc;
    train::HeadMetrics lc;
    CodeStatistics code;
    SubclassStatistics subclass;
};

/// What `evaluate` reports; figures that do not apply are empty.
struct Evaluation {
    std::int64_t samples = 0; ///< offered
    std::int64_t typed = 0; ///< got an answer
    std::int64_t refused = 0; ///< could not be brought to the grid
    std::optional<std::int64_t>
        conforming; ///< of the typed: without a reason to doubt; single spectra only
    Scores network;
    std::optional<Scores> baseline; ///< nearest standard
    std::optional<OutsideScores> outside; ///< only for models that tell
    std::optional<Reliability> reliabilitySc; ///< of classes; only for calibrated probabilities
    std::optional<Reliability> reliabilityLc; ///< of I, III and V
    std::optional<double>
        pullWidth; ///< of Δ over σ in decimal subclasses; only for models that give one
};

/// Code and subclass statistics of class predictions, from the SC confusion matrix alone (every
/// sample's true class is in the scheme). Precondition: sc.confusion is
/// [scheme.size()][scheme.size()].
[[nodiscard]] Scores scoresOf(
    const train::HeadMetrics& sc, const train::HeadMetrics& lc, const mk::ClassScheme& scheme);

/// The evaluation of a run on a sample set, where all samples are typed and there is no baseline.
[[nodiscard]] Evaluation evaluationOf(const train::Metrics& metrics, const mk::ClassScheme& scheme);

} // namespace maury::classify

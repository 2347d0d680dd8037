#pragma once

#include "core/base/result.h"
#include "core/classify/star_classifier.h"
#include "core/explain/criteria_evidence.h"
#include "core/explain/line_evidence.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace maury::explain {

/// What an answer is weighed against, by index into the classifier's answers; what is empty is
/// the most probable answer beside the one given.
struct Against {
    std::optional<std::uint16_t> sc;
    std::optional<std::uint16_t> lc;
};

/// "B3 V", "B3" or "III" as a classifier's answers: the class nearest to it, and the group of its
/// luminosity class. Errors: TypeUnparsable.
[[nodiscard]] base::Result<Against> parseAgainst(
    const std::string& text, const mk::ClassScheme& scheme);

/// Why one head answers as it does.
struct HeadExplanation {
    classify::Head head = classify::Head::Spectral;
    std::string answer; ///< "B2", "III"
    std::string other;
    double answerProbability = 0.0;
    double otherProbability = 0.0;
    Attribution attribution;
    GroupedEvidence evidence;
    std::vector<CriterionEvidence> criteria;
};

/// Why a classifier answers as it does.
struct Explanation {
    classify::Prediction prediction;
    std::array<HeadExplanation, 2> heads; ///< spectral class, luminosity class

    /// The larger one of the heads.
    [[nodiscard]] double completenessError() const;
};

/// "B2 rather than B3: He I 4471 / Mg II 4481" (English).
[[nodiscard]] std::string sentence(
    const HeadExplanation& explanation, const CriterionEvidence& criterion);

/// Classifies a spectrum and explains the answer. Errors: those of classify(); OptionInvalid when
/// an answer would be weighed against itself.
[[nodiscard]] base::Result<Explanation> explain(classify::StarClassifier& classifier,
    const spectrum::Spectrum& spectrum, const classify::PrepareOptions& options,
    const mk::LineList& lines, const Against& against = {});

/// The same for an answer that is already known. Preconditions: `prediction` and `examination` are
/// of the same classifier, spectrum and options.
[[nodiscard]] base::Result<Explanation> explain(const classify::StarClassifier& classifier,
    classify::Prediction prediction, const classify::Examination& examination,
    const mk::LineList& lines, const Against& against = {});

} // namespace maury::explain

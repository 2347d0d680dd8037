#pragma once

#include "core/explain/gon_judge.h"
#include "core/explain/judges.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::explain {

/// A star that is put before the judges.
struct StarToJudge {
    std::string name;
    spectrum::SpectrumPtr spectrum;
    std::string humanType; ///< a label or the published type; empty without
    std::string standard {}; ///< the standard that it is, which is not its own nearest one; or empty
};

/// What they say of it.
struct JudgedStar {
    std::string name;
    Opinions opinions;
    std::optional<Disagreement> largest; ///< nothing with fewer than two opinions
    std::optional<classify::Prediction> answer; ///< of the network; with the nearest standard
    std::optional<GonFinding> gon;
    std::optional<base::Error> error; ///< why network and nearest standard have no opinion
};

/// Stars that were judged, of how many.
using JudgingObserver = std::function<void(std::size_t done, std::size_t of)>;

/// Puts stars before all judges; `gon` may be null. In the order of `stars`. A star that cannot be
/// prepared has no opinion of the network. Errors: Cancelled, BackendFailed.
[[nodiscard]] base::Result<std::vector<JudgedStar>> judgeStars(classify::StarClassifier& classifier,
    const GonJudge* gon, std::span<const StarToJudge> stars,
    const classify::PrepareOptions& options, const JudgingObserver& observer = {},
    std::stop_token stop = {});

/// Places of the stars, the largest disagreement first; those without any come last.
[[nodiscard]] std::vector<std::size_t> byDisagreement(std::span<const JudgedStar> stars);

} // namespace maury::explain

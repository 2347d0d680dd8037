#pragma once

#include "core/base/result.h"
#include "core/mk/spectral_type.h"
#include "core/robust/robust_config.h"
#include "core/robust/standards.h"
#include "core/train/backend.h"

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::explain {

struct SuspicionSettings {
    /// Of each network. Its checkpoint is not written, its members are one, its seed divides the
    /// stars.
    robust::RobustConfig training;
    int folds = 5; ///< networks, each of which does not see one part of the stars
};

/// How much speaks against the label of a star that networks are trained on.
struct LabelSuspicion {
    std::size_t row = 0; ///< of the atlas
    std::string star;
    std::string label; ///< its type in the atlas, as printed
    /// What a network says that did not see it, and the probability that it gives the label: within
    /// kSuspicionReach of the temperature code, and in its luminosity group.
    std::string heldOutType;
    double heldOutConfidence = 0.0;
    /// Share of the epochs of the networks that learned it with this label, in which they took it
    /// for something else: more than one class away, or of another luminosity group.
    double wrongShare = 0.0;
    double forgotten = 0.0; ///< how often a network went from the label to something else, on average
    double score = 0.0; ///< 0 … 1: see kHistoryWeight
};

/// The score is the mean of 1 − heldOutConfidence, with weight 1, and wrongShare with this one: a
/// star at the edge of the grid is learned late, too, however right its label is.
inline constexpr double kHistoryWeight = 0.2;

/// A type within this many temperature codes of a label is no evidence against it.
inline constexpr double kSuspicionReach = 1.5;

/// A fold that is being worked on and the part of all the work that is done, 0 … 1.
using SuspicionObserver = std::function<void(int fold, double done)>;

/// Ranks the observed standards of a library by how suspect their labels are, the most suspect
/// first. For each fold a network of the robust protocol is trained without its stars and what was
/// interpolated from them, and asked about all stars after every epoch. A network learns the labels
/// that follow from the spectrum early and keeps them; a wrong one it learns late, forgets, or
/// never learns (Toneva et al. 2019, ICLR, on forgetting), and one that has not seen the star
/// contradicts it (Northcutt et al. 2021, JAIR 70, 1373, on confident learning). Interpolated cells
/// are learned from but are nobody's labels. A pure function of its arguments, but for the last
/// bits. Errors: those of robust::makeFolds() and robust::RobustTrainer::run(); Cancelled.
[[nodiscard]] base::Result<std::vector<LabelSuspicion>> suspectLabels(
    const robust::Library& library, const SuspicionSettings& settings, train::Backend& backend,
    const SuspicionObserver& observer = {}, std::stop_token stop = {});

} // namespace maury::explain

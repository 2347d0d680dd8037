#pragma once

#include "core/classify/star_classifier.h"
#include "core/classify/statistics.h"
#include "core/robust/calibrator.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::classify {

using RefusalObserver = std::function<void(const base::Error&)>;

/// A row of an atlas as if it had been read from its file. Precondition: row is one of the atlas's.
[[nodiscard]] spectrum::Spectrum spectrumOf(const mk::Atlas& atlas, std::size_t row);

/// Types the standards of an atlas as users' stars are typed and scores the answers. Errors:
/// Cancelled.
[[nodiscard]] base::Result<Evaluation> evaluateStandards(StarClassifier& classifier,
    const mk::Atlas& data, const RefusalObserver& refusal, std::stop_token stop = {});

/// What became of one fold.
struct FoldOutcome {
    std::vector<std::string> heldOut; ///< cells
    std::vector<std::string> descendants; ///< left out of its training for their sake
    std::size_t trainedOn = 0; ///< standards
};

struct LeaveOutReport {
    Evaluation evaluation; ///< of all held-out standards, each typed by a model that never saw it
    mk::ClassScheme scheme; ///< of all standards
    std::vector<FoldOutcome> folds;
};

/// Cross-validation over observed standards: for each of `effort.folds` folds a model is trained
/// with `config`, as heavily as the user's, without the fold's standards and their descendants. It
/// types them as users' stars are typed, with a calibration learnt from the other folds; the
/// nearest standard is sought among those that it was trained on. Errors: those of makeFolds(),
/// trainRobust(), heldOutAnswers(); Cancelled.
[[nodiscard]] base::Result<LeaveOutReport> leaveStandardsOut(
    const std::vector<robust::Library>& libraries, const robust::RobustConfig& config,
    const robust::CalibrationEffort& effort, train::Backend& backend,
    const robust::CalibrationObserver& observer, const RefusalObserver& refusal,
    std::stop_token stop = {});

} // namespace maury::classify

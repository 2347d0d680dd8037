#pragma once

#include "core/robust/calibration.h"
#include "core/robust/folds.h"
#include "core/robust/robust_trainer.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace maury::robust {

/// How much is spent on calibration: the time of one member for each fold. Lighter networks would
/// be less sure of their types than the model's, and the probabilities too low.
struct CalibrationEffort {
    int folds = 5; ///< 0 = no calibration
    int variations = 20; ///< of each held-out standard, on average
};

/// Errors: OptionInvalid naming the option.
[[nodiscard]] base::Result<void> validate(const CalibrationEffort& effort);

/// Before the network of a fold is trained.
struct CalibrationStep {
    int fold = 0; ///< 0-based
    int folds = 0;
};
using CalibrationObserver = std::function<void(const CalibrationStep&)>;

/// The observed cells of libraries, each once.
[[nodiscard]] std::vector<Cell> observedCells(const std::vector<Library>& libraries);

/// What a model makes of fresh variations of a fold's held-out standards, over the whole range of
/// resolution, velocity and signal to noise of its training. The backend has one of the model's
/// networks loaded then. Errors: those of standardsOf(); BackendFailed.
[[nodiscard]] base::Result<std::vector<HeldOutAnswer>> heldOutAnswers(const RobustModel& model,
    const Fold& fold, int variations, std::uint64_t seed, train::Backend& backend, int threads);

/// Trains networks like the first member of `config` without the standards of each fold in turn and
/// fits the calibration to what they make of them; `observed` are those of all libraries. A pure
/// function of its arguments, but for the last bits. It learns from the blue range, which every
/// answer rests on. Errors: those of makeFolds(), trainRobust() and heldOutAnswers().
[[nodiscard]] base::Result<Calibration> calibrate(const std::vector<Library>& libraries,
    const RobustConfig& config, const CalibrationEffort& effort, train::Backend& backend,
    const CalibrationObserver& observer, std::stop_token stop = {});

} // namespace maury::robust

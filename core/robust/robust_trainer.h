#pragma once

#include "core/base/result.h"
#include "core/robust/robust_config.h"
#include "core/robust/robust_model.h"
#include "core/robust/test_stars.h"
#include "core/train/backend.h"
#include "core/train/pause_gate.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace maury::robust {

/// What a run works on. Test library: on the grids of the others; where there is none, variations
/// of the standards that no step trains on take its place.
struct RobustData {
    std::vector<Library> libraries;
    std::optional<Library> test;
};

using TestStarsPtr = std::shared_ptr<const TestStars>;

/// What the network of the member that is being trained makes of the test stars, after an epoch and
/// before its EpochDone event.
struct EpochTest {
    TestStarsPtr stars;
    const mk::ClassScheme& scheme;
    const TestScore& score;
};
using TestObserver = std::function<void(const EpochTest&)>;

/// After a step of one member.
struct RobustStep {
    Range range = Range::Blue; ///< all members of the blue part come first
    int member = 0; ///< 0-based, of its part
    int step = 0;
    double loss = 0.0; ///< weighted mean of both heads
    double lossTemperature = 0.0;
    double lossLuminosity = 0.0;
    double learningRate = 0.0;
};
using RobustObserver = std::function<void(const RobustStep&)>;

struct RobustReport {
    RobustModel model;
    std::size_t standards = 0; ///< of the blue part
    std::size_t wideStandards = 0; ///< 0 = no wide part
    double seconds = 0.0; ///< of all members, without pauses
    double stepMilliseconds = 0.0; ///< median of the network's part
    double makeMilliseconds = 0.0; ///< median of making a batch of variations
    RobustStep last;
    std::vector<train::EpochDone> history; ///< of all members, from the first also when resumed
    std::vector<train::SettingChanged> changes;
    /// Ended by the stop token: the model has the members finished by then or, when there is none,
    /// the first one as it stood; no wide part when none of its members was finished.
    bool stopped = false;
    TestStarsPtr test; ///< of the blue part; null when nothing is scored
    TestScore score; ///< of all members of the blue part on `test`
};

/// Trains all members one after the other, also those of a wide part when a library reaches there
/// (the blue part is the same with or without), each for config.steps batches of fresh variations.
/// An epoch is kStepsPerEpoch steps of one member; epochs are counted over all members. Runs in the
/// calling thread until done or stopped, with a team for the variations.
class RobustTrainer {
public:
    /// A pure function of libraries, config (its nativeFwhmAngstrom aside, which is the sharpest
    /// library's), what the control changes, and, for the last bits, backend. Errors: those of
    /// standardsOf(); WavelengthsInvalid (the test atlas is on another grid), OptionInvalid,
    /// TrainingDiverged, BackendFailed.
    [[nodiscard]] static base::Result<RobustReport> run(const RobustConfig& config,
        const RobustData& data, train::Backend& backend, RobustControl& control,
        const train::TrainingObserver& observer, std::stop_token stop,
        const TestObserver& tested = {});

    /// Continues from config.checkpoint: equal to an uninterrupted run bit for bit on the CPU.
    /// Errors as run(), and those of reading the checkpoint; ModelMismatch when data or settings
    /// differ.
    [[nodiscard]] static base::Result<RobustReport> resume(const RobustConfig& config,
        const RobustData& data, train::Backend& backend, RobustControl& control,
        const train::TrainingObserver& observer, std::stop_token stop,
        const TestObserver& tested = {});
};

/// The same without a hand on it, and nothing scored. Errors: as RobustTrainer::run(); Cancelled.
[[nodiscard]] base::Result<RobustReport> trainRobust(const std::vector<Library>& libraries,
    const RobustConfig& config, train::Backend& backend, const RobustObserver& observer,
    std::stop_token stop = {});

} // namespace maury::robust

#pragma once

#include "core/base/result.h"
#include "core/robust/robust_model.h"
#include "core/train/backend.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::robust {

/// Every hyper-parameter of the robust protocol; the defaults are the measured recipe. Longer
/// training is worse: the network begins to know the standards by heart.
struct RobustConfig {
    std::vector<int> hidden { 512, 128 };
    double dropout = 0.2;
    double learningRate = 1e-3;
    double weightDecay = 0.01; ///< of weights, not of biases
    double momentum = 0.9; ///< AdamW's β₁
    double beta2 = 0.99;
    int batchSize = 256;
    int steps = 400;
    int warmUpSteps = 200;
    int members = 1;
    VariationSettings variation;
    std::uint64_t seed = 1;
    int threads = 0; ///< 0 = the machine's
};

/// Errors: OptionInvalid naming option, value and range.
[[nodiscard]] base::Result<void> validate(const RobustConfig& config);

/// The learning rate of a step (0-based): a linear warm-up times half a cosine.
[[nodiscard]] double rateOf(const RobustConfig& config, int step);

/// After a step of one member.
struct RobustStep {
    Range range = Range::Blue; ///< all members of the blue part come first
    int member = 0; ///< 0-based, of its part
    int step = 0;
    double loss = 0.0; ///< mean of both heads
    double lossTemperature = 0.0;
    double lossLuminosity = 0.0;
    double learningRate = 0.0;
};
using RobustObserver = std::function<void(const RobustStep&)>;

struct RobustReport {
    RobustModel model;
    std::size_t standards = 0; ///< of the blue part
    std::size_t wideStandards = 0; ///< 0 = no wide part
    double seconds = 0.0; ///< of all members
    double stepMilliseconds = 0.0; ///< median of the network's part
    double makeMilliseconds = 0.0; ///< median of making a batch of variations
    RobustStep last;
};

/// Trains all members, also of a wide part when a library reaches there: a pure function of
/// libraries, config (its nativeFwhmAngstrom aside, which is the sharpest library's) and, for the
/// last bits, backend. The blue part is the same with or without a wide one. Runs in the calling
/// thread, with a team for the variations. Errors: those of standardsOf();
/// OptionInvalid, TrainingDiverged, BackendFailed, Cancelled.
[[nodiscard]] base::Result<RobustReport> trainRobust(const std::vector<Library>& libraries,
    const RobustConfig& config, train::Backend& backend, const RobustObserver& observer,
    std::stop_token stop = {});

} // namespace maury::robust

#pragma once

#include "core/base/result.h"
#include "core/robust/variation.h"
#include "core/train/live_changes.h"
#include "core/train/training_control.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace maury::robust {

/// What may change in mid-run: the trainer reads it before every step. As every batch has fresh
/// variations, theirs act at once, too.
struct RobustLive {
    double learningRate = 1e-3; ///< before warm-up and cosine
    double dropout = 0.2;
    double weightDecay = 0.01; ///< of weights, not of biases
    double weightTemperature = 1.0; ///< of the heads in the loss
    double weightLuminosity = 1.0;
    VariationSettings variation;

    bool operator==(const RobustLive&) const = default;
};

/// Every hyper-parameter of the robust protocol; the defaults are the measured recipe. Longer
/// training is worse: the network begins to know the standards by heart.
struct RobustConfig : RobustLive {
    std::vector<int> hidden { 512, 128 };
    double momentum = 0.9; ///< AdamW's β₁
    double beta2 = 0.99;
    int batchSize = 256;
    int steps = 400;
    int warmUpSteps = 200;
    int members = 1;
    std::uint64_t seed = 1;
    int threads = 0; ///< 0 = the machine's
    /// Variations that no step trains on, drawn once, on which the network is scored after every
    /// epoch where the run has no other test set; 0: nothing is scored, not even the batches, which
    /// saves a twentieth of the time and changes nothing else.
    int heldOut = 512;
    std::filesystem::path checkpoint; ///< written after every epoch; empty: none

    [[nodiscard]] const RobustLive& live() const { return *this; }
    void setLive(const RobustLive& live) { static_cast<RobustLive&>(*this) = live; }
};

using RobustControl = train::LiveControl<RobustLive>;

/// Errors: OptionInvalid naming option, value and range.
[[nodiscard]] base::Result<void> validate(const RobustLive& live);
[[nodiscard]] base::Result<void> validate(const RobustConfig& config);

/// Everything that differs, in a fixed order, named as on the command line; empty when the settings
/// are equal.
[[nodiscard]] std::vector<train::LiveChange> liveChanges(
    const RobustLive& before, const RobustLive& after);

/// The learning rate of a step (0-based): a linear warm-up times half a cosine.
[[nodiscard]] double rateOf(const RobustConfig& config, int step);

/// What a run calls an epoch: so many steps of a member; its last epoch may have fewer.
inline constexpr int kStepsPerEpoch = 20;
[[nodiscard]] int epochsPerMember(const RobustConfig& config);

/// Where an epoch (0-based, counted over all members: first those of the blue part) belongs.
struct EpochPlace {
    Range range = Range::Blue;
    int member = 0; ///< 0-based, of its part
    int epoch = 0; ///< of the member
    int firstStep = 0; ///< of the member
};
[[nodiscard]] EpochPlace placeOf(const RobustConfig& config, int epoch);

/// All hyper-parameters as one JSON text (not the checkpoint's place): provenance, and what
/// resuming compares.
[[nodiscard]] std::string configToJson(const RobustConfig& config);
/// The inverse; `place` names the file in messages. Errors: FileDamaged, OptionInvalid.
[[nodiscard]] base::Result<RobustConfig> configFromJson(
    const std::string& text, const std::string& place);

} // namespace maury::robust

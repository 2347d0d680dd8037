#pragma once

#include "core/base/result.h"
#include "core/dataset/sample_set.h"
#include "core/nn/network_spec.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace maury::train {

enum class Optimizer { Sgd, Momentum, AdamW };
enum class Schedule { Constant, Halving, Cosine };
/// Of the factors of products on a device; sums are float32 in any case.
enum class Precision {
    Fp32,
    Tf32 ///< 10 bits after the binary point: relative errors of 5e-4 of a factor instead of 6e-8
};

[[nodiscard]] std::string toString(Optimizer optimizer); ///< "sgd", "momentum", "adamw"
/// Sets of moments that the optimiser remembers: 0 for SGD, 1 for momentum, 2 for AdamW.
[[nodiscard]] std::size_t momentCount(Optimizer optimizer);
[[nodiscard]] std::string toString(Precision precision); ///< "fp32", "tf32"
[[nodiscard]] std::string toString(Schedule schedule); ///< "constant", "halving", "cosine"
[[nodiscard]] base::Result<Optimizer> optimizerFromString(const std::string& name);
[[nodiscard]] base::Result<Schedule> scheduleFromString(const std::string& name);
[[nodiscard]] base::Result<Precision> precisionFromString(const std::string& name);

/// What may change in mid-run: the trainer reads it before every step.
struct LiveSettings {
    double learningRate = 0.01; ///< before the schedule's factor
    double weightSc = 2.0;
    double weightLc = 1.0;
    dataset::AugmentationSettings
        augmentation; ///< acts from the next epoch, in fresh-every-epoch runs

    bool operator==(const LiveSettings&) const = default;
};

/// Every hyper-parameter of a run; the defaults are the paper's (AutoClassMK, Short 2026).
struct TrainingConfig {
    std::vector<int> hidden { 768, 256, 64 };
    nn::Activation activation = nn::Activation::GeluTanh;
    nn::Initialisation initialisation = nn::Initialisation::Paper;
    Optimizer optimizer = Optimizer::Sgd;
    double momentum = 0.9; ///< momentum: velocity factor; adamw: β₁
    double beta2 = 0.99; ///< adamw
    double weightDecay = 0.0; ///< adamw, on weights only
    LiveSettings live;
    Schedule schedule = Schedule::Constant;
    int halvingEpochs = 50; ///< halving: the rate halves every so many epochs
    int batchSize = 200;
    int epochs = 250;
    int perSpectrumTrain = 300;
    int perSpectrumTest = 30;
    /// The paper's protocol takes the files as they are, zeros at the edges included.
    dataset::EdgePixels edges = dataset::EdgePixels::AsRead;
    bool freshEveryEpoch = false; ///< augment anew for every epoch instead of once
    std::uint64_t seed = 1;
    int threads = 0; ///< 0 = the machine's
    std::string backend = "auto"; ///< auto, reference, cpu, cuda
    Precision precision = Precision::Tf32; ///< on cuda; the others compute in fp32

    /// Checkpoints: none without a file. Beside FILE (the last epoch, for resuming) FILE.best keeps
    /// the best epoch and FILE.epochs/ the weights of every keepEvery-th epoch within the
    /// budget.
    std::filesystem::path checkpoint;
    int keepEvery = 1;
    std::uint64_t keepBudgetBytes = 512ULL << 20U;
};

/// Everything that can be checked without the data. Errors: OptionInvalid naming option, value and
/// range.
[[nodiscard]] base::Result<void> validate(const TrainingConfig& config);
[[nodiscard]] base::Result<void> validate(const LiveSettings& live);

/// Learning rate of an epoch (0-based) after the schedule's factor.
[[nodiscard]] double scheduledRate(const TrainingConfig& config, double baseRate, int epoch);

} // namespace maury::train

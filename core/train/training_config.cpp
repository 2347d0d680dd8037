#include "core/train/training_config.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace maury::train {
namespace {

using base::ErrorCode;

base::Result<void> inRange(
    const char* option, double value, double minimum, double maximum, bool openBelow = false)
{
    const bool above = openBelow ? value > minimum : value >= minimum;
    if (std::isfinite(value) && above && value <= maximum)
        return {};
    return base::failure(ErrorCode::OptionInvalid, option, fmt::format("{}", value),
        fmt::format("{} {} and at most {}", openBelow ? "above" : "at least", minimum, maximum));
}

/// Far beyond any use, so that a lesson can show how a run diverges.
constexpr double kMaximumRate = 1e9;

/// The first failure of a list of checks.
base::Result<void> firstFailure(std::initializer_list<base::Result<void>> checks)
{
    for (const auto& check : checks)
        if (!check)
            return check;
    return {};
}

} // namespace

std::string toString(Optimizer optimizer)
{
    switch (optimizer) {
    case Optimizer::Sgd:
        return "sgd";
    case Optimizer::Momentum:
        return "momentum";
    case Optimizer::AdamW:
        return "adamw";
    }
    return {};
}

std::size_t momentCount(Optimizer optimizer)
{
    switch (optimizer) {
    case Optimizer::Sgd:
        return 0;
    case Optimizer::Momentum:
        return 1;
    case Optimizer::AdamW:
        return 2;
    }
    return 0;
}

std::string toString(Precision precision)
{
    return precision == Precision::Fp32 ? "fp32" : "tf32";
}

std::string toString(Schedule schedule)
{
    switch (schedule) {
    case Schedule::Constant:
        return "constant";
    case Schedule::Halving:
        return "halving";
    case Schedule::Cosine:
        return "cosine";
    }
    return {};
}

base::Result<Optimizer> optimizerFromString(const std::string& name)
{
    for (const auto optimizer : { Optimizer::Sgd, Optimizer::Momentum, Optimizer::AdamW })
        if (toString(optimizer) == name)
            return optimizer;
    return base::failure(ErrorCode::OptionInvalid, "--optimizer", name, "sgd, momentum or adamw");
}

base::Result<Schedule> scheduleFromString(const std::string& name)
{
    for (const auto schedule : { Schedule::Constant, Schedule::Halving, Schedule::Cosine })
        if (toString(schedule) == name)
            return schedule;
    return base::failure(
        ErrorCode::OptionInvalid, "--schedule", name, "constant, halving or cosine");
}

base::Result<Precision> precisionFromString(const std::string& name)
{
    for (const auto precision : { Precision::Fp32, Precision::Tf32 })
        if (toString(precision) == name)
            return precision;
    return base::failure(ErrorCode::OptionInvalid, "--precision", name, "fp32 or tf32");
}

base::Result<void> validate(const LiveSettings& live)
{
    auto rates = firstFailure({ inRange("--lr", live.learningRate, 0.0, kMaximumRate, true),
        inRange("--weights-sc", live.weightSc, 0.0, 1000.0),
        inRange("--weights-lc", live.weightLc, 0.0, 1000.0) });
    if (!rates)
        return rates;
    if (live.weightSc + live.weightLc <= 0.0)
        return base::failure(ErrorCode::OptionInvalid, "--weights-sc and --weights-lc", "both 0",
            "at least one head with a weight above 0");
    return dataset::validate(live.augmentation);
}

base::Result<void> validate(const TrainingConfig& config)
{
    nn::NetworkSpec shape;
    shape.hidden = config.hidden;
    shape.scClasses = 2;
    return firstFailure({ nn::validate(shape), validate(config.live),
        inRange("--momentum", config.momentum, 0.0, 0.9999),
        inRange("--beta2", config.beta2, 0.0, 0.999999),
        inRange("--weight-decay", config.weightDecay, 0.0, 10.0),
        inRange("--halving-epochs", config.halvingEpochs, 1, 1e6),
        inRange("--batch", config.batchSize, 1, 1 << 20),
        inRange("--epochs", config.epochs, 1, 1e6),
        inRange("--per-spectrum", config.perSpectrumTrain, 0, 1e6),
        inRange("--per-spectrum-test", config.perSpectrumTest, 0, 1e6),
        inRange("--keep-every", config.keepEvery, 1, 1e6),
        inRange("--threads", config.threads, 0, 1024) });
}

double scheduledRate(const TrainingConfig& config, double baseRate, int epoch)
{
    switch (config.schedule) {
    case Schedule::Constant:
        return baseRate;
    case Schedule::Halving:
        return baseRate * std::pow(0.5, epoch / config.halvingEpochs);
    case Schedule::Cosine:
        return 0.5 * baseRate * (1.0 + std::cos(std::numbers::pi * epoch / config.epochs));
    }
    return baseRate;
}

} // namespace maury::train

#include "core/robust/robust_config.h"

#include "core/nn/network_spec.h"
#include "core/robust/range_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace maury::robust {
namespace {

using base::Result;
using nlohmann::json;

/// One number that may change in mid-run: its option and its place.
template <typename Live> auto liveNumbers(Live& live)
{
    auto& variation = live.variation;
    return std::array { std::pair { "lr", &live.learningRate },
        std::pair { "dropout", &live.dropout }, std::pair { "weight-decay", &live.weightDecay },
        std::pair { "weights-sc", &live.weightTemperature },
        std::pair { "weights-lc", &live.weightLuminosity },
        std::pair { "widest-fwhm", &variation.widestFwhmAngstrom },
        std::pair { "rotation-share", &variation.rotationShare },
        std::pair { "velocity-sigma", &variation.velocitySigmaKms },
        std::pair { "depth-sigma", &variation.depthSigma },
        std::pair { "depth-shape-sigma", &variation.depthShapeSigma },
        std::pair { "continuum-shape-sigma", &variation.continuumSigma },
        std::pair { "lowest-snr", &variation.lowestSignalToNoise },
        std::pair { "highest-snr", &variation.highestSignalToNoise },
        std::pair { "mix-share", &variation.mixShare } };
}

/// "weight_decay" for --weight-decay.
std::string keyOf(std::string option)
{
    std::replace(option.begin(), option.end(), '-', '_');
    return option;
}

} // namespace

Result<void> validate(const RobustLive& live)
{
    for (const auto& check : { inRange("--lr", live.learningRate, 1e-9, 1.0),
             inRange("--dropout", live.dropout, 0.0, 0.95),
             inRange("--weight-decay", live.weightDecay, 0.0, 10.0),
             inRange("--weights-sc", live.weightTemperature, 0.0, 1000.0),
             inRange("--weights-lc", live.weightLuminosity, 0.0, 1000.0),
             inRange("sum of --weights-sc and --weights-lc",
                 live.weightTemperature + live.weightLuminosity, 1e-6, 2000.0),
             validate(live.variation) })
        if (!check)
            return check;
    return {};
}

Result<void> validate(const RobustConfig& config)
{
    nn::NetworkSpec shape;
    shape.hidden = config.hidden;
    shape.scClasses = 2;
    for (const auto& check : { nn::validate(shape), validate(config.live()),
             inRange("--momentum", config.momentum, 0.0, 0.9999),
             inRange("--beta2", config.beta2, 0.0, 0.999999),
             inRange("--batch", config.batchSize, 1, 1 << 16),
             inRange("--steps", config.steps, 1, 1e7),
             inRange("--warm-up", config.warmUpSteps, 0, 1e7),
             inRange("--members", config.members, 1, 100),
             inRange("--threads", config.threads, 0, 1024),
             inRange("--held-out", config.heldOut, 0, 1 << 16) })
        if (!check)
            return check;
    return {};
}

std::vector<train::LiveChange> liveChanges(const RobustLive& before, const RobustLive& after)
{
    std::vector<train::LiveChange> changes;
    const auto old = liveNumbers(before);
    const auto now = liveNumbers(after);
    for (std::size_t i = 0; i < old.size(); ++i)
        if (*old.at(i).second != *now.at(i).second)
            changes.push_back({ old.at(i).first, *old.at(i).second, *now.at(i).second });
    return changes;
}

double rateOf(const RobustConfig& config, int step)
{
    const double warm = config.warmUpSteps > 0
        ? std::min(1.0, static_cast<double>(step + 1) / config.warmUpSteps)
        : 1.0;
    return config.learningRate * warm * 0.5
        * (1.0 + std::cos(std::numbers::pi * static_cast<double>(step) / config.steps));
}

int epochsPerMember(const RobustConfig& config)
{
    return (config.steps + kStepsPerEpoch - 1) / kStepsPerEpoch;
}

EpochPlace placeOf(const RobustConfig& config, int epoch)
{
    const int perMember = epochsPerMember(config);
    const int members = epoch / perMember;
    const int own = epoch % perMember;
    return { members < config.members ? Range::Blue : Range::Wide, members % config.members, own,
        own * kStepsPerEpoch };
}

std::string configToJson(const RobustConfig& config)
{
    json result { { "protocol", "robust" }, { "hidden", config.hidden },
        { "momentum", config.momentum }, { "beta2", config.beta2 }, { "batch", config.batchSize },
        { "steps", config.steps }, { "warm_up_steps", config.warmUpSteps },
        { "members", config.members }, { "seed", config.seed }, { "threads", config.threads },
        { "held_out", config.heldOut }, { "native_fwhm", config.variation.nativeFwhmAngstrom } };
    for (const auto& [name, value] : liveNumbers(config))
        result[keyOf(name)] = *value;
    return result.dump();
}

Result<RobustConfig> configFromJson(const std::string& text, const std::string& place)
{
    RobustConfig config;
    try {
        const json from = json::parse(text);
        from.at("hidden").get_to(config.hidden);
        from.at("momentum").get_to(config.momentum);
        from.at("beta2").get_to(config.beta2);
        from.at("batch").get_to(config.batchSize);
        from.at("steps").get_to(config.steps);
        from.at("warm_up_steps").get_to(config.warmUpSteps);
        from.at("members").get_to(config.members);
        from.at("seed").get_to(config.seed);
        from.at("threads").get_to(config.threads);
        from.at("held_out").get_to(config.heldOut);
        from.at("native_fwhm").get_to(config.variation.nativeFwhmAngstrom);
        for (const auto& [name, value] : liveNumbers(config))
            from.at(keyOf(name)).get_to(*value);
    } catch (const json::exception& error) {
        return base::failure(base::ErrorCode::FileDamaged, place + ", training settings",
            error.what(), "the settings of a robust training as JSON");
    }
    if (const auto valid = validate(config); !valid)
        return base::failureIn(valid.error(), "in the settings stored in " + place);
    return config;
}

} // namespace maury::robust

#include "core/gon/gon_config.h"

#include "core/gon/coordinates.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

template <typename Value, std::size_t count>
using Names = std::array<std::pair<Value, std::string_view>, count>;

constexpr Names<DecoderKind, 4> kDecoders { { { DecoderKind::Dense, "dense" },
    { DecoderKind::Siren, "siren" }, { DecoderKind::Fourier, "fourier" },
    { DecoderKind::Linear, "linear" } } };
constexpr Names<InferenceKind, 5> kInferences { { { InferenceKind::OneStep, "one-step" },
    { InferenceKind::Detached, "detached" }, { InferenceKind::LearnedStep, "learned" },
    { InferenceKind::GaussNewton, "gauss-newton" }, { InferenceKind::Encoder, "encoder" } } };
constexpr Names<Activation, 5> kActivations { { { Activation::Gelu, "gelu" },
    { Activation::Silu, "silu" }, { Activation::Sine, "sine" }, { Activation::Elu, "elu" },
    { Activation::Softplus, "softplus" } } };

template <typename Value, std::size_t count>
std::string nameOf(const Names<Value, count>& names, Value value)
{
    for (const auto& [known, name] : names)
        if (known == value)
            return std::string(name);
    return {};
}

template <typename Value, std::size_t count>
Result<Value> valueOf(
    const Names<Value, count>& names, const std::string& name, const char* option)
{
    std::string expected;
    for (const auto& [known, knownName] : names) {
        if (knownName == name)
            return known;
        expected += (expected.empty() ? "" : ", ") + std::string(knownName);
    }
    return base::failure(ErrorCode::OptionInvalid, option, name, expected);
}

Result<void> inRange(const char* option, double value, double lowest, double highest)
{
    if (value >= lowest && value <= highest)
        return {};
    return base::failure(ErrorCode::OptionInvalid, option, fmt::format("{:g}", value),
        fmt::format("{:g} to {:g}", lowest, highest));
}

/// Options that do not go together.
Result<void> checkCombination(const GonConfig& config)
{
    const auto refuse = [](const char* option, const char* found, const char* expected) {
        return base::failure(ErrorCode::OptionInvalid, option, found, expected);
    };
    if (config.inference == InferenceKind::Encoder && config.decoder.kind != DecoderKind::Dense)
        return refuse("--decoder", "a decoder without hidden layers or of the wavelength",
            "dense, for an autoencoder");
    if (config.decoder.kind == DecoderKind::Linear
        && config.inference != InferenceKind::GaussNewton)
        return refuse("--inference", "steps or an encoder", "gauss-newton, for a linear decoder");
    if (config.variational && config.inference == InferenceKind::Encoder)
        return refuse("--variational", "an encoder", "an inference through the decoder");
    if (config.decoder.kind != DecoderKind::Linear && config.decoder.hidden.empty())
        return refuse("--hidden", "no layer", "at least one hidden layer");
    if (config.backend != "auto" && config.backend != "cpu" && config.backend != "reference"
        && config.backend != "cuda")
        return base::failure(ErrorCode::OptionInvalid, "--backend", config.backend,
            "auto, cpu, reference or cuda");
    return {};
}

json decoderJson(const DecoderSpec& spec)
{
    const CoordinateSpec& of = spec.coordinates;
    return { { "kind", toString(spec.kind) }, { "latent", spec.latent }, { "hidden", spec.hidden },
        { "activation", toString(spec.activation) }, { "skip", spec.skip }, { "siren", of.siren },
        { "features", of.features }, { "cycles", of.cyclesPerSegment },
        { "segment", of.segmentAngstrom } };
}

DecoderSpec decoderOf(const json& from)
{
    DecoderSpec spec;
    const auto kind = decoderFromString(from.at("kind").get<std::string>());
    const auto activation = activationFromString(from.at("activation").get<std::string>());
    if (!kind || !activation)
        throw json::other_error::create(501, "no decoder or activation of that name", &from);
    spec.kind = *kind;
    spec.activation = *activation;
    from.at("latent").get_to(spec.latent);
    from.at("hidden").get_to(spec.hidden);
    from.at("skip").get_to(spec.skip);
    from.at("siren").get_to(spec.coordinates.siren);
    from.at("features").get_to(spec.coordinates.features);
    from.at("cycles").get_to(spec.coordinates.cyclesPerSegment);
    from.at("segment").get_to(spec.coordinates.segmentAngstrom);
    return spec;
}

/// Every number of a configuration by its name; for writing and reading alike.
template <typename Config, typename Visitor> void visitNumbers(Config& config, Visitor&& visit)
{
    visit("lr", config.learningRate);
    visit("hidden_share", config.hiddenShare);
    visit("step_size", config.stepSize);
    visit("variational", config.variational);
    visit("windows", config.windows);
    visit("window_weight", config.windowWeight);
    visit("momentum", config.momentum);
    visit("beta2", config.beta2);
    visit("clip", config.clip);
    visit("batch", config.batchSize);
    visit("steps", config.steps);
    visit("warm_up_steps", config.warmUpSteps);
    visit("seed", config.seed);
    visit("threads", config.threads);
    visit("backend", config.backend);
}

} // namespace

std::string toString(DecoderKind kind)
{
    return nameOf(kDecoders, kind);
}
std::string toString(InferenceKind kind)
{
    return nameOf(kInferences, kind);
}
std::string toString(Activation activation)
{
    return nameOf(kActivations, activation);
}
Result<DecoderKind> decoderFromString(const std::string& name)
{
    return valueOf(kDecoders, name, "--decoder");
}
Result<InferenceKind> inferenceFromString(const std::string& name)
{
    return valueOf(kInferences, name, "--inference");
}
Result<Activation> activationFromString(const std::string& name)
{
    return valueOf(kActivations, name, "--activation");
}

Result<void> validate(const GonLive& live)
{
    for (const auto& check : { inRange("--lr", live.learningRate, 0.0, 1e6),
             inRange("--hidden-share", live.hiddenShare, 0.0, 1.0) })
        if (!check)
            return check;
    return {};
}

Result<void> validate(const GonConfig& config)
{
    const DecoderSpec& spec = config.decoder;
    for (const auto& check :
        { validate(config.live()), inRange("--latent", spec.latent, 2, 512),
            inRange("--hidden", static_cast<double>(spec.hidden.size()), 0, 12),
            inRange("--siren-frequency", spec.coordinates.siren, 0.1, 1000.0),
            inRange("--features", spec.coordinates.features, 1, 4096),
            inRange("--cycles", spec.coordinates.cyclesPerSegment, 0.0, 1e5),
            inRange("--segment", spec.coordinates.segmentAngstrom, 1.0, 1e6),
            inRange("--step-size", config.stepSize, 1e-9, 1e6),
            inRange("--window-weight", config.windowWeight, 1e-3, 1e3),
            inRange("--momentum", config.momentum, 0.0, 0.9999),
            inRange("--beta2", config.beta2, 0.0, 0.99999),
            inRange("--clip", config.clip, 1e-6, 1e12), inRange("--batch", config.batchSize, 1, 4096),
            inRange("--train-steps", config.steps, 1, 1e7),
            inRange("--warm-up", config.warmUpSteps, 0, 1e7),
            inRange("--threads", config.threads, 0, 1024), checkCombination(config) })
        if (!check)
            return check;
    for (const int width : spec.hidden)
        if (const auto check = inRange("--hidden", width, 1, 16384); !check)
            return check;
    return {};
}

GonConfig defaultsFor(InferenceKind inference, DecoderKind decoder)
{
    GonConfig config;
    config.inference = inference;
    config.decoder.kind = decoder;
    const bool gaussNewton = inference == InferenceKind::GaussNewton;
    config.decoder.skip = gaussNewton && decoder == DecoderKind::Dense;
    if (!gaussNewton) {
        config.decoder.activation = Activation::Silu;
        config.hiddenShare = 0.0; // as published: a step knows nothing of what is hidden
    }
    // From random weights 800 steps at 1e-3 end far too early; without its second-order term a step
    // does not bear more.
    if (inference == InferenceKind::OneStep || inference == InferenceKind::LearnedStep)
        config.learningRate = 1e-2;
    if (inference == InferenceKind::Encoder)
        config.learningRate = 3e-3;
    if (isCoordinate(decoder)) {
        config.decoder.hidden = { 256, 256, 256, 256 };
        config.decoder.activation
            = decoder == DecoderKind::Siren ? Activation::Sine : Activation::Gelu;
        config.batchSize = 8;
        config.learningRate = decoder == DecoderKind::Siren ? 1e-4 : 1e-3;
    }
    if (decoder == DecoderKind::Linear)
        config.decoder.hidden.clear();
    return config;
}

GonConfig withKinds(const GonConfig& config, InferenceKind inference, DecoderKind decoder)
{
    const GonConfig before = defaultsFor(config.inference, config.decoder.kind);
    const GonConfig after = defaultsFor(inference, decoder);
    GonConfig result = config;
    result.inference = inference;
    result.decoder.kind = decoder;
    const auto follow = [](auto& value, const auto& old, const auto& fresh) {
        if (value == old)
            value = fresh;
    };
    follow(result.decoder.hidden, before.decoder.hidden, after.decoder.hidden);
    follow(result.decoder.activation, before.decoder.activation, after.decoder.activation);
    follow(result.decoder.skip, before.decoder.skip, after.decoder.skip);
    follow(result.batchSize, before.batchSize, after.batchSize);
    follow(result.learningRate, before.learningRate, after.learningRate);
    follow(result.hiddenShare, before.hiddenShare, after.hiddenShare);
    return result;
}

std::vector<train::LiveChange> liveChanges(const GonLive& before, const GonLive& after)
{
    std::vector<train::LiveChange> changes;
    if (before.learningRate != after.learningRate)
        changes.push_back({ "lr", before.learningRate, after.learningRate });
    if (before.hiddenShare != after.hiddenShare)
        changes.push_back({ "hidden-share", before.hiddenShare, after.hiddenShare });
    return changes;
}

double rateOf(const GonConfig& config, int step)
{
    const double warm = config.warmUpSteps > 0
        ? std::min(1.0, static_cast<double>(step + 1) / config.warmUpSteps)
        : 1.0;
    return config.learningRate * warm * 0.5
        * (1.0 + std::cos(std::numbers::pi * static_cast<double>(step) / config.steps));
}

int epochsOf(const GonConfig& config)
{
    return (config.steps + kStepsPerEpoch - 1) / kStepsPerEpoch;
}

std::string configToJson(const GonConfig& config)
{
    json result { { "protocol", "gon" }, { "decoder", decoderJson(config.decoder) },
        { "inference", toString(config.inference) } };
    visitNumbers(config, [&](const char* name, const auto& value) { result[name] = value; });
    return result.dump();
}

Result<GonConfig> configFromJson(const std::string& text, const std::string& place)
{
    GonConfig config;
    try {
        const json from = json::parse(text);
        config.decoder = decoderOf(from.at("decoder"));
        const auto inference = inferenceFromString(from.at("inference").get<std::string>());
        if (!inference)
            return base::failureIn(inference.error(), "in the settings stored in " + place);
        config.inference = *inference;
        visitNumbers(config, [&](const char* name, auto& value) { from.at(name).get_to(value); });
    } catch (const json::exception& error) {
        return base::failure(ErrorCode::FileDamaged, place + ", training settings", error.what(),
            "the settings of a Gradient Origin Network as JSON");
    }
    if (const auto valid = validate(config); !valid)
        return base::failureIn(valid.error(), "in the settings stored in " + place);
    return config;
}

} // namespace maury::gon

#include "core/train/config_json.h"

#include <nlohmann/json.hpp>

namespace maury::train {
namespace {

using nlohmann::json;

json toJson(const dataset::AugmentationSettings& settings)
{
    return { { "registration_sigma_angstrom", settings.registrationSigmaAngstrom },
        { "registration_linear_sigma", settings.registrationLinearSigma },
        { "doppler_sigma_kms", settings.dopplerSigmaKms },
        { "continuum_sigma0", settings.continuumSigma0 },
        { "continuum_sigma1", settings.continuumSigma1 },
        { "continuum_sigma2", settings.continuumSigma2 },
        { "broadening_sigma_pixels", settings.broadeningSigmaPixels }, { "gain", settings.gain },
        { "noise", settings.noise == dataset::NoiseLaw::Poisson ? "poisson" : "gaussian" } };
}

dataset::AugmentationSettings augmentationFrom(const json& from)
{
    dataset::AugmentationSettings settings;
    from.at("registration_sigma_angstrom").get_to(settings.registrationSigmaAngstrom);
    from.at("registration_linear_sigma").get_to(settings.registrationLinearSigma);
    from.at("doppler_sigma_kms").get_to(settings.dopplerSigmaKms);
    from.at("continuum_sigma0").get_to(settings.continuumSigma0);
    from.at("continuum_sigma1").get_to(settings.continuumSigma1);
    from.at("continuum_sigma2").get_to(settings.continuumSigma2);
    from.at("broadening_sigma_pixels").get_to(settings.broadeningSigmaPixels);
    from.at("gain").get_to(settings.gain);
    settings.noise
        = from.at("noise") == "gaussian" ? dataset::NoiseLaw::Gaussian : dataset::NoiseLaw::Poisson;
    return settings;
}

template <typename T> base::Result<void> assign(T& target, base::Result<T> source)
{
    if (!source)
        return base::failureIn(source.error(), "in the stored settings");
    target = *source;
    return {};
}

} // namespace

std::string configToJson(const TrainingConfig& config)
{
    return json {
        { "hidden", config.hidden }, { "activation", toString(config.activation) },
        { "init", toString(config.initialisation) }, { "optimizer", toString(config.optimizer) },
        { "momentum", config.momentum }, { "beta2", config.beta2 },
        { "weight_decay", config.weightDecay }, { "lr", config.live.learningRate },
        { "weights_sc", config.live.weightSc }, { "weights_lc", config.live.weightLc },
        { "augmentation", toJson(config.live.augmentation) },
        { "schedule", toString(config.schedule) }, { "halving_epochs", config.halvingEpochs },
        { "batch", config.batchSize }, { "epochs", config.epochs },
        { "per_spectrum", config.perSpectrumTrain },
        { "per_spectrum_test", config.perSpectrumTest }, { "fresh", config.freshEveryEpoch },
        { "edges", toString(config.edges) },
        { "seed", config.seed }, { "threads", config.threads }, { "backend", config.backend },
        { "precision", toString(config.precision) },
        { "keep_every", config.keepEvery }, { "keep_budget_bytes", config.keepBudgetBytes }
    }.dump();
}

base::Result<TrainingConfig> configFromJson(const std::string& text, const std::string& place)
{
    TrainingConfig config;
    try {
        const json from = json::parse(text);
        from.at("hidden").get_to(config.hidden);
        for (const auto& result :
            { assign(config.activation, nn::activationFromString(from.at("activation"))),
                assign(config.initialisation, nn::initialisationFromString(from.at("init"))),
                assign(config.optimizer, optimizerFromString(from.at("optimizer"))),
                assign(config.schedule, scheduleFromString(from.at("schedule"))),
                // Checkpoints of before there was a choice have none.
                assign(config.precision, precisionFromString(from.value("precision", "tf32"))) })
            if (!result)
                return base::failureIn(result.error(), place);
        from.at("momentum").get_to(config.momentum);
        from.at("beta2").get_to(config.beta2);
        from.at("weight_decay").get_to(config.weightDecay);
        from.at("lr").get_to(config.live.learningRate);
        from.at("weights_sc").get_to(config.live.weightSc);
        from.at("weights_lc").get_to(config.live.weightLc);
        config.live.augmentation = augmentationFrom(from.at("augmentation"));
        from.at("halving_epochs").get_to(config.halvingEpochs);
        from.at("batch").get_to(config.batchSize);
        from.at("epochs").get_to(config.epochs);
        from.at("per_spectrum").get_to(config.perSpectrumTrain);
        from.at("per_spectrum_test").get_to(config.perSpectrumTest);
        from.at("fresh").get_to(config.freshEveryEpoch);
        config.edges = from.at("edges") == toString(dataset::EdgePixels::AsRead) ? dataset::EdgePixels::AsRead
                                                    : dataset::EdgePixels::Filled;
        from.at("seed").get_to(config.seed);
        from.at("threads").get_to(config.threads);
        from.at("backend").get_to(config.backend);
        from.at("keep_every").get_to(config.keepEvery);
        from.at("keep_budget_bytes").get_to(config.keepBudgetBytes);
    } catch (const json::exception& error) {
        return base::failure(base::ErrorCode::FileDamaged, place + ", training settings",
            error.what(), "the settings of a training run as JSON");
    }
    if (const auto valid = validate(config); !valid)
        return base::failureIn(valid.error(), "in the settings stored in " + place);
    return config;
}

} // namespace maury::train

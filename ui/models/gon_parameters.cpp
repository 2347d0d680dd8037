#include "ui/models/gon_parameters.h"

#include "core/gon/gon_backend.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace maury::ui {
namespace {

using gon::GonConfig;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::GonParameters)
};

/// The ends of a slider and how far the field goes beyond.
struct Range {
    double low = 0.0;
    double high = 1.0;
    double fieldLow = 0.0;
    double fieldHigh = 1.0;
    bool logarithmic = false;
};

template <typename Number>
GonParameter made(const char* id, bool live, const QString& label, const QString& tip, Range range,
    std::function<Number&(GonConfig&)> number)
{
    GonParameter parameter;
    parameter.id = id;
    parameter.live = live;
    parameter.get = [number](const GonConfig& config) {
        GonConfig copy = config;
        return static_cast<double>(number(copy));
    };
    parameter.set = [number](GonConfig& config, double value) {
        if constexpr (std::is_integral_v<Number>)
            number(config) = static_cast<Number>(std::lround(value));
        else
            number(config) = value;
    };
    ParameterSpec& spec = parameter.spec;
    spec.label = label;
    spec.toolTip = tip;
    spec.low = range.low;
    spec.high = range.high;
    spec.fieldLow = range.fieldLow;
    spec.fieldHigh = range.fieldHigh;
    spec.logarithmic = range.logarithmic;
    spec.whole = std::is_integral_v<Number>;
    spec.ofPaper = false;
    spec.paper = parameter.get(GonConfig {});
    return parameter;
}

} // namespace

std::vector<GonParameter> gonParameters()
{
    return {
        made<double>(
            "lr", true, Text::tr("Learning rate"),
            Text::tr("Adam's, before warm-up and cosine; may change in mid-run"),
            { 1e-5, 0.1, 0.0, 10.0, true },
            [](GonConfig& config) -> double& { return config.learningRate; }),
        made<double>(
            "hidden-share", true, Text::tr("Hidden share"),
            Text::tr("Share of the batches in which half of the spectra have a block hidden, so "
                     "that the network learns to repair; may change in mid-run"),
            { 0.0, 1.0, 0.0, 1.0 }, [](GonConfig& config) -> double& { return config.hiddenShare; }),
        made<int>(
            "latent", false, Text::tr("Latent numbers"),
            Text::tr("How many numbers describe a spectrum: the dimensions of its code"),
            { 2.0, 64.0, 2.0, 512.0 },
            [](GonConfig& config) -> int& { return config.decoder.latent; }),
        made<int>(
            "train-steps", false, Text::tr("Steps"), Text::tr("Batches of the run"),
            { 20.0, 4000.0, 1.0, 1e6, true },
            [](GonConfig& config) -> int& { return config.steps; }),
        made<int>(
            "batch", false, Text::tr("Batch size"), Text::tr("Spectra in one step"),
            { 1.0, 256.0, 1.0, 4096.0 }, [](GonConfig& config) -> int& { return config.batchSize; }),
        made<double>(
            "step-size", false, Text::tr("Step size"),
            Text::tr("How far the one step towards a code goes; of learned steps where they begin"),
            { 0.01, 10.0, 1e-9, 1e6, true },
            [](GonConfig& config) -> double& { return config.stepSize; }),
        made<int>(
            "warm-up", false, Text::tr("Warm-up"), Text::tr("Steps over which the rate rises"),
            { 0.0, 200.0, 0.0, 1e6 },
            [](GonConfig& config) -> int& { return config.warmUpSteps; }),
    };
}

QString gonObstacle(const GonConfig& config)
{
    const bool encoder = config.inference == gon::InferenceKind::Encoder;
    if (encoder && config.decoder.kind != gon::DecoderKind::Dense)
        return Text::tr("An autoencoder draws all pixels at once: choose the dense decoder, or "
                        "another way to the code");
    if (encoder && config.variational)
        return Text::tr("An autoencoder has no posterior: leave the variational one out, or choose "
                        "another way to the code");
    const gon::NetworkSetup setup { config.decoder, config.inference, config.stepSize,
        config.variational, {}, static_cast<std::size_t>(config.batchSize), 1 };
    if (config.backend == "cuda" && !gon::deviceObstacle(setup).empty())
        return Text::tr("The GPU runs dense decoders whose codes are points and found through the "
                        "decoder: choose another backend, or these");
    return {};
}

QString gonParameterLabel(const std::string& id)
{
    const auto all = gonParameters();
    const auto found = std::find_if(
        all.begin(), all.end(), [&id](const GonParameter& each) { return each.id == id; });
    return found == all.end() ? QString::fromStdString(id) : found->spec.label;
}

} // namespace maury::ui

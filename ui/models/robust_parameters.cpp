#include "ui/models/robust_parameters.h"

#include <QCoreApplication>

#include <cmath>

namespace maury::ui {
namespace {

using robust::RobustConfig;
using robust::RobustLive;
using robust::VariationSettings;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::RobustParameters)
};

/// The ends of a slider and how far the field goes beyond.
struct Range {
    double low = 0.0;
    double high = 1.0;
    double fieldHigh = 1.0;
    bool logarithmic = false;
};

ParameterSpec specOf(const QString& label, const QString& unit, const QString& tip, Range range)
{
    ParameterSpec spec { label, unit, tip, 0.0, range.low, range.high, range.fieldHigh,
        range.logarithmic, false };
    spec.ofPaper = false;
    return spec;
}

RobustParameter made(const char* id, ParameterGroup group, ParameterScope scope, ParameterSpec spec,
    std::function<double(const RobustRequest&)> get,
    std::function<void(RobustRequest&, double)> set)
{
    spec.paper = get(RobustRequest {});
    return { id, group, scope, std::move(spec), std::move(get), std::move(set) };
}

RobustParameter live(const char* id, const ParameterSpec& spec, double RobustLive::*member)
{
    return made(
        id, ParameterGroup::Training, ParameterScope::Live, spec,
        [member](const RobustRequest& request) { return request.config.*member; },
        [member](RobustRequest& request, double value) { request.config.*member = value; });
}

RobustParameter variation(
    const char* id, const ParameterSpec& spec, double VariationSettings::*member)
{
    return made(
        id, ParameterGroup::Augmentation, ParameterScope::Live, spec,
        [member](const RobustRequest& request) { return request.config.variation.*member; },
        [member](
            RobustRequest& request, double value) { request.config.variation.*member = value; });
}

RobustParameter optimiser(const char* id, const ParameterSpec& spec, double RobustConfig::*member)
{
    return made(
        id, ParameterGroup::Optimiser, ParameterScope::BeforeRun, spec,
        [member](const RobustRequest& request) { return request.config.*member; },
        [member](RobustRequest& request, double value) { request.config.*member = value; });
}

RobustParameter whole(
    const char* id, ParameterGroup group, ParameterSpec spec, int RobustConfig::*member)
{
    spec.whole = true;
    return made(
        id, group, ParameterScope::BeforeRun, std::move(spec),
        [member](const RobustRequest& request) { return request.config.*member; },
        [member](RobustRequest& request, double value) {
            request.config.*member = static_cast<int>(std::lround(value));
        });
}

void addTraining(std::vector<RobustParameter>& list)
{
    using Group = ParameterGroup;
    list.push_back(live("lr",
        specOf(Text::tr("Learning rate"), {},
            Text::tr("AdamW's, before warm-up and cosine; may change in mid-run"),
            { 1e-5, 0.1, 1.0, true }),
        &RobustLive::learningRate));
    list.push_back(live("weights-sc",
        specOf(Text::tr("SC weight"), {},
            Text::tr("Weight of the temperature head in the loss; may change in mid-run"),
            { 0.0, 10.0, 1000.0 }),
        &RobustLive::weightTemperature));
    list.push_back(live("weights-lc",
        specOf(Text::tr("LC weight"), {},
            Text::tr("Weight of the luminosity head in the loss; may change in mid-run"),
            { 0.0, 10.0, 1000.0 }),
        &RobustLive::weightLuminosity));
    list.push_back(live("dropout",
        specOf(Text::tr("Dropout"), {},
            Text::tr("Share of the hidden units that are silent in a step; may change in mid-run"),
            { 0.0, 0.9, 0.95 }),
        &RobustLive::dropout));
    list.push_back(live("weight-decay",
        specOf(Text::tr("Weight decay"), {},
            Text::tr("How much the weights shrink in each step, times the learning rate; may "
                     "change in mid-run"),
            { 0.0, 0.5, 10.0 }),
        &RobustLive::weightDecay));
    list.push_back(whole("steps", Group::Training,
        specOf(Text::tr("Steps"), {},
            Text::tr("Batches of fresh variations for each member; many more are worse: the "
                     "network begins to know the standards by heart"),
            { 20.0, 2000.0, 1e7, true }),
        &RobustConfig::steps));
    list.push_back(whole("members", Group::Training,
        specOf(Text::tr("Members"), {}, Text::tr("Networks whose answers are averaged"),
            { 1.0, 10.0, 100.0 }),
        &RobustConfig::members));
    list.push_back(whole("batch", Group::Training,
        specOf(Text::tr("Batch size"), {}, Text::tr("Variations in one step of the optimiser"),
            { 16.0, 1024.0, 65536.0, true }),
        &RobustConfig::batchSize));
    list.push_back(whole("warm-up", Group::Optimiser,
        specOf(Text::tr("Warm-up"), Text::tr("steps"),
            Text::tr("Steps over which the learning rate rises"), { 0.0, 1000.0, 1e7 }),
        &RobustConfig::warmUpSteps));
    list.push_back(optimiser("momentum",
        specOf(Text::tr("Momentum"), {}, Text::tr("Part of the step before that is kept: β₁"),
            { 0.0, 0.999, 0.9999 }),
        &RobustConfig::momentum));
    list.push_back(optimiser("beta2",
        specOf(Text::tr("AdamW β₂"), {},
            Text::tr("How long AdamW remembers the size of the gradients"),
            { 0.9, 0.9999, 0.999999 }),
        &RobustConfig::beta2));
}

void addVariations(std::vector<RobustParameter>& list)
{
    const auto add = [&list](const char* id, const QString& label, const QString& unit,
                         const QString& tip, Range range, double VariationSettings::*member) {
        list.push_back(variation(id, specOf(label, unit, tip, range), member));
    };
    using Settings = VariationSettings;
    add("widest-fwhm", Text::tr("Worst resolution"), Text::tr("Å"),
        Text::tr("Each variation has a resolution between its library's and this"),
        { 2.0, 12.0, 100.0 }, &Settings::widestFwhmAngstrom);
    add("velocity-sigma", Text::tr("Velocity σ"), Text::tr("km/s"),
        Text::tr("Radial velocities of the variations"), { 0.0, 300.0, 1000.0 },
        &Settings::velocitySigmaKms);
    add("rotation-share", Text::tr("Rotation"), {},
        Text::tr("Share of the variations of hot stars that rotate"), { 0.0, 1.0, 1.0 },
        &Settings::rotationShare);
    add("mix-share", Text::tr("Mixtures"), {},
        Text::tr("Share of the variations that are mixed with a neighbouring type"),
        { 0.0, 1.0, 1.0 }, &Settings::mixShare);
    add("depth-sigma", Text::tr("Line depth σ"), {}, Text::tr("Of all lines alike"),
        { 0.0, 0.5, 1.0 }, &Settings::depthSigma);
    add("depth-shape-sigma", Text::tr("Depth shape σ"), {},
        Text::tr("Of the depth of the lines along the spectrum"), { 0.0, 0.5, 1.0 },
        &Settings::depthShapeSigma);
    add("continuum-shape-sigma", Text::tr("Continuum σ"), {},
        Text::tr("Of the shape of the continuum"), { 0.0, 0.5, 1.0 }, &Settings::continuumSigma);
    add("lowest-snr", Text::tr("Worst S/N"), {},
        Text::tr("Signal to noise of a pixel; evenly in its logarithm up to the best"),
        { 2.0, 100.0, 1e6, true }, &Settings::lowestSignalToNoise);
    add("highest-snr", Text::tr("Best S/N"), {}, Text::tr("Signal to noise of a pixel"),
        { 100.0, 5000.0, 1e6, true }, &Settings::highestSignalToNoise);
}

void addData(std::vector<RobustParameter>& list)
{
    list.push_back(whole("held-out", ParameterGroup::Data,
        specOf(Text::tr("Test variations"), {},
            Text::tr("Variations that no step trains on, for the curves; without stars of known "
                     "type"),
            { 0.0, 4096.0, 65536.0 }),
        &RobustConfig::heldOut));
    ParameterSpec folds = specOf(Text::tr("Calibration folds"), {},
        Text::tr("Parts of the standards held out in turn to learn how far answers can be trusted; "
                 "each takes the time of one member; 0 = none"),
        { 0.0, 10.0, 20.0 });
    folds.whole = true;
    list.push_back(made(
        "calibrate", ParameterGroup::Data, ParameterScope::BeforeRun, folds,
        [](const RobustRequest& request) { return request.calibrationFolds; },
        [](RobustRequest& request, double value) {
            request.calibrationFolds = static_cast<int>(std::lround(value));
        }));
}

} // namespace

std::vector<RobustParameter> robustParameters()
{
    std::vector<RobustParameter> list;
    addTraining(list);
    addVariations(list);
    addData(list);
    return list;
}

QString settingLabel(Protocol protocol, const std::string& id)
{
    if (protocol == Protocol::Paper)
        return parameterLabel(id);
    for (const RobustParameter& parameter : robustParameters())
        if (parameter.id == id)
            return parameter.spec.label;
    return QString::fromStdString(id);
}

double robustSeconds(const RobustRequest& request, double samplesPerSecond)
{
    const robust::RobustConfig& config = request.config;
    const double networks = config.members + request.calibrationFolds;
    return networks * config.steps * static_cast<double>(config.batchSize) / samplesPerSecond;
}

} // namespace maury::ui

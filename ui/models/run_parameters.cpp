#include "ui/models/run_parameters.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace maury::ui {
namespace {

using train::TrainingConfig;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::RunParameters)
};

RunParameter whole(
    const char* id, ParameterGroup group, const ParameterSpec& spec, int TrainingConfig::*member)
{
    ParameterSpec integer = spec;
    integer.whole = true;
    integer.paper = TrainingConfig {}.*member;
    return { id, group, ParameterScope::BeforeRun, integer,
        [member](const TrainingConfig& config) { return config.*member; },
        [member](TrainingConfig& config, double value) {
            config.*member = static_cast<int>(std::lround(value));
        },
        {} };
}

/// A setting of the optimiser that the paper's plain SGD does not have.
RunParameter optimiser(const char* id, const ParameterSpec& spec, double TrainingConfig::*member,
    const std::function<QString(const TrainingConfig&)>& idle)
{
    ParameterSpec known = spec;
    known.ofPaper = false;
    known.paper = TrainingConfig {}.*member;
    return { id, ParameterGroup::Optimiser, ParameterScope::BeforeRun, known,
        [member](const TrainingConfig& config) { return config.*member; },
        [member](TrainingConfig& config, double value) { config.*member = value; }, idle };
}

RunParameter live(const char* id, const ParameterSpec& spec, double train::LiveSettings::*member)
{
    ParameterSpec known = spec;
    known.paper = train::LiveSettings {}.*member;
    return { id, ParameterGroup::Training, ParameterScope::Live, known,
        [member](const TrainingConfig& config) { return config.live.*member; },
        [member](TrainingConfig& config, double value) { config.live.*member = value; }, {} };
}

RunParameter sigma(
    const char* id, const ParameterSpec& spec, double dataset::AugmentationSettings::*member)
{
    ParameterSpec known = spec;
    known.paper = dataset::AugmentationSettings {}.*member;
    return { id, ParameterGroup::Augmentation, ParameterScope::LiveWhenFresh, known,
        [member](const TrainingConfig& config) { return config.live.augmentation.*member; },
        [member](
            TrainingConfig& config, double value) { config.live.augmentation.*member = value; },
        {} };
}

ParameterSpec linear(const QString& label, const QString& unit, const QString& tip, double low,
    double high, double fieldHigh)
{
    return { label, unit, tip, 0.0, low, high, fieldHigh, false, false };
}

ParameterSpec logarithmic(const QString& label, const QString& unit, const QString& tip, double low,
    double high, double fieldHigh)
{
    return { label, unit, tip, 0.0, low, high, fieldHigh, true, false };
}

void addTraining(std::vector<RunParameter>& list)
{
    using Group = ParameterGroup;
    list.push_back(live("lr",
        logarithmic(Text::tr("Learning rate"), {},
            Text::tr("Step along the gradient for each batch; may change in mid-run"), 1e-5, 1.0,
            1e9),
        &train::LiveSettings::learningRate));
    list.push_back(live("weights-sc",
        linear(Text::tr("SC weight"), {},
            Text::tr("Weight of the spectral class in the loss; may change in mid-run"), 0.0, 10.0,
            1000.0),
        &train::LiveSettings::weightSc));
    list.push_back(live("weights-lc",
        linear(Text::tr("LC weight"), {},
            Text::tr("Weight of the luminosity class in the loss; may change in mid-run"), 0.0,
            10.0, 1000.0),
        &train::LiveSettings::weightLc));
    list.push_back(whole("batch", Group::Training,
        logarithmic(Text::tr("Batch size"), {}, Text::tr("Samples of one step of the optimiser"),
            1.0, 2000.0, 100000.0),
        &TrainingConfig::batchSize));
    list.push_back(whole("epochs", Group::Training,
        logarithmic(Text::tr("Epochs"), {},
            Text::tr("How often the whole training set is gone through"), 1.0, 1000.0, 100000.0),
        &TrainingConfig::epochs));
}

void addOptimiser(std::vector<RunParameter>& list)
{
    const auto notMomentum = [](const TrainingConfig& config) {
        return config.optimizer == train::Optimizer::Sgd
            ? Text::tr("Plain SGD has no momentum: choose another optimiser")
            : QString();
    };
    const auto notAdam = [](const TrainingConfig& config) {
        return config.optimizer == train::Optimizer::AdamW
            ? QString()
            : Text::tr("Only AdamW uses it: choose that optimiser");
    };
    list.push_back(optimiser("momentum",
        linear(Text::tr("Momentum"), {},
            Text::tr("Part of the step before that is kept; AdamW calls it β₁"), 0.0, 0.999,
            0.9999),
        &TrainingConfig::momentum, notMomentum));
    list.push_back(optimiser("beta2",
        linear(Text::tr("AdamW β₂"), {},
            Text::tr("How long AdamW remembers the size of the gradients"), 0.9, 0.9999, 0.999999),
        &TrainingConfig::beta2, notAdam));
    list.push_back(optimiser("weight-decay",
        linear(Text::tr("Weight decay"), {},
            Text::tr("How much AdamW shrinks the weights in each step, times the learning rate"),
            0.0, 0.1, 10.0),
        &TrainingConfig::weightDecay, notAdam));
    RunParameter halving = whole("halving-epochs", ParameterGroup::Optimiser,
        logarithmic(Text::tr("Halving period"), Text::tr("epochs"),
            Text::tr("The learning rate is halved every so many epochs"), 1.0, 500.0, 1e6),
        &TrainingConfig::halvingEpochs);
    halving.idle = [](const TrainingConfig& config) {
        return config.schedule == train::Schedule::Halving
            ? QString()
            : Text::tr("Only the schedule of halvings uses it: choose that schedule");
    };
    list.push_back(halving);
}

void addData(std::vector<RunParameter>& list)
{
    using Group = ParameterGroup;
    list.push_back(whole("per-spectrum", Group::Data,
        logarithmic(Text::tr("Variations, training"), {},
            Text::tr("Augmented copies of each training standard"), 1.0, 1000.0, 10000.0),
        &TrainingConfig::perSpectrumTrain));
    list.push_back(whole("per-spectrum-test", Group::Data,
        logarithmic(Text::tr("Variations, test"), {},
            Text::tr("Augmented copies of each test standard"), 1.0, 300.0, 10000.0),
        &TrainingConfig::perSpectrumTest));
}

void addAugmentation(std::vector<RunParameter>& list)
{
    using Settings = dataset::AugmentationSettings;
    list.push_back(sigma("registration-sigma",
        linear(Text::tr("Registration σ"), Text::tr("Å"),
            Text::tr("Shift of the zero point of the wavelength scale"), 0.0, 1.0, 100.0),
        &Settings::registrationSigmaAngstrom));
    list.push_back(sigma("registration-linear-sigma",
        linear(Text::tr("Linear term σ"), {},
            Text::tr("Stretch of the wavelength scale about its middle"), 0.0, 2e-4, 0.1),
        &Settings::registrationLinearSigma));
    list.push_back(sigma("doppler-sigma",
        linear(Text::tr("Doppler σ"), Text::tr("km/s"), Text::tr("Velocity of the star"), 0.0,
            100.0, 10000.0),
        &Settings::dopplerSigmaKms));
    list.push_back(sigma("broadening-sigma",
        linear(Text::tr("Broadening σ"), Text::tr("px"), Text::tr("Width of the Gaussian kernel"),
            0.0, 5.0, 10.0),
        &Settings::broadeningSigmaPixels));
    list.push_back(sigma("continuum-sigma0",
        linear(Text::tr("Continuum σ₀"), {}, Text::tr("Level of the continuum"), 0.0, 0.05, 1.0),
        &Settings::continuumSigma0));
    list.push_back(sigma("continuum-sigma1",
        linear(Text::tr("Continuum σ₁"), {}, Text::tr("Slope of the continuum"), 0.0, 0.05, 1.0),
        &Settings::continuumSigma1));
    list.push_back(sigma("continuum-sigma2",
        linear(
            Text::tr("Continuum σ₂"), {}, Text::tr("Curvature of the continuum"), 0.0, 0.05, 1.0),
        &Settings::continuumSigma2));
    list.push_back(sigma("gain",
        logarithmic(Text::tr("Gain"), Text::tr("photons"),
            Text::tr("Photons at flux 1: 5000 means a signal-to-noise ratio of 71; 0 = no noise"),
            10.0, 1e6, 1e9),
        &Settings::gain));
}

} // namespace

std::vector<RunParameter> runParameters()
{
    std::vector<RunParameter> list;
    addTraining(list);
    addOptimiser(list);
    addData(list);
    addAugmentation(list);
    return list;
}

QString parameterLabel(const std::string& id)
{
    for (const RunParameter& parameter : runParameters())
        if (parameter.id == id)
            return parameter.spec.label;
    return QString::fromStdString(id);
}

QString lockReason(ParameterScope scope, bool active, bool fresh)
{
    if (!active || scope == ParameterScope::Live)
        return {};
    if (scope == ParameterScope::BeforeRun)
        return Text::tr("Cannot change while a run goes on: stop it first");
    return fresh ? QString()
                 : Text::tr("The data set of this run is made. Runs that augment anew for every "
                            "epoch can change it.");
}

QString lockReason(
    const RunParameter& parameter, const TrainingConfig& config, bool active, bool fresh)
{
    const QString idle = parameter.idle ? parameter.idle(config) : QString();
    return idle.isEmpty() ? lockReason(parameter.scope, active, fresh) : idle;
}

base::Result<std::vector<int>> layersFromText(const QString& text)
{
    std::vector<int> layers;
    QString spaced = text;
    spaced.replace(',', ' ').replace(';', ' ');
    for (const QString& part : spaced.split(' ', Qt::SkipEmptyParts)) {
        bool number = false;
        layers.push_back(part.toInt(&number));
        if (!number)
            return base::failure(base::ErrorCode::OptionInvalid, "hidden",
                '"' + part.toStdString() + '"', "widths like 768, 256, 64");
    }
    return layers;
}

QString layersToText(const std::vector<int>& layers)
{
    QStringList parts;
    for (const int width : layers)
        parts.append(QString::number(width));
    return parts.join(QStringLiteral(", "));
}

} // namespace maury::ui

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
        } };
}

RunParameter live(const char* id, const ParameterSpec& spec, double train::LiveSettings::*member)
{
    ParameterSpec known = spec;
    known.paper = train::LiveSettings {}.*member;
    return { id, ParameterGroup::Training, ParameterScope::Live, known,
        [member](const TrainingConfig& config) { return config.live.*member; },
        [member](TrainingConfig& config, double value) { config.live.*member = value; } };
}

RunParameter sigma(
    const char* id, const ParameterSpec& spec, double dataset::AugmentationSettings::*member)
{
    ParameterSpec known = spec;
    known.paper = dataset::AugmentationSettings {}.*member;
    return { id, ParameterGroup::Augmentation, ParameterScope::LiveWhenFresh, known,
        [member](const TrainingConfig& config) { return config.live.augmentation.*member; },
        [member](
            TrainingConfig& config, double value) { config.live.augmentation.*member = value; } };
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
            100.0),
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

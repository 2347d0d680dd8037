#include "ui/models/network_text.h"

#include "core/train/metrics.h"
#include "ui/bridge/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace maury::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::NetworkText)
};

constexpr int kNamedClasses = 3;

QString spreadText(const nn::Distribution& numbers)
{
    const QString broken = numbers.notFinite > 0
        ? Text::tr(", %1 not finite").arg(countText(numbers.notFinite))
        : QString();
    if (numbers.isEmpty())
        return numbers.notFinite > 0 ? broken.mid(2) : Text::tr("n/a");
    return QStringLiteral("%1 ± %2").arg(compactText(numbers.mean), compactText(numbers.deviation))
        + broken;
}

QString driven(const nn::Matrix<float>& path, int unit, const std::vector<std::string>& names)
{
    const auto list = [&](bool raises) {
        QStringList classes;
        for (const int index : nn::strongestClasses(path, unit, raises, kNamedClasses))
            classes.append(QString::fromStdString(names[static_cast<std::size_t>(index)]));
        return classes.isEmpty() ? Text::tr("none") : classes.join(' ');
    };
    return Text::tr("raises %1, lowers %2").arg(list(true), list(false));
}

} // namespace

QString compactText(double value)
{
    if (!std::isfinite(value))
        return Text::tr("n/a");
    return QLocale().toString(value, 'g', 3);
}

QString layerName(const nn::LayerProbe& layer)
{
    switch (layer.kind) {
    case nn::LayerProbe::Kind::Hidden:
        return Text::tr("Hidden layer %1").arg(layer.number);
    case nn::LayerProbe::Kind::SpectralHead:
        return Text::tr("Spectral class");
    case nn::LayerProbe::Kind::LuminosityHead:
        return Text::tr("Luminosity class");
    }
    return {};
}

QList<std::pair<QString, QString>> layerFacts(const train::ProbedNetwork& network, int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    EXPECTS(at < network.probe.layers.size());
    const nn::LayerProbe& probe = network.probe.layers[at];
    QList<std::pair<QString, QString>> facts {
        { Text::tr("Parameters"), countText(probe.parameterCount()) },
        { Text::tr("Weights"), spreadText(probe.weights) },
        { Text::tr("at the start"),
            network.initial ? spreadText(network.initial->probe.layers[at].weights)
                            : Text::tr("n/a") },
        { Text::tr("Biases"), spreadText(probe.biases) },
        { Text::tr("Gradient"), spreadText(probe.gradients) },
        { Text::tr("Sums"), spreadText(probe.sums) },
    };
    if (probe.kind == nn::LayerProbe::Kind::Hidden) {
        facts.append({ Text::tr("Outputs"), spreadText(probe.outputs) });
        facts.append({ Text::tr("Silent units"),
            network.probe.samples > 0
                ? Text::tr("%1 of %2").arg(countText(probe.silentUnits), countText(probe.fanOut))
                : Text::tr("n/a") });
    }
    return facts;
}

QString drivenClassesText(const train::ProbedNetwork& network, int unit)
{
    return Text::tr("%1; luminosity: %2")
        .arg(driven(network.firstLayer.pathSc, unit, network.scheme.names),
            driven(network.firstLayer.pathLc, unit, train::luminosityNames()));
}

} // namespace maury::ui

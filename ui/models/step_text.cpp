#include "ui/models/step_text.h"

#include "ui/bridge/number_text.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <cmath>

namespace maury::ui {

namespace {

using Kind = train::StepStage::Kind;
using LayerKind = train::StepLayer::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::StepText)
};

QString layerText(const train::StepLayer& layer)
{
    switch (layer.kind) {
    case LayerKind::Input:
        break;
    case LayerKind::Hidden:
        return Text::tr("Hidden layer %1").arg(layer.number);
    case LayerKind::SpectralHead:
        return Text::tr("Spectral class");
    case LayerKind::LuminosityHead:
        return Text::tr("Luminosity class");
    }
    return {};
}

QString activationText(nn::Activation activation)
{
    switch (activation) {
    case nn::Activation::GeluTanh:
        return Text::tr(
            "f is GELU in its tanh form, f(z) = z/2 · [1 + tanh(√(2/π)·(z + 0.044715 z³))].");
    case nn::Activation::GeluExact:
        return Text::tr("f is GELU, f(z) = z·Φ(z), with Φ the normal distribution.");
    case nn::Activation::Relu:
        return Text::tr("f is ReLU: what is negative becomes 0.");
    }
    return {};
}

QString updateText(const train::StepTrace& trace)
{
    switch (trace.optimizer.kind) {
    case train::Optimizer::Sgd:
        return Text::tr("Every weight takes a step against its gradient, λ times as long. What is "
                        "shown before and after are the weights of the run itself.");
    case train::Optimizer::Momentum:
        return Text::tr("Every weight goes on in the direction of the steps before, corrected by "
                        "the new gradient.");
    case train::Optimizer::AdamW:
        return Text::tr("Every weight takes a step of its own length: the mean of its gradients "
                        "over their spread.");
    }
    return {};
}

} // namespace

QString stageTitle(const train::StepStage& stage)
{
    const QString layer = layerText(stage.layer);
    switch (stage.kind) {
    case Kind::Input:
        return Text::tr("Spectra");
    case Kind::Sum:
        return Text::tr("%1: weighted sums").arg(layer);
    case Kind::Activation:
        return Text::tr("%1: activation").arg(layer);
    case Kind::Softmax:
        return Text::tr("%1: softmax").arg(layer);
    case Kind::Loss:
        return Text::tr("Loss");
    case Kind::HeadDelta:
        return Text::tr("%1: error").arg(layer);
    case Kind::BackToOutputs:
        return Text::tr("%1: error of the outputs").arg(layer);
    case Kind::BackToSums:
        return Text::tr("%1: error of the sums").arg(layer);
    case Kind::WeightGradient:
        return Text::tr("%1: gradient of the weights").arg(layer);
    case Kind::Update:
        return Text::tr("%1: new weights").arg(layer);
    }
    return {};
}

QString stageText(const train::StepStage& stage, const train::StepTrace& trace)
{
    switch (stage.kind) {
    case Kind::Input:
        return Text::tr("The batch: %1 spectra, one in each row. A few pixels of the one that is "
                        "followed.")
            .arg(countText(trace.samples()));
    case Kind::Sum:
        return Text::tr("Every unit multiplies what it is given by its weights and adds it up. The "
                        "rows are the inputs that count most for the unit that is followed.");
    case Kind::Activation:
        return Text::tr("What a unit hands on. %1 Where the slope f′ is near 0, the unit learns "
                        "nothing from this spectrum.")
            .arg(activationText(trace.spec.activation));
    case Kind::Softmax:
        return Text::tr("Sums become probabilities that add up to 1. Taking the largest sum away "
                        "first changes nothing and keeps exp from overflowing.");
    case Kind::Loss:
        return Text::tr("How surprised the network is by the true classes, on average over the "
                        "batch; both heads count by their weights. A guess among %1 classes would "
                        "cost ln %1 = %2.")
            .arg(countText(trace.spec.scClasses),
                numberText(std::log(static_cast<double>(trace.spec.scClasses)), 2));
    case Kind::HeadDelta:
        return Text::tr("How the loss changes with every sum of the head: probability minus truth. "
                        "The true class is pushed up, all others down.");
    case Kind::BackToOutputs:
        return Text::tr("The error flows back through the same weights: a unit answers for the "
                        "errors that it has fed, as far as it has fed them.");
    case Kind::BackToSums:
        return Text::tr("Through the activation, the error is multiplied by its slope.");
    case Kind::WeightGradient:
        return Text::tr(
            "How the loss changes with a weight: input times error, added up over the "
            "batch. The rows are the spectra that count most for the steepest weight of "
            "the unit that is followed.");
    case Kind::Update:
        return updateText(trace);
    }
    return {};
}

QString formulaHtml(const std::string& formula)
{
    static const QRegularExpression index(QStringLiteral("_(?:\\{([^}]*)\\}|([0-9a-zA-Z]))"));
    QString text = QString::fromStdString(formula).toHtmlEscaped();
    return text.replace(index, QStringLiteral("<sub>\\1\\2</sub>"));
}

QString symbolText(const std::string& symbol)
{
    static const QHash<QString, const char*> words {
        { QStringLiteral("pixel i"), QT_TRANSLATE_NOOP("maury::ui::StepText", "pixel i") },
        { QStringLiteral("unit i"), QT_TRANSLATE_NOOP("maury::ui::StepText", "unit i") },
        { QStringLiteral("unit j"), QT_TRANSLATE_NOOP("maury::ui::StepText", "unit j") },
        { QStringLiteral("unit k"), QT_TRANSLATE_NOOP("maury::ui::StepText", "unit k") },
        { QStringLiteral("class k"), QT_TRANSLATE_NOOP("maury::ui::StepText", "class k") },
        { QStringLiteral("sample n"), QT_TRANSLATE_NOOP("maury::ui::StepText", "spectrum n") },
        { QStringLiteral("before"), QT_TRANSLATE_NOOP("maury::ui::StepText", "before") },
        { QStringLiteral("after"), QT_TRANSLATE_NOOP("maury::ui::StepText", "after") },
        { QStringLiteral("after − before"),
            QT_TRANSLATE_NOOP("maury::ui::StepText", "after − before") },
        { QStringLiteral("Σ above"), QT_TRANSLATE_NOOP("maury::ui::StepText", "Σ of these rows") },
        { QStringLiteral("Σ others"), QT_TRANSLATE_NOOP("maury::ui::StepText", "Σ of all others") },
        { QStringLiteral("mean of a_0"),
            QT_TRANSLATE_NOOP("maury::ui::StepText", "mean of the spectrum") },
        { QStringLiteral("units with z > 0"),
            QT_TRANSLATE_NOOP("maury::ui::StepText", "units with z > 0") },
        { QStringLiteral("units"), QT_TRANSLATE_NOOP("maury::ui::StepText", "units") },
    };
    const QString text = QString::fromStdString(symbol);
    if (const auto word = words.constFind(text); word != words.constEnd())
        return Text::tr(*word);
    return QString(text).remove(QLatin1Char('{')).remove(QLatin1Char('}'));
}

} // namespace maury::ui

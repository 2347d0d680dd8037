#include "ui/pages/network_tab.h"

#include "ui/bridge/number_text.h"
#include "ui/models/run_parameters.h"
#include "ui/pages/architecture_editor.h"
#include "ui/pages/settings_form.h"
#include "ui/plots/activation_plot.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace maury::ui {
namespace {

constexpr int kSpacing = 8;
constexpr int kTextWidth = 180;

} // namespace

NetworkTab::NetworkTab(QWidget* parent)
    : QWidget(parent)
    , m_architecture(new ArchitectureEditor(this))
    , m_hidden(new QLineEdit(this))
    , m_activation(new QComboBox(this))
    , m_initialisation(new QComboBox(this))
    , m_plot(new ActivationPlot(this))
    , m_summary(new QLabel(this))
{
    makeControls();
    auto* columns = makeColumns(this);
    auto* left = addColumn(*columns, 3);
    m_architecture->setLayers(train::TrainingConfig {}.hidden);
    left->addWidget(m_architecture);
    auto* below = new QHBoxLayout;
    below->setSpacing(2 * kSpacing);
    auto* form = makeForm();
    addField(*form, tr("As text"), m_hidden,
        tr("Widths of the hidden layers from the spectrum to the heads: 768, 256, 64"));
    addField(*form, tr("Activation"), m_activation, tr("What a neuron makes of its input"));
    addField(*form, tr("First weights"), m_initialisation,
        tr("The distribution from which the weights are drawn before the first batch"));
    below->addLayout(form);
    below->addWidget(m_summary, 1);
    left->addLayout(below);
    left->addStretch();
    columns->addWidget(m_plot, 2);
}

void NetworkTab::makeControls()
{
    addChoice(*m_activation, tr("GELU (tanh form, the paper's)"), nn::Activation::GeluTanh);
    addChoice(*m_activation, tr("GELU (exact)"), nn::Activation::GeluExact);
    addChoice(*m_activation, tr("ReLU"), nn::Activation::Relu);
    addChoice(*m_initialisation, tr("N(0, 0.1²), the paper's"), nn::Initialisation::Paper);
    addChoice(*m_initialisation, tr("He: N(0, 2 / inputs)"), nn::Initialisation::He);
    m_hidden->setMinimumWidth(kTextWidth);
    m_summary->setWordWrap(true);
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_hidden, &QLineEdit::textChanged, this, &NetworkTab::takeText);
    connect(m_architecture, &ArchitectureEditor::layersEdited, this, &NetworkTab::takeLayers);
    connect(m_activation, &QComboBox::currentIndexChanged, this, [this] {
        m_plot->setActivation(choice<nn::Activation>(*m_activation));
        emit edited();
    });
    connect(m_initialisation, &QComboBox::currentIndexChanged, this, &NetworkTab::edited);
}

void NetworkTab::takeText()
{
    // While a text is being written that is no list of widths yet, the row stays as it was.
    if (const auto layers = layersFromText(m_hidden->text()); layers && !layers->empty())
        m_architecture->setLayers(*layers);
    emit edited();
}

void NetworkTab::takeLayers()
{
    {
        const QSignalBlocker quiet(m_hidden);
        m_hidden->setText(layersToText(m_architecture->layers()));
    }
    emit edited();
}

void NetworkTab::showConfig(const train::TrainingConfig& config)
{
    m_hidden->setText(layersToText(config.hidden));
    choose(*m_activation, config.activation);
    choose(*m_initialisation, config.initialisation);
}

base::Result<void> NetworkTab::write(train::TrainingConfig& config) const
{
    auto layers = layersFromText(m_hidden->text());
    if (!layers)
        return base::Unexpected(layers.error());
    config.hidden = *std::move(layers);
    config.activation = choice<nn::Activation>(*m_activation);
    config.initialisation = choice<nn::Initialisation>(*m_initialisation);
    return {};
}

void NetworkTab::setLocked(const QString& reason)
{
    for (QWidget* control :
        QList<QWidget*> { m_architecture, m_hidden, m_activation, m_initialisation })
        lock(*control, reason);
}

void NetworkTab::showEstimate(const std::optional<RunEstimate>& estimate)
{
    if (!estimate) {
        m_summary->setText(tr("These settings cannot run: write the widths of the hidden layers "
                              "with commas between them, like 768, 256, 64."));
        m_summary->setToolTip({});
        return;
    }
    m_architecture->setEnds(estimate->data.pixels, estimate->data.classes);
    const QString text = estimate->measured
        ? tr("%1 weights and biases; the run takes about %2 at the speed of the last one")
        : tr("%1 weights and biases; the run takes about %2: a rough guess");
    m_summary->setText(text.arg(countText(estimate->parameters), durationText(estimate->seconds)));
    m_summary->setToolTip(estimateOrigin(*estimate));
}

QString estimateOrigin(const RunEstimate& estimate)
{
    const QString backend = QString::fromStdString(estimate.backend);
    const QString rate = numberText(estimate.rate / 1e9, estimate.rate < 1e10 ? 1 : 0);
    const QString speed = estimate.measured
        ? NetworkTab::tr("The operations of this run at the speed that the last run on %1 reached: "
                         "%2 billion a second.")
              .arg(backend, rate)
        : NetworkTab::tr("No run on %1 has been timed yet: its speed is taken to be %2 billion "
                         "operations a second. The first epoch of a run replaces this guess.")
              .arg(backend, rate);
    const QString data = estimate.dataKnown
        ? NetworkTab::tr("%1 standards to train on and %2 to test with.")
        : NetworkTab::tr("This atlas is not open yet: the paper's %1 standards to train on and %2 "
                         "to test with are assumed.");
    return speed + ' '
        + data.arg(countText(estimate.data.trainStandards), countText(estimate.data.testStandards));
}

} // namespace maury::ui

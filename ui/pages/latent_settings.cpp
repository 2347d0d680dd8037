#include "ui/pages/latent_settings.h"

#include "ui/bridge/edit_history.h"
#include "ui/models/gon_parameters.h"
#include "ui/pages/backend_choice.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <initializer_list>
#include <utility>

namespace maury::ui {

LatentSettings::LatentSettings(EditHistory* history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
    , m_source(new QComboBox(this))
    , m_decoder(new QComboBox(this))
    , m_inference(new QComboBox(this))
    , m_variational(new QCheckBox(tr("Variational posterior"), this))
    , m_backend(new QComboBox(this))
    , m_obstacle(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* place = new QWidget(this);
    QHBoxLayout* columns = makeColumns(place);
    QVBoxLayout* choices = addColumn(*columns, 0);
    auto* form = makeForm();
    makeChoices(*form);
    choices->addLayout(form);
    choices->addStretch();
    addColumn(*columns)->addWidget(makeRows());
    m_obstacle->setWordWrap(true);
    m_obstacle->setContentsMargins(8, 0, 8, 0);
    layout->addWidget(m_obstacle);
    layout->addWidget(place);
    layout->addStretch();
    connectChoices();
    setConfig({});
}

void LatentSettings::makeChoices(QFormLayout& form)
{
    addChoice(*m_source, tr("Standards of the atlas, varied"), Source::Standards);
    addChoice(*m_source, tr("Opened spectra"), Source::Opened);
    addChoice(*m_source, tr("The open store"), Source::Store);
    addField(form, tr("Spectra"), m_source,
        tr("What the network learns from and what the map shows: fresh variations of the observed "
           "standards, the spectra that were opened, or those of the store of the page Surveys, as "
           "they are"));
    addChoice(*m_decoder, tr("Dense: all pixels"), gon::DecoderKind::Dense);
    addChoice(*m_decoder, tr("SIREN of the wavelength"), gon::DecoderKind::Siren);
    addChoice(*m_decoder, tr("Fourier features"), gon::DecoderKind::Fourier);
    addField(form, tr("Decoder"), m_decoder,
        tr("What draws a spectrum from its code: all pixels at once, or one wavelength at a time, "
           "by sines (SIREN) or from Fourier features; the latter two are much slower"));
    addChoice(*m_inference, tr("Gauss–Newton"), gon::InferenceKind::GaussNewton);
    addChoice(*m_inference, tr("One step, as published"), gon::InferenceKind::OneStep);
    addChoice(*m_inference, tr("One step, detached"), gon::InferenceKind::Detached);
    addChoice(*m_inference, tr("Learned step"), gon::InferenceKind::LearnedStep);
    addChoice(*m_inference, tr("Autoencoder (baseline)"), gon::InferenceKind::Encoder);
    addField(form, tr("Way to the code"), m_inference,
        tr("How the code of a spectrum is found: by solving for it (Gauss–Newton), by one step down "
           "the gradient as published, by the same with a gradient that ignores how the code came "
           "about, by one step of learned size in every dimension, or by a network of its own"));
    addField(form, {}, m_variational,
        tr("A normal distribution in place of a point as the code of a spectrum, as in a "
           "variational autoencoder"));
    m_variational->setAccessibleName(m_variational->text());
    const MissingBackends missing = fillBackends(*m_backend);
    addField(form, tr("Backend"), m_backend,
        (QStringList { tr("What computes: single precision on the processor (cpu) or on a GPU "
                          "(cuda), or double precision (reference)") }
            + missing.reasons)
            .join(QLatin1Char('\n')));
}

QWidget* LatentSettings::makeRows()
{
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    QList<ParameterRow*> rows;
    for (const GonParameter& parameter : gonParameters()) {
        auto* row = new ParameterRow(parameter.spec, place);
        m_rows.emplace(parameter.id, row);
        rows.append(row);
        column->addWidget(row);
        connect(row, &ParameterRow::valueChanged, this,
            [this, id = parameter.id](double value) { takeRow(id, value); });
    }
    alignLabels(rows);
    column->addStretch();
    return place;
}

void LatentSettings::connectChoices()
{
    connect(m_source, &QComboBox::currentIndexChanged, this,
        [this] { takeSource(choice<Source>(*m_source)); });
    connect(m_decoder, &QComboBox::currentIndexChanged, this, &LatentSettings::takeKinds);
    connect(m_inference, &QComboBox::currentIndexChanged, this, &LatentSettings::takeKinds);
    connect(m_variational, &QCheckBox::toggled, this, [this](bool on) {
        gon::GonConfig config = m_config;
        config.variational = on;
        take(config, m_variational->text(), QStringLiteral("latent/variational"));
    });
    connect(m_backend, &QComboBox::currentIndexChanged, this, [this] {
        gon::GonConfig config = m_config;
        config.backend = m_backend->currentData().toString().toStdString();
        take(config, tr("Backend"), QStringLiteral("latent/backend"));
    });
}

LatentSettings::Source LatentSettings::source() const
{
    return choice<Source>(*m_source);
}

QString LatentSettings::obstacle() const
{
    return gonObstacle(m_config);
}

void LatentSettings::setConfig(const gon::GonConfig& config)
{
    m_config = config;
    // A row that the user is dragging keeps its slider: setValue() would round it to the field.
    for (const GonParameter& parameter : gonParameters())
        if (ParameterRow& shown = row(parameter.id); shown.value() != parameter.get(config))
            shown.setValue(parameter.get(config));
    showChoices();
    updateLocks();
    emit configChanged();
}

void LatentSettings::showChoices()
{
    const QSignalBlocker quiet[] { QSignalBlocker(m_decoder), QSignalBlocker(m_inference),
        QSignalBlocker(m_variational), QSignalBlocker(m_backend) };
    choose(*m_decoder, m_config.decoder.kind);
    choose(*m_inference, m_config.inference);
    m_variational->setChecked(m_config.variational);
    m_backend->setCurrentIndex(m_backend->findData(QString::fromStdString(m_config.backend)));
    const QString text = obstacle();
    m_obstacle->setVisible(!text.isEmpty());
    m_obstacle->setText(QStringLiteral("⚠ ") + text);
}

void LatentSettings::takeSource(Source source)
{
    const Source before = std::exchange(m_shownSource, source);
    if (m_history != nullptr)
        m_history->record(
            tr("Spectra"), QStringLiteral("latent/source"), [this, before] { choose(*m_source, before); },
            [this, source] { choose(*m_source, source); });
    emit sourceChanged();
}

void LatentSettings::takeKinds()
{
    const auto decoder = choice<gon::DecoderKind>(*m_decoder);
    const bool ofDecoder = decoder != m_config.decoder.kind;
    take(gon::withKinds(m_config, choice<gon::InferenceKind>(*m_inference), decoder),
        ofDecoder ? tr("Decoder") : tr("Way to the code"),
        ofDecoder ? QStringLiteral("latent/decoder") : QStringLiteral("latent/inference"));
}

void LatentSettings::takeRow(const std::string& id, double value)
{
    gon::GonConfig config = m_config;
    for (const GonParameter& parameter : gonParameters())
        if (parameter.id == id)
            parameter.set(config, value);
    take(config, gonParameterLabel(id), QStringLiteral("latent/") + QString::fromStdString(id));
}

void LatentSettings::take(const gon::GonConfig& config, const QString& text, const QString& key)
{
    const gon::GonConfig before = m_config;
    setConfig(config);
    if (m_history != nullptr)
        m_history->record(
            text, key, [this, before] { restore(before); },
            [this, config] { restore(config); });
    emit liveChanged(m_config.live());
}

void LatentSettings::restore(const gon::GonConfig& config)
{
    setConfig(config);
    emit liveChanged(m_config.live());
}

void LatentSettings::setActive(bool active)
{
    m_active = active;
    updateLocks();
}

void LatentSettings::updateLocks()
{
    const QString reason
        = m_active ? tr("Can be set before a run, not while one goes on") : QString();
    for (const GonParameter& parameter : gonParameters())
        if (!parameter.live)
            row(parameter.id).setLocked(reason);
    for (QWidget* control : std::initializer_list<QWidget*> {
             m_source, m_decoder, m_inference, m_variational, m_backend })
        lock(*control, reason);
    const bool steps = m_config.inference == gon::InferenceKind::OneStep
        || m_config.inference == gon::InferenceKind::Detached
        || m_config.inference == gon::InferenceKind::LearnedStep;
    if (!m_active && !steps)
        row("step-size").setLocked(tr("Only where the code is found by one step"));
}

} // namespace maury::ui

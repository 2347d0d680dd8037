#include "ui/pages/latent_settings.h"

#include "ui/bridge/edit_history.h"
#include "ui/models/gon_parameters.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QComboBox>
#include <QFormLayout>
#include <QVBoxLayout>

namespace maury::ui {

LatentSettings::LatentSettings(EditHistory* history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
    , m_source(new QComboBox(this))
{
    addChoice(*m_source, tr("Standards of the atlas, varied"), Source::Standards);
    addChoice(*m_source, tr("Opened spectra"), Source::Opened);
    addChoice(*m_source, tr("The open store"), Source::Store);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* form = makeForm();
    form->setContentsMargins(8, 8, 8, 0);
    addField(*form, tr("Spectra"), m_source,
        tr("What the network learns from and what the map shows: fresh variations of the observed "
           "standards, the spectra that were opened, or those of the store of the page Surveys, as "
           "they are"));
    layout->addLayout(form);
    auto* place = new QWidget(this);
    QHBoxLayout* columns = makeColumns(place);
    const auto parameters = gonParameters();
    QVBoxLayout* column = nullptr;
    QList<ParameterRow*> rows;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (i % 3 == 0) {
            alignLabels(rows);
            rows.clear();
            column = addColumn(*columns);
        }
        const GonParameter& parameter = parameters[i];
        auto* row = new ParameterRow(parameter.spec, this);
        m_rows.emplace(parameter.id, row);
        rows.append(row);
        column->addWidget(row);
        connect(row, &ParameterRow::valueChanged, this,
            [this, id = parameter.id](double value) { takeRow(id, value); });
    }
    alignLabels(rows);
    layout->addWidget(place);
    layout->addStretch();
    connect(m_source, &QComboBox::currentIndexChanged, this, &LatentSettings::sourceChanged);
    setConfig({});
}

LatentSettings::Source LatentSettings::source() const
{
    return choice<Source>(*m_source);
}

void LatentSettings::setConfig(const gon::GonConfig& config)
{
    m_config = config;
    // A row that the user is dragging keeps its slider: setValue() would round it to the field.
    for (const GonParameter& parameter : gonParameters())
        if (ParameterRow& shown = row(parameter.id); shown.value() != parameter.get(config))
            shown.setValue(parameter.get(config));
}

void LatentSettings::takeRow(const std::string& id, double value)
{
    const gon::GonConfig before = m_config;
    for (const GonParameter& parameter : gonParameters())
        if (parameter.id == id)
            parameter.set(m_config, value);
    setConfig(m_config);
    if (m_history != nullptr)
        m_history->record(
            gonParameterLabel(id), QStringLiteral("latent/") + QString::fromStdString(id),
            [this, before] { restore(before); }, [this, after = m_config] { restore(after); });
    emit liveChanged(m_config.live());
}

void LatentSettings::restore(const gon::GonConfig& config)
{
    setConfig(config);
    emit liveChanged(m_config.live());
}

void LatentSettings::setActive(bool active)
{
    for (const GonParameter& parameter : gonParameters())
        if (!parameter.live)
            row(parameter.id).setLocked(
                active ? tr("Can be set before a run, not while one goes on") : QString());
    lock(*m_source, active ? tr("Can be set before a run, not while one goes on") : QString());
}

} // namespace maury::ui

#include "ui/pages/augmentation_tab.h"

#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace maury::ui {
namespace {

constexpr int kColumns = 2;

} // namespace

AugmentationTab::AugmentationTab(const QList<ParameterRow*>& rows, QWidget* parent)
    : QWidget(parent)
    , m_noise(new QComboBox(this))
{
    addChoice(*m_noise, tr("Poisson (the paper's)"), dataset::NoiseLaw::Poisson);
    addChoice(*m_noise, tr("Gaussian of the same width"), dataset::NoiseLaw::Gaussian);
    auto* columns = makeColumns(this);
    const auto perColumn = (rows.size() + kColumns - 1) / kColumns;
    QVBoxLayout* column = nullptr;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i % perColumn == 0)
            column = addColumn(*columns);
        column->addWidget(rows[i]);
        if (i % perColumn == perColumn - 1 && i + 1 < rows.size())
            column->addStretch();
    }
    alignLabels(rows);
    auto* form = makeForm();
    addField(*form, tr("Noise"), m_noise, tr("The law of the photon noise at this gain"));
    form->labelForField(m_noise)->setMinimumWidth(rows.front()->labelWidth());
    column->addLayout(form);
    column->addStretch();
    connect(m_noise, &QComboBox::currentIndexChanged, this, &AugmentationTab::edited);
}

void AugmentationTab::showConfig(const train::TrainingConfig& config)
{
    choose(*m_noise, config.live.augmentation.noise);
}

void AugmentationTab::write(train::TrainingConfig& config) const
{
    config.live.augmentation.noise = choice<dataset::NoiseLaw>(*m_noise);
}

void AugmentationTab::setLocked(const QString& reason)
{
    lock(*m_noise, reason);
}

} // namespace maury::ui

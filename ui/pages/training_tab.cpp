#include "ui/pages/training_tab.h"

#include "ui/pages/backend_choice.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace maury::ui {
namespace {

constexpr int kRowsInColumn = 4;

} // namespace

TrainingTab::TrainingTab(
    const QList<ParameterRow*>& training, const QList<ParameterRow*>& optimiser, QWidget* parent)
    : QWidget(parent)
    , m_optimizer(new QComboBox(this))
    , m_schedule(new QComboBox(this))
    , m_backend(new QComboBox(this))
    , m_precision(new QComboBox(this))
    , m_unavailable(new QLabel(this))
{
    makeChoices();
    const MissingBackends missing = fillBackends(*m_backend);
    m_noDevice = missing.noDevice;
    m_unavailable->setText(missing.reasons.join('\n'));
    m_unavailable->setWordWrap(true);
    m_unavailable->setVisible(!missing.reasons.isEmpty());
    auto* columns = makeColumns(this);
    auto* left = addColumn(*columns);
    auto* middle = addColumn(*columns, 0);
    auto* right = addColumn(*columns);
    for (int i = 0; i < training.size(); ++i)
        (i < kRowsInColumn ? left : right)->addWidget(training[i]);
    auto* form = makeForm();
    addField(*form, tr("Optimiser"), m_optimizer, tr("The rule that changes the weights"));
    addField(*form, tr("Schedule"), m_schedule, tr("How the learning rate falls with the epochs"));
    addField(*form, tr("Backend"), m_backend,
        tr("What computes: the list says why something cannot be used"));
    addField(*form, tr("Precision"), m_precision, precisionTip());
    lock(*m_precision, m_noDevice);
    form->addRow(m_unavailable);
    middle->addLayout(form);
    for (ParameterRow* row : optimiser)
        right->addWidget(row);
    alignLabels(training.first(kRowsInColumn));
    alignLabels(training.sliced(kRowsInColumn) + optimiser);
    for (auto* column : { left, middle, right })
        column->addStretch();
    for (QComboBox* box : { m_optimizer, m_schedule, m_backend, m_precision })
        connect(box, &QComboBox::currentIndexChanged, this, &TrainingTab::edited);
}

void TrainingTab::makeChoices()
{
    addChoice(*m_optimizer, tr("SGD (the paper's)"), train::Optimizer::Sgd);
    addChoice(*m_optimizer, tr("SGD with momentum"), train::Optimizer::Momentum);
    addChoice(*m_optimizer, tr("AdamW"), train::Optimizer::AdamW);
    addChoice(*m_schedule, tr("Constant (the paper's)"), train::Schedule::Constant);
    addChoice(*m_schedule, tr("Halved now and then"), train::Schedule::Halving);
    addChoice(*m_schedule, tr("Cosine, down to 0"), train::Schedule::Cosine);
    addPrecisions(*m_precision);
}

QString TrainingTab::unavailable() const
{
    return m_unavailable->text();
}

void TrainingTab::showConfig(const train::TrainingConfig& config)
{
    choose(*m_optimizer, config.optimizer);
    choose(*m_schedule, config.schedule);
    choose(*m_precision, config.precision);
    const int backend = m_backend->findData(QString::fromStdString(config.backend));
    m_backend->setCurrentIndex(std::max(0, backend));
}

void TrainingTab::write(train::TrainingConfig& config) const
{
    config.optimizer = choice<train::Optimizer>(*m_optimizer);
    config.schedule = choice<train::Schedule>(*m_schedule);
    config.precision = choice<train::Precision>(*m_precision);
    config.backend = m_backend->currentData().toString().toStdString();
}

void TrainingTab::setLocked(const QString& reason)
{
    for (QComboBox* box : { m_optimizer, m_schedule, m_backend })
        lock(*box, reason);
    lock(*m_precision, reason.isEmpty() ? m_noDevice : reason);
}

} // namespace maury::ui

#include "ui/pages/run_settings_panel.h"

#include "core/mk/spectral_type.h"
#include "core/spectrum/wavelength_grid.h"
#include "core/train/backend.h"
#include "ui/bridge/number_text.h"
#include "ui/models/history_model.h"
#include "ui/pages/atlas_choice.h"
#include "ui/pages/parameter_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTableView>

#include <algorithm>
#include <limits>

namespace maury::ui {
namespace {

constexpr int kSpacing = 8;
constexpr int kColumnGap = 32;
constexpr int kRowsInColumn = 4;

/// Items of a combo box that stand for the values of an enumeration.
template <typename Value> void addChoice(QComboBox& box, const QString& text, Value value)
{
    box.addItem(text, static_cast<int>(value));
}

template <typename Value> Value choice(const QComboBox& box)
{
    return static_cast<Value>(box.currentData().toInt());
}

template <typename Value> void choose(QComboBox& box, Value value)
{
    box.setCurrentIndex(box.findData(static_cast<int>(value)));
}

/// Two columns that scroll when the dock is small.
QWidget* scrolling(QWidget* content)
{
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

QVBoxLayout* addColumn(QHBoxLayout& columns)
{
    auto* column = new QVBoxLayout;
    column->setSpacing(kSpacing / 2);
    columns.addLayout(column, 1);
    return column;
}

QHBoxLayout* makeColumns(QWidget* page)
{
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(kSpacing, kSpacing, kSpacing, kSpacing);
    columns->setSpacing(kColumnGap);
    return columns;
}

QFormLayout* makeForm()
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(kSpacing);
    form->setVerticalSpacing(kSpacing);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    return form;
}

} // namespace

RunSettingsPanel::RunSettingsPanel(HistoryModel& history, QWidget* parent)
    : QTabWidget(parent)
    , m_parameters(runParameters())
    , m_trainAtlas(new AtlasChoice({}, this))
    , m_testAtlas(new AtlasChoice(tr("Other variations of the same standards"), this))
    , m_fresh(new QCheckBox(tr("Augment anew for every epoch"), this))
    , m_seed(new QSpinBox(this))
    , m_hidden(new QLineEdit(this))
    , m_networkSummary(new QLabel(this))
    , m_activation(new QComboBox(this))
    , m_initialisation(new QComboBox(this))
    , m_optimizer(new QComboBox(this))
    , m_schedule(new QComboBox(this))
    , m_backend(new QComboBox(this))
{
    setDocumentMode(true);
    makeRows();
    makeChoices();
    fillBackends();
    addTab(makeTrainingTab(), tr("Training"));
    addTab(makeAugmentationTab(), tr("Augmentation"));
    addTab(makeNetworkTab(), tr("Network"));
    addTab(makeDataTab(), tr("Data set"));
    addTab(makeEpochsTab(history), tr("Epochs"));
    setRequest({});
    setRunning(false, false);
}

void RunSettingsPanel::makeRows()
{
    for (const RunParameter& parameter : m_parameters) {
        auto* row = new ParameterRow(parameter.spec, this);
        m_rows.emplace(parameter.id, row);
        connect(row, &ParameterRow::valueChanged, this,
            [this, &parameter](double value) { parameterMoved(parameter, value); });
    }
}

void RunSettingsPanel::makeChoices()
{
    m_fresh->setToolTip(tr("Every epoch sees new variations, and the augmentation may change in "
                           "mid-run; the paper augments once"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setToolTip(tr("The same seed gives the same data, weights and order again"));
    m_hidden->setToolTip(tr("Widths of the hidden layers from the spectrum to the heads"));
    m_hidden->setMinimumWidth(180);
    addChoice(*m_activation, tr("GELU (tanh form, the paper's)"), nn::Activation::GeluTanh);
    addChoice(*m_activation, tr("GELU (exact)"), nn::Activation::GeluExact);
    addChoice(*m_activation, tr("ReLU"), nn::Activation::Relu);
    addChoice(*m_initialisation, tr("N(0, 0.1²), the paper's"), nn::Initialisation::Paper);
    addChoice(*m_initialisation, tr("He: N(0, 2 / inputs)"), nn::Initialisation::He);
    addChoice(*m_optimizer, tr("SGD (the paper's)"), train::Optimizer::Sgd);
    addChoice(*m_optimizer, tr("SGD with momentum"), train::Optimizer::Momentum);
    addChoice(*m_optimizer, tr("AdamW"), train::Optimizer::AdamW);
    addChoice(*m_schedule, tr("Constant (the paper's)"), train::Schedule::Constant);
    addChoice(*m_schedule, tr("Halved every 50 epochs"), train::Schedule::Halving);
    addChoice(*m_schedule, tr("Cosine"), train::Schedule::Cosine);
    connect(m_trainAtlas, &AtlasChoice::sourceChosen, this, [this] { m_atlasChosen = true; });
    connect(m_hidden, &QLineEdit::textChanged, this, &RunSettingsPanel::showNetwork);
}

void RunSettingsPanel::fillBackends()
{
    m_backend->addItem(tr("Automatic"), QStringLiteral("auto"));
    for (const auto& backend : train::listBackends()) {
        const auto name = QString::fromStdString(backend.name);
        const auto detail
            = QString::fromStdString(backend.available ? backend.device : backend.reason);
        m_backend->addItem(
            backend.available ? tr("%1 (%2)").arg(name, detail) : tr("%1: not available").arg(name),
            name);
        const int item = m_backend->count() - 1;
        m_backend->setItemData(item, detail, Qt::ToolTipRole);
        auto* items = qobject_cast<QStandardItemModel*>(m_backend->model());
        items->item(item)->setEnabled(backend.available);
    }
    m_backend->setToolTip(tr("What computes: the list says why something cannot be used"));
    m_backend->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_backend->setMinimumContentsLength(20);
}

QList<ParameterRow*> RunSettingsPanel::rowsOf(ParameterGroup group) const
{
    QList<ParameterRow*> rows;
    for (const RunParameter& parameter : m_parameters)
        if (parameter.group == group)
            rows.append(m_rows.at(parameter.id));
    return rows;
}

QWidget* RunSettingsPanel::makeTrainingTab()
{
    auto* page = new QWidget;
    auto* columns = makeColumns(page);
    auto* left = addColumn(*columns);
    auto* right = addColumn(*columns);
    const auto rows = rowsOf(ParameterGroup::Training);
    for (int i = 0; i < rows.size(); ++i)
        (i < kRowsInColumn ? left : right)->addWidget(rows[i]);
    alignLabels(rows.first(kRowsInColumn));
    left->addStretch();
    auto* form = makeForm();
    form->addRow(tr("Optimiser"), m_optimizer);
    form->addRow(tr("Schedule"), m_schedule);
    form->addRow(tr("Backend"), m_backend);
    for (int i = kRowsInColumn; i < rows.size(); ++i)
        for (QWidget* field : QList<QWidget*> { m_optimizer, m_schedule, m_backend }) {
            const int width = form->labelForField(field)->sizeHint().width();
            rows[i]->setLabelWidth(std::max(width, rows[i]->labelWidth()));
        }
    right->addLayout(form);
    right->addStretch();
    return scrolling(page);
}

QWidget* RunSettingsPanel::makeAugmentationTab()
{
    auto* page = new QWidget;
    auto* columns = makeColumns(page);
    const auto rows = rowsOf(ParameterGroup::Augmentation);
    QVBoxLayout* column = nullptr;
    for (int i = 0; i < rows.size(); ++i) {
        if (i % kRowsInColumn == 0)
            column = addColumn(*columns);
        column->addWidget(rows[i]);
        if (i % kRowsInColumn == kRowsInColumn - 1)
            column->addStretch();
    }
    alignLabels(rows);
    return scrolling(page);
}

QWidget* RunSettingsPanel::makeNetworkTab()
{
    auto* page = new QWidget;
    auto* columns = makeColumns(page);
    auto* left = addColumn(*columns);
    auto* form = makeForm();
    form->addRow(tr("Hidden layers"), m_hidden);
    form->addRow(tr("Activation"), m_activation);
    form->addRow(tr("First weights"), m_initialisation);
    left->addLayout(form);
    left->addStretch();
    auto* right = addColumn(*columns);
    m_networkSummary->setWordWrap(true);
    m_networkSummary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    right->addWidget(m_networkSummary, 1);
    return scrolling(page);
}

QWidget* RunSettingsPanel::makeDataTab()
{
    auto* page = new QWidget;
    auto* columns = makeColumns(page);
    auto* left = addColumn(*columns);
    auto* form = makeForm();
    form->addRow(tr("Training atlas"), m_trainAtlas);
    form->addRow(tr("Test atlas"), m_testAtlas);
    form->addRow(tr("Seed"), m_seed);
    left->addLayout(form);
    left->addStretch();
    auto* right = addColumn(*columns);
    const auto rows = rowsOf(ParameterGroup::Data);
    for (ParameterRow* row : rows)
        right->addWidget(row);
    alignLabels(rows);
    right->addWidget(m_fresh);
    right->addStretch();
    return scrolling(page);
}

QWidget* RunSettingsPanel::makeEpochsTab(HistoryModel& history)
{
    auto* table = new QTableView;
    table->setModel(&history);
    table->setAccessibleName(tr("Epochs of the run"));
    table->verticalHeader()->hide();
    table->setAlternatingRowColors(true);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + kSpacing);
    connect(&history, &QAbstractItemModel::rowsInserted, table, &QTableView::scrollToBottom);
    return table;
}

void RunSettingsPanel::showNetwork()
{
    const auto layers = layersFromText(m_hidden->text());
    if (!layers || layers->empty()) {
        m_networkSummary->setText(
            tr("Write the widths of the hidden layers, from the spectrum to the heads, with commas "
               "between them: 768, 256, 64."));
        return;
    }
    const nn::NetworkSpec spec { static_cast<int>(spectrum::mkGrid().pixels), *layers,
        nn::Activation::GeluTanh, 30, mk::kLuminosityGroups };
    m_networkSummary->setText(
        tr("%1 pixels → %2 → 30 spectral and 3 luminosity classes: %3 weights and biases. The "
           "number of spectral classes follows the atlas.")
            .arg(spec.inputs)
            .arg(layersToText(*layers).replace(QStringLiteral(", "), QStringLiteral(" → ")),
                countText(spec.parameterCount())));
}

void RunSettingsPanel::parameterMoved(const RunParameter& parameter, double value)
{
    parameter.set(m_config, value);
    if (parameter.scope != ParameterScope::BeforeRun)
        emit liveChanged(m_config.live);
}

base::Result<RunRequest> RunSettingsPanel::request() const
{
    auto layers = layersFromText(m_hidden->text());
    if (!layers)
        return base::Unexpected(layers.error());
    RunRequest request;
    request.trainAtlas = m_trainAtlas->source();
    request.testAtlas = m_testAtlas->source();
    request.config = m_config;
    request.config.hidden = *std::move(layers);
    request.config.activation = choice<nn::Activation>(*m_activation);
    request.config.initialisation = choice<nn::Initialisation>(*m_initialisation);
    request.config.optimizer = choice<train::Optimizer>(*m_optimizer);
    request.config.schedule = choice<train::Schedule>(*m_schedule);
    request.config.freshEveryEpoch = m_fresh->isChecked();
    request.config.seed = static_cast<std::uint64_t>(m_seed->value());
    request.config.backend = m_backend->currentData().toString().toStdString();
    return request;
}

void RunSettingsPanel::setRequest(const RunRequest& request)
{
    m_config = request.config;
    showNumbers();
    m_trainAtlas->setSource(request.trainAtlas);
    m_testAtlas->setSource(request.testAtlas);
    m_hidden->setText(layersToText(m_config.hidden));
    choose(*m_activation, m_config.activation);
    choose(*m_initialisation, m_config.initialisation);
    choose(*m_optimizer, m_config.optimizer);
    choose(*m_schedule, m_config.schedule);
    m_fresh->setChecked(m_config.freshEveryEpoch);
    m_seed->setValue(static_cast<int>(m_config.seed));
    const int backend = m_backend->findData(QString::fromStdString(m_config.backend));
    m_backend->setCurrentIndex(std::max(0, backend));
}

void RunSettingsPanel::showNumbers()
{
    for (const RunParameter& parameter : m_parameters)
        m_rows.at(parameter.id)->setValue(parameter.get(m_config));
}

void RunSettingsPanel::showLive(const train::LiveSettings& live)
{
    m_config.live = live;
    showNumbers();
}

void RunSettingsPanel::setDefaultAtlas(const std::string& source)
{
    if (!m_atlasChosen)
        m_trainAtlas->setSource(source);
}

void RunSettingsPanel::setRunning(bool active, bool fresh)
{
    const QString later
        = active ? tr("Cannot change while a run goes on: stop it first") : QString();
    for (const RunParameter& parameter : m_parameters) {
        QString reason = later;
        if (parameter.scope == ParameterScope::Live)
            reason.clear();
        else if (parameter.scope == ParameterScope::LiveWhenFresh && active)
            reason = fresh
                ? QString()
                : tr("The data set of this run is made. Runs that augment anew for every "
                     "epoch can change it.");
        m_rows.at(parameter.id)->setLocked(reason);
    }
    for (QWidget* widget : QList<QWidget*> { m_trainAtlas, m_testAtlas, m_fresh, m_seed, m_hidden,
             m_activation, m_initialisation, m_optimizer, m_schedule, m_backend }) {
        // The reason stands beside the widget's own tip, which comes back afterwards.
        if (!widget->property("tip").isValid())
            widget->setProperty("tip", widget->toolTip());
        widget->setEnabled(!active);
        widget->setToolTip(active ? later : widget->property("tip").toString());
    }
}

ParameterRow& RunSettingsPanel::row(const std::string& id)
{
    const auto found = m_rows.find(id);
    EXPECTS(found != m_rows.end());
    return *found->second;
}

} // namespace maury::ui

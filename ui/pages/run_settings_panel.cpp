#include "ui/pages/run_settings_panel.h"

#include "ui/models/class_score_model.h"
#include "ui/models/history_model.h"
#include "ui/pages/augmentation_tab.h"
#include "ui/pages/data_tab.h"
#include "ui/pages/network_tab.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/robust_tabs.h"
#include "ui/pages/run_tables.h"
#include "ui/pages/settings_form.h"
#include "ui/pages/training_tab.h"

#include <QTableView>

namespace maury::ui {

RunSettingsPanel::RunSettingsPanel(HistoryModel& history, ClassScoreModel& scores, QWidget* parent)
    : QTabWidget(parent)
    , m_parameters(runParameters())
{
    setDocumentMode(true);
    makeRows();
    m_training = new TrainingTab(
        rowsOf(ParameterGroup::Training), rowsOf(ParameterGroup::Optimiser), this);
    m_augmentation = new AugmentationTab(rowsOf(ParameterGroup::Augmentation), this);
    m_network = new NetworkTab(this);
    m_data = new DataTab(rowsOf(ParameterGroup::Data), this);
    m_classes = new ClassTab(scores, this);
    m_robust = new RobustTabs(this);
    m_paperTabs = { addTab(scrolling(m_training), tr("Training")),
        addTab(scrolling(m_augmentation), tr("Augmentation")),
        addTab(scrolling(m_network), tr("Network")), addTab(scrolling(m_data), tr("Data set")) };
    m_robustTabs = { addTab(scrolling(m_robust->training()), tr("Training")),
        addTab(scrolling(m_robust->variations()), tr("Variations")),
        addTab(scrolling(m_robust->data()), tr("Data set")) };
    addTab(makeEpochTable(history), tr("Epochs"));
    addTab(m_classes, tr("Classes"));
    connectTabs();
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

void RunSettingsPanel::connectTabs()
{
    connect(m_training, &TrainingTab::edited, this, &RunSettingsPanel::settingEdited);
    connect(m_augmentation, &AugmentationTab::edited, this, &RunSettingsPanel::noiseChosen);
    connect(m_network, &NetworkTab::edited, this, &RunSettingsPanel::settingEdited);
    connect(m_data, &DataTab::edited, this, &RunSettingsPanel::settingEdited);
    connect(m_robust, &RobustTabs::edited, this, &RunSettingsPanel::settingEdited);
    connect(m_robust, &RobustTabs::liveChanged, this, &RunSettingsPanel::robustLiveChanged);
}

QList<ParameterRow*> RunSettingsPanel::rowsOf(ParameterGroup group) const
{
    QList<ParameterRow*> rows;
    for (const RunParameter& parameter : m_parameters)
        if (parameter.group == group)
            rows.append(m_rows.at(parameter.id));
    return rows;
}

void RunSettingsPanel::parameterMoved(const RunParameter& parameter, double value)
{
    parameter.set(m_config, value);
    if (parameter.scope != ParameterScope::BeforeRun)
        emit liveChanged(m_config.live);
    settingEdited();
}

void RunSettingsPanel::noiseChosen()
{
    if (m_showing)
        return;
    m_augmentation->write(m_config);
    emit liveChanged(m_config.live);
    settingEdited();
}

void RunSettingsPanel::settingEdited()
{
    if (m_showing)
        return;
    updateLocks();
    showEstimate();
    emit requestEdited();
}

base::Result<RunRequest> RunSettingsPanel::request() const
{
    RunRequest request;
    request.protocol = m_protocol;
    auto robust = m_robust->request();
    if (!robust && m_protocol == Protocol::Robust)
        return base::Unexpected(robust.error());
    if (robust)
        request.robust = *std::move(robust);
    request.config = m_config;
    m_data->write(request);
    m_training->write(request.config);
    m_augmentation->write(request.config);
    const auto network = m_network->write(request.config);
    if (!network && m_protocol == Protocol::Paper)
        return base::Unexpected(network.error());
    return request;
}

void RunSettingsPanel::setRequest(const RunRequest& request)
{
    m_config = request.config;
    showRequest(request);
    emit requestShown();
}

void RunSettingsPanel::replaceRequest(const RunRequest& request, const QString& label)
{
    m_config = request.config;
    showRequest(request);
    emit requestReplaced(label);
    emit requestShown();
}

void RunSettingsPanel::showRequest(const RunRequest& request)
{
    showNumbers();
    m_showing = true;
    m_training->showConfig(request.config);
    m_network->showConfig(request.config);
    m_data->showRequest(request);
    m_showing = false;
    m_robust->setRequest(request.robust);
    m_protocol = request.protocol;
    showProtocol();
    updateLocks();
    showEstimate();
}

void RunSettingsPanel::showNumbers()
{
    m_showing = true;
    for (const RunParameter& parameter : m_parameters)
        m_rows.at(parameter.id)->setValue(parameter.get(m_config));
    m_augmentation->showConfig(m_config);
    m_showing = false;
}

void RunSettingsPanel::showLive(const train::LiveSettings& live)
{
    m_config.live = live;
    showNumbers();
    emit requestShown();
}

void RunSettingsPanel::showLive(const robust::RobustLive& live)
{
    m_robust->showLive(live);
    emit requestShown();
}

void RunSettingsPanel::chooseProtocol(Protocol protocol)
{
    if (m_protocol == protocol)
        return;
    m_protocol = protocol;
    showProtocol();
    settingEdited();
}

void RunSettingsPanel::showProtocol()
{
    const bool robust = m_protocol == Protocol::Robust;
    // The shown ones first: the chosen tab moves to one of them.
    for (const int tab : robust ? m_robustTabs : m_paperTabs)
        setTabVisible(tab, true);
    const QList<int>& hidden = robust ? m_paperTabs : m_robustTabs;
    if (hidden.contains(currentIndex()))
        setCurrentIndex((robust ? m_robustTabs : m_paperTabs).first());
    for (const int tab : hidden)
        setTabVisible(tab, false);
}

bool RunSettingsPanel::setAugmentation(const dataset::AugmentationSettings& augmentation)
{
    if (!lockReason(ParameterScope::LiveWhenFresh, m_active, m_fresh).isEmpty())
        return false;
    if (m_config.live.augmentation == augmentation)
        return true;
    m_config.live.augmentation = augmentation;
    showNumbers();
    emit liveChanged(m_config.live);
    settingEdited();
    return true;
}

void RunSettingsPanel::setDefaultAtlas(const std::string& source)
{
    m_data->setDefaultAtlas(source);
    m_robust->setDefaultLibrary(source);
    showEstimate();
    emit requestShown();
}

void RunSettingsPanel::showEstimate()
{
    const auto now = request();
    if (now && train::validate(now->config))
        m_network->showEstimate(m_estimator.estimate(*now));
    else
        m_network->showEstimate(std::nullopt);
}

void RunSettingsPanel::setRunning(bool active, bool fresh)
{
    m_active = active;
    m_fresh = fresh;
    updateLocks();
    m_robust->setRunning(active);
}

void RunSettingsPanel::updateLocks()
{
    train::TrainingConfig config = m_config;
    m_training->write(config);
    for (const RunParameter& parameter : m_parameters)
        m_rows.at(parameter.id)->setLocked(lockReason(parameter, config, m_active, m_fresh));
    const QString later = lockReason(ParameterScope::BeforeRun, m_active, m_fresh);
    m_training->setLocked(later);
    m_network->setLocked(later);
    m_data->setLocked(later);
    m_augmentation->setLocked(lockReason(ParameterScope::LiveWhenFresh, m_active, m_fresh));
}

ParameterRow& RunSettingsPanel::row(const std::string& id)
{
    const auto found = m_rows.find(id);
    EXPECTS(found != m_rows.end());
    return *found->second;
}

QLineEdit& RunSettingsPanel::hiddenLayers()
{
    return m_network->hiddenText();
}

QCheckBox& RunSettingsPanel::freshEveryEpoch()
{
    return m_data->freshEveryEpoch();
}

} // namespace maury::ui

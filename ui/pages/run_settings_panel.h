#pragma once

#include "ui/bridge/run_request.h"
#include "ui/models/run_parameters.h"

#include <QTabWidget>

#include <map>
#include <string>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace maury::ui {

class AtlasChoice;
class HistoryModel;
class ParameterRow;

/// The settings of a run, in tabs: training, augmentation, network, data, and the table of the
/// epochs. While a run goes on, what it can take over stays enabled; the rest says why it is not.
class RunSettingsPanel : public QTabWidget {
    Q_OBJECT
public:
    /// The model outlives the panel.
    explicit RunSettingsPanel(HistoryModel& history, QWidget* parent = nullptr);

    /// What stands in the controls. Errors: OptionInvalid when the hidden layers cannot be read.
    [[nodiscard]] base::Result<RunRequest> request() const;
    void setRequest(const RunRequest& request);
    /// The live settings alone.
    void showLive(const train::LiveSettings& live);
    /// The atlas to train on until the user chooses one.
    void setDefaultAtlas(const std::string& source);

    /// active: a run goes on; fresh: it augments every epoch anew.
    void setRunning(bool active, bool fresh);

    /// By the id of RunParameter. Precondition: there is such a row.
    [[nodiscard]] ParameterRow& row(const std::string& id);
    [[nodiscard]] QLineEdit& hiddenLayers() { return *m_hidden; }
    [[nodiscard]] QCheckBox& freshEveryEpoch() { return *m_fresh; }

signals:
    /// A setting that a run takes over in its course was changed.
    void liveChanged(const maury::train::LiveSettings& live);

private:
    void makeRows();
    void makeChoices();
    [[nodiscard]] QWidget* makeTrainingTab();
    [[nodiscard]] QWidget* makeAugmentationTab();
    [[nodiscard]] QWidget* makeNetworkTab();
    [[nodiscard]] QWidget* makeDataTab();
    [[nodiscard]] QWidget* makeEpochsTab(HistoryModel& history);
    void fillBackends();
    void showNetwork();
    void showNumbers();
    void parameterMoved(const RunParameter& parameter, double value);
    [[nodiscard]] QList<ParameterRow*> rowsOf(ParameterGroup group) const;

    std::vector<RunParameter> m_parameters;
    std::map<std::string, ParameterRow*> m_rows;
    train::TrainingConfig m_config; ///< numbers as in the rows
    bool m_atlasChosen = false;

    AtlasChoice* m_trainAtlas;
    AtlasChoice* m_testAtlas;
    QCheckBox* m_fresh;
    QSpinBox* m_seed;
    QLineEdit* m_hidden;
    QLabel* m_networkSummary;
    QComboBox* m_activation;
    QComboBox* m_initialisation;
    QComboBox* m_optimizer;
    QComboBox* m_schedule;
    QComboBox* m_backend;
};

} // namespace maury::ui

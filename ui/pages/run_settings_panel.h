#pragma once

#include "ui/bridge/run_request.h"
#include "ui/models/run_estimator.h"
#include "ui/models/run_parameters.h"

#include <QTabWidget>

#include <map>
#include <string>

class QCheckBox;
class QLineEdit;

namespace maury::ui {

class AugmentationTab;
class ClassScoreModel;
class ClassTab;
class DataTab;
class HistoryModel;
class NetworkTab;
class ParameterRow;
class RobustTabs;
class TrainingTab;

/// The settings of a run, in tabs: training, augmentation, network, data (of the protocol that is
/// chosen), and the tables of the epochs and of the classes. While a run goes on, what it can take
/// over stays enabled; the rest says why it is not.
class RunSettingsPanel : public QTabWidget {
    Q_OBJECT
public:
    /// The models outlive the panel.
    RunSettingsPanel(HistoryModel& history, ClassScoreModel& scores, QWidget* parent = nullptr);

    /// What stands in the controls. Errors: OptionInvalid when the hidden layers cannot be read.
    [[nodiscard]] base::Result<RunRequest> request() const;
    /// Without emitting anything.
    void setRequest(const RunRequest& request);
    /// As if the user had set all of it at once; label: what was done, in words.
    void replaceRequest(const RunRequest& request, const QString& label);
    /// The live settings alone.
    void showLive(const train::LiveSettings& live);
    void showLive(const robust::RobustLive& live);
    [[nodiscard]] Protocol protocol() const { return m_protocol; }
    /// As if the user had chosen it.
    void chooseProtocol(Protocol protocol);
    /// As if the user had set it. False when a run goes on that cannot take it over; nothing is
    /// changed then.
    bool setAugmentation(const dataset::AugmentationSettings& augmentation);
    /// The atlas to train on until the user chooses one.
    void setDefaultAtlas(const std::string& source);

    /// active: a run goes on; fresh: it augments every epoch anew.
    void setRunning(bool active, bool fresh);

    /// What is known of atlases and speeds; showEstimate() after it has learned something.
    [[nodiscard]] RunEstimator& estimator() { return m_estimator; }
    void showEstimate();

    /// By the id of RunParameter. Precondition: there is such a row.
    [[nodiscard]] ParameterRow& row(const std::string& id);
    [[nodiscard]] QLineEdit& hiddenLayers();
    [[nodiscard]] QCheckBox& freshEveryEpoch();
    [[nodiscard]] RobustTabs& robust() { return *m_robust; }
    [[nodiscard]] TrainingTab& training() { return *m_training; }
    [[nodiscard]] AugmentationTab& augmentation() { return *m_augmentation; }
    [[nodiscard]] NetworkTab& network() { return *m_network; }
    [[nodiscard]] DataTab& data() { return *m_data; }
    [[nodiscard]] ClassTab& classes() { return *m_classes; }

signals:
    /// A setting that a run takes over in its course was changed.
    void liveChanged(const maury::train::LiveSettings& live);
    void robustLiveChanged(const maury::robust::RobustLive& live);
    /// The user changed any setting; request() has it. Nothing is emitted for what setRequest(),
    /// showLive() show.
    void requestEdited();
    /// The user set everything at once, of which requestShown() follows. label: what was done.
    void requestReplaced(const QString& label);
    /// The panel shows other settings, but not by the user's hand.
    void requestShown();

private:
    void makeRows();
    void connectTabs();
    [[nodiscard]] QList<ParameterRow*> rowsOf(ParameterGroup group) const;
    void showRequest(const RunRequest& request);
    void showProtocol();
    void parameterMoved(const RunParameter& parameter, double value);
    void noiseChosen();
    void showNumbers();
    void settingEdited();
    void updateLocks();

    std::vector<RunParameter> m_parameters;
    std::map<std::string, ParameterRow*> m_rows;
    Protocol m_protocol = Protocol::Paper;
    train::TrainingConfig m_config; ///< what has no control, and the numbers of the rows
    RunEstimator m_estimator;
    bool m_showing = false; ///< the controls move because the program moves them
    bool m_active = false;
    bool m_fresh = false;

    TrainingTab* m_training = nullptr;
    AugmentationTab* m_augmentation = nullptr;
    NetworkTab* m_network = nullptr;
    DataTab* m_data = nullptr;
    ClassTab* m_classes = nullptr;
    RobustTabs* m_robust = nullptr;
    QList<int> m_paperTabs; ///< places of the tabs that belong to one protocol
    QList<int> m_robustTabs;
};

} // namespace maury::ui

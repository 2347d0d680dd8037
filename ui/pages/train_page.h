#pragma once

#include "ui/bridge/run_store.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/training_session.h"
#include "ui/models/class_score_model.h"
#include "ui/models/history_model.h"
#include "ui/models/run_progress.h"
#include "ui/models/runs_model.h"
#include "ui/pages/page.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

namespace maury::ui {

class NetworkLens;
class NoticeBar;
class RunBar;
class RunLauncher;
class RunSettingsPanel;
class StepView;
class TimeMachine;
class TrainingCurves;
class ViewSwitch;

/// Trains a network and shows how it goes.
class TrainPage : public Page {
    Q_OBJECT
public:
    /// The session outlives the page, which starts and steers its runs.
    TrainPage(const PageContext& context, TrainingSession& session, RunStore store,
        QWidget* parent = nullptr);

    void onShown() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    /// Trains for a few epochs with few variations, changing the learning rate on the way.
    void prepareTour(const std::function<void()>& ready) override;
    [[nodiscard]] QStringList tourViews() const override;
    void showTourView(const QString& view) override;

    /// Starts a run with the settings of the panel.
    void start();
    /// One batch of the run that waits, or the first of a new one.
    void singleBatch();
    void resumeLast();
    /// Sets the augmentation of the next run; of the one that goes on if it takes that over.
    void setAugmentation(const dataset::AugmentationSettings& augmentation);
    /// The last run, or the one that goes on, from its beginning: the same data, first weights and
    /// order, with the rates that stand in the panel now.
    void rewind();
    /// A run with the settings of the panel and a seed that was not used before.
    void startWithNewSeed();
    /// Goes on from an epoch (0-based, a kept one) of the last run, or of the one that goes on, with
    /// the live settings that stand in the panel now; draws that run beside the new one.
    void branch(int epoch);
    /// Draws a run of the table beside the one at hand.
    void compareWith(int row);
    /// Chooses the robust protocol and starts a run with its settings.
    void typeMyStars();
    /// Writes the last model of the session; a failure is shown.
    void saveModel(const QString& file);

    [[nodiscard]] RunSettingsPanel& settings() { return *m_panel; }
    [[nodiscard]] RunBar& bar() { return *m_bar; }
    [[nodiscard]] NoticeBar& notice() { return *m_notice; }
    [[nodiscard]] TrainingCurves& curves() { return *m_curves; }
    [[nodiscard]] NetworkLens& lens() { return *m_lens; }
    [[nodiscard]] TimeMachine& timeMachine() { return *m_time; }
    [[nodiscard]] StepView& stepView() { return *m_step; }
    [[nodiscard]] const RunsModel& runs() const { return m_runs; }
    [[nodiscard]] ViewSwitch& views() { return *m_views; }
    [[nodiscard]] const HistoryModel& history() const { return m_history; }
    [[nodiscard]] const ClassScoreModel& classScores() const { return m_scores; }

private:
    static constexpr const char* kCurvesView = "curves";
    static constexpr const char* kNetworkView = "network";
    static constexpr const char* kTimeView = "time";
    static constexpr const char* kStepView = "step";
    static constexpr const char* kSpreadView = "spreads"; ///< of the tour: layers over the epochs
    static constexpr const char* kRobustView = "robust"; ///< of the tour: that protocol's settings
    void makeContent();
    void connectBar();
    void connectSession();
    void connectTimeMachine();
    void makeRunsTable();
    [[nodiscard]] QString lastRunName() const;
    void startFromPanel(bool paused);
    void batchStepByStep();
    [[nodiscard]] std::optional<RunRequest> wanted();
    void prepare(const RunRequest& request);
    [[nodiscard]] double now() const;
    void takeAtlas();
    void chooseModelFile();
    void takeState(TrainingSession::State state);
    void takeStart(const train::RunStarted& run);
    void takeEpoch(const train::EpochDone& epoch);
    void takeChange(const train::SettingChanged& change);
    void takeEnd(const RunResultPtr& result);
    void takeFailure(const base::Error& error);
    void useModel(const RunResultPtr& result);
    void drawWhole(const train::TrainingReport& report);
    void refresh();
    void showProgress();
    void showFacts();
    void endTour();
    [[nodiscard]] bool isRobust() const; ///< the run that goes on, or the last one

    PageContext m_context;
    TrainingSession& m_session;
    RunLauncher* m_launcher;
    HistoryModel m_history;
    ClassScoreModel m_scores;
    RunsModel m_runs;
    RunBar* m_bar = nullptr;
    NoticeBar* m_notice = nullptr;
    ViewSwitch* m_views = nullptr;
    TrainingCurves* m_curves = nullptr;
    NetworkLens* m_lens = nullptr;
    TimeMachine* m_time = nullptr;
    StepView* m_step = nullptr;
    RunSettingsPanel* m_panel = nullptr;

    std::optional<StatusReporter::JobId> m_job;
    train::RunStarted m_run;
    RunProgress m_progress;
    QElapsedTimer m_clock;
    RunResultPtr m_taken; ///< the session's result whose network is in use
    bool m_calibrating = false; ///< the networks of the folds are being trained
    double m_preparedFrom = 0.0; ///< when the data set was begun
    std::optional<train::EpochDone> m_lastEpoch; ///< whose classes are shown
    std::function<void()> m_tourReady;
    std::unique_ptr<QTemporaryDir> m_tourFolder; ///< of the epochs of the tour's run
};

} // namespace maury::ui

#pragma once

#include "core/train/training_control.h"
#include "ui/bridge/feed_session.h"
#include "ui/bridge/run_request.h"

#include <memory>
#include <optional>

namespace maury::ui {

/// Training as the window sees it: owns the one thread that makes the data set and trains, and
/// turns what it says into signals on the GUI thread. At most one run at a time; destroying the
/// session stops and joins.
class TrainingSession : public FeedSession {
    Q_OBJECT
public:
    /// openLibrary: robust::openTrainingLibrary() by default.
    explicit TrainingSession(
        AtlasLoader openAtlas, QObject* parent = nullptr, LibraryLoader openLibrary = {});
    ~TrainingSession() override;

    /// Starts a run in the background. Precondition: !active(). Bad settings arrive as failed().
    void start(RunRequest request);
    void pause();
    void resume();
    /// While paused (or not yet running): lets exactly one batch through.
    void singleBatch();
    /// Acts on the run that goes on, at its next batch; nothing happens without one. Errors:
    /// OptionInvalid, and the settings stay as they were.
    base::Result<void> setLive(const train::LiveSettings& live);
    /// The same for a run of the robust protocol; each does nothing in a run of the other.
    base::Result<void> setLive(const robust::RobustLive& live);
    /// Whether somebody looks into the network, in this run and those to come: networkProbed() then
    /// comes after epochs and in pauses.
    void setWatched(bool watched);

    /// What the run that goes on (or the last one) works with; a resumed run begins with its
    /// checkpoint's.
    [[nodiscard]] train::LiveSettings live() const;
    [[nodiscard]] robust::RobustLive robustLive() const;

    /// Of the run that goes on, or of the last one.
    [[nodiscard]] const RunRequest& request() const { return m_request; }
    /// Of the last run that ended with a model, if only that of its last checkpoint (then with the
    /// reason in RunResult::failure); nothing before that.
    [[nodiscard]] RunResultPtr result() const { return m_result; }

signals:
    void dataProgress(double fraction);
    /// A robust model is being calibrated: the network of this fold (0-based) is trained.
    void calibrating(int fold, int folds);
    void checkpointWritten(const maury::train::CheckpointWritten& checkpoint);
    void networkProbed(const maury::train::ProbedNetworkPtr& network);
    /// A single batch went through, number by number. Of the paper's protocol only.
    void stepTraced(const maury::train::StepTracePtr& trace);
    /// After an epoch while training, and for the finished model.
    void evaluated(const maury::ui::EvaluationPtr& evaluation);
    /// The run has ended without an error; no result when it was cancelled before its first batch.
    void finished(const maury::ui::RunResultPtr& result);

private:
    void takeStart() override;
    void takeFailure(const RunFailed& failure) override;
    void takeEnd(const RunEnded& end) override;
    void takeOther(const FeedItem& item) override;
    [[nodiscard]] train::RunControl& control();
    void runJob(const std::stop_token& stop, const RunRequest& request);

    AtlasLoader m_openAtlas;
    LibraryLoader m_openLibrary;
    bool m_watched = false;
    RunRequest m_request;
    /// Changed before the trainer had begun.
    std::optional<train::LiveSettings> m_early;
    std::optional<robust::RobustLive> m_earlyRobust;
    RunResultPtr m_result;
    std::shared_ptr<train::TrainingControl> m_control;
    std::shared_ptr<robust::RobustControl> m_robustControl; ///< of robust runs
};

} // namespace maury::ui

#pragma once

#include "ui/bridge/run_store.h"
#include "ui/bridge/training_session.h"

#include <QObject>

#include <optional>

namespace maury::ui {

/// Starts the runs of a session: each is remembered, so that it can be resumed after the program
/// was killed, and one that is asked for while another goes on begins when that has ended.
class RunLauncher : public QObject {
    Q_OBJECT
public:
    /// The session outlives the launcher.
    RunLauncher(TrainingSession& session, RunStore store, QObject* parent = nullptr);

    /// Nothing happens while a run goes on.
    void start(RunRequest request);
    /// Without a checkpoint: what is remembered of the user's last run stays.
    void startUnremembered(const RunRequest& request);
    /// Stops the run that goes on, if any, and starts this one then.
    void restart(RunRequest request);
    /// Stops the run that goes on, if any; then a run begins that goes on from epoch `epoch`
    /// (0-based, a kept one) of `run`, which was remembered or has a checkpoint of its own, with
    /// these live settings.
    void branch(RunRequest run, int epoch, const train::LiveSettings& live);
    /// Goes on with the run that was interrupted; nothing happens without one.
    void resumeLast();
    /// Whether there is an interrupted run.
    [[nodiscard]] bool hasUnfinished() const { return m_store.unfinished().has_value(); }

signals:
    /// Just before the run begins: the moment to show its settings.
    void beginning(const maury::ui::RunRequest& request);
    /// The settings cannot run.
    void refused(const maury::base::Error& error);
    /// The run cannot be remembered; it begins all the same.
    void notRemembered(const maury::base::Error& error);

private:
    void begin(RunRequest request);
    void beginNext();

    TrainingSession& m_session;
    RunStore m_store;
    bool m_remembered = false; ///< the run that goes on, or the last one
    std::optional<RunRequest> m_next; ///< waits for the end of the run that goes on
};

} // namespace maury::ui

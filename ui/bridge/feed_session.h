#pragma once

#include "ui/bridge/training_feed.h"

#include <QObject>

#include <functional>
#include <stop_token>
#include <thread>

namespace maury::ui {

/// A run on a thread of its own as the window sees it: its state, and what it says as signals on the
/// GUI thread, in the order in which it was said. What is trained is the derived classes' affair.
/// At most one run at a time.
class FeedSession : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle,
        Preparing, ///< atlases are read, the data set is made
        Running,
        Paused,
        Stopping ///< stop was asked for; the thread finishes its batch
    };
    Q_ENUM(State)

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool active() const { return m_state != State::Idle; }
    /// The network of the last batch becomes the result.
    void stop();

signals:
    void stateChanged(maury::ui::FeedSession::State state);
    void runStarted(const maury::train::RunStarted& run);
    void stepsDone(const std::vector<maury::ui::StepPoint>& points);
    void epochDone(const maury::train::EpochDone& epoch);
    void settingChanged(const maury::train::SettingChanged& change);
    void noticed(const maury::base::Error& error);
    /// After all signals of one delivery: the moment to repaint.
    void delivered();
    /// The run came to a bad end; what it had reached may be kept as its result.
    void failed(const maury::base::Error& error);

protected:
    explicit FeedSession(QObject* parent);

    /// Begins a run whose thread does `work`, which posts to feed() and ends with RunFailed or
    /// RunEnded. A machine without a thread to spare arrives as failed(). Precondition: !active().
    void startThread(std::function<void(const std::stop_token&)> work);
    /// For destructors: before anything that the thread uses goes away.
    void stopAndJoin();
    void setState(State state);
    [[nodiscard]] TrainingFeed& feed() { return m_feed; }

    /// The trainer has begun: settings that were changed while the data were made can be set now.
    virtual void takeStart() = 0;
    /// The thread has ended: keeps what is left of the run. failed() follows.
    virtual void takeFailure(const RunFailed& failure) = 0;
    /// The thread has ended: keeps the result, sets the state, and says so.
    virtual void takeEnd(const RunEnded& end) = 0;
    /// What is not said in every kind of run.
    virtual void takeOther(const FeedItem& item) = 0;

private:
    void take(const std::vector<FeedItem>& items);
    void takeItem(const FeedItem& item);
    void join();

    TrainingFeed m_feed;
    State m_state = State::Idle;
    std::jthread m_thread;
};

} // namespace maury::ui

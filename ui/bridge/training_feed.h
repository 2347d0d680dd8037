#pragma once

#include "core/train/training_event.h"
#include "ui/bridge/run_request.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <mutex>
#include <variant>
#include <vector>

namespace maury::ui {

/// One or more batches as one point of a curve: means weighted by the number of batches.
struct StepPoint {
    double position = 0.0; ///< epochs done, with fraction, after the last batch
    double loss = 0.0;
    double lossSc = 0.0;
    double lossLc = 0.0;
    double accuracySc = 0.0;
    double accuracyLc = 0.0;
    double lossLow = 0.0; ///< smallest and largest loss among the batches
    double lossHigh = 0.0;
    double learningRate = 0.0; ///< of the last batch
    int steps = 0;

    bool operator==(const StepPoint&) const = default;
};

/// Consecutive batches; bounded however long nobody looks.
struct StepBlock {
    std::vector<StepPoint> points;
};
/// The data set is being made; fraction 0 … 1.
struct DataProgress {
    double fraction = 0.0;
};
/// The network of a fold is being trained to calibrate a robust model.
struct CalibrationProgress {
    int fold = 0; ///< 0-based
    int folds = 0;
};
struct RunFailed {
    base::Error error;
    RunResultPtr lastGood; ///< what a run that diverged had reached; null if nothing
};
/// The thread has nothing more to say; no result when it was cancelled before the first step.
struct RunEnded {
    RunResultPtr result;
};

using FeedItem = std::variant<DataProgress, CalibrationProgress, train::RunStarted, StepBlock,
    train::EpochDone, train::SettingChanged, train::PauseChanged, train::Notice,
    train::CheckpointWritten, train::NetworkProbed, train::StepTraced, EvaluationPtr, RunFailed,
    RunEnded>;

/// Carries what a training thread says to the GUI thread: items wait under a mutex, at most one
/// wake-up is queued, and deliveries come at most 30 times a second. Batches are condensed while
/// they wait, so that a busy GUI never makes the queue grow.
class TrainingFeed : public QObject {
    Q_OBJECT
public:
    explicit TrainingFeed(QObject* parent = nullptr);

    /// Any thread.
    void post(FeedItem item);
    /// Any thread: an event of the trainer.
    void postEvent(const train::TrainingEvent& event);
    /// Forgets what still waits; for the GUI thread, between runs.
    void clear();

    static constexpr int kDeliveryMilliseconds = 34;
    static constexpr std::size_t kMaximumPoints = 64; ///< waiting in one block

signals:
    /// On the thread of the feed: what has arrived since the last delivery, in order.
    void delivered(const std::vector<maury::ui::FeedItem>& items);

private:
    void addStep(const train::StepDone& step);
    void schedule();
    void deliver();
    void wake();

    std::mutex m_mutex;
    std::vector<FeedItem> m_items;
    bool m_wakeQueued = false;
    std::int64_t m_stepsPerEpoch = 1;

    QTimer m_timer; ///< GUI thread only
    QElapsedTimer m_sinceDelivery;
};

/// Two neighbouring points as one.
[[nodiscard]] StepPoint merged(const StepPoint& first, const StepPoint& second);

} // namespace maury::ui

#pragma once

#include "core/train/training_event.h"

#include <optional>

namespace maury::ui {

/// How far a run has come, how fast it is and how long it will take. Times are seconds of a clock
/// that the caller reads; pauses do not count.
class RunProgress {
public:
    /// Forgets the run before.
    void begin();
    void start(const train::RunStarted& run);
    /// Epochs done, with fraction.
    void reach(double position);
    void finishEpoch(const train::EpochDone& epoch);
    /// Whether batches are being computed from now on.
    void setRunning(bool running, double now);

    [[nodiscard]] bool started() const { return m_epochs > 0; }
    [[nodiscard]] int epochs() const { return m_epochs; }
    /// The one that is being computed, from 1.
    [[nodiscard]] int epoch() const;
    /// 0 … 1 of the whole run.
    [[nodiscard]] double fraction() const;
    /// Of the training: that of the last epoch, before that the mean since the start; 0 while
    /// nothing is known. Two digits: more would flicker.
    [[nodiscard]] double samplesPerSecond(double now) const;
    /// At the mean rate since the start; nothing while paused or not known.
    [[nodiscard]] std::optional<double> secondsLeft(double now) const;

private:
    [[nodiscard]] double trained(double now) const;

    int m_epochs = 0;
    int m_first = 0;
    std::int64_t m_samples = 0;
    double m_position = 0.0;
    double m_rate = 0.0;
    double m_before = 0.0; ///< seconds trained until m_since
    std::optional<double> m_since; ///< running since then
};

} // namespace maury::ui

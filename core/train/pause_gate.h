#pragma once

#include "core/train/training_control.h"
#include "core/train/training_event.h"

#include <chrono>
#include <functional>
#include <stop_token>

namespace maury::train {

/// Receives events on the training thread; must be quick and must not throw.
using TrainingObserver = std::function<void(const TrainingEvent&)>;

/// Where a trainer asks before every step whether it may go on: waits in a pause, tells the
/// observer, and counts the seconds that were lost.
class PauseGate {
public:
    /// Both outlive the gate.
    PauseGate(RunControl& control, const TrainingObserver& observer, std::stop_token stop);

    /// False to stop. `whenWatched`: see RunControl::waitForPermission().
    bool pass(const std::function<void()>& whenWatched = {});
    [[nodiscard]] double pausedSeconds() const { return m_pausedSeconds; }

private:
    RunControl& m_control;
    const TrainingObserver& m_observer;
    std::stop_token m_stop;
    bool m_wasPaused = false;
    double m_pausedSeconds = 0.0;
};

} // namespace maury::train

#include "core/train/pause_gate.h"

#include <utility>

namespace maury::train {

PauseGate::PauseGate(RunControl& control, const TrainingObserver& observer, std::stop_token stop)
    : m_control(control)
    , m_observer(observer)
    , m_stop(std::move(stop))
{
}

bool PauseGate::pass(const std::function<void()>& whenWatched)
{
    if (m_stop.stop_requested())
        return false;
    const bool paused = m_control.paused();
    if (paused != m_wasPaused) {
        m_wasPaused = paused;
        m_observer(PauseChanged { paused });
    }
    if (!paused)
        return true;
    const auto begin = std::chrono::steady_clock::now();
    const bool allowed = m_control.waitForPermission(m_stop, whenWatched);
    m_pausedSeconds
        += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (allowed && !m_control.paused()) {
        m_wasPaused = false;
        m_observer(PauseChanged { false });
    }
    return allowed;
}

} // namespace maury::train

#pragma once

#include "core/base/contract.h"
#include "core/train/training_config.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>

namespace maury::train {

/// The hands on a run of either protocol: any thread may call, the trainer looks before every step.
class RunControl {
public:
    void pause();
    void resume();
    /// While paused: lets exactly one batch through.
    void stepOnce();
    [[nodiscard]] bool paused() const;

    /// Whether somebody looks into the network: the trainer then sends NetworkProbed events. A run
    /// that nobody looks into costs nothing.
    void setWatched(bool watched);
    [[nodiscard]] bool watched() const;

    /// For the trainer: waits while paused (until resume, stepOnce or stop); false when stop was
    /// requested. While it waits it calls `whenWatched` once for each time that somebody looks:
    /// from the start on, or later.
    bool waitForPermission(std::stop_token stop, const std::function<void()>& whenWatched = {});

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;
    int m_steps = 0;
    bool m_watched = false;
    bool m_watchBegun = false; ///< not yet told to a waiting trainer
};

/// The same with the settings of a protocol that may change in mid-run.
template <typename Live> class LiveControl : public RunControl {
public:
    /// Replaces the live settings. Precondition: validate(live) succeeds.
    void setLive(const Live& live)
    {
        EXPECTS(validate(live));
        const std::scoped_lock lock(m_liveMutex);
        m_live = live;
    }
    [[nodiscard]] Live live() const
    {
        const std::scoped_lock lock(m_liveMutex);
        return m_live;
    }

private:
    mutable std::mutex m_liveMutex;
    Live m_live;
};

using TrainingControl = LiveControl<LiveSettings>;

} // namespace maury::train

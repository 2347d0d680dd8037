#pragma once

#include "core/train/training_config.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>

namespace maury::train {

/// The hands on a running Trainer: any thread may call, the trainer looks before every step.
class TrainingControl {
public:
    void pause();
    void resume();
    /// While paused: lets exactly one batch through.
    void stepOnce();
    [[nodiscard]] bool paused() const;

    /// Replaces the live settings. Precondition: validate(live) succeeds.
    void setLive(const LiveSettings& live);
    [[nodiscard]] LiveSettings live() const;

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
    LiveSettings m_live;
    bool m_paused = false;
    int m_steps = 0;
    bool m_watched = false;
    bool m_watchBegun = false; ///< not yet told to a waiting trainer
};

} // namespace maury::train

#pragma once

#include "core/train/pause_gate.h"
#include "core/train/probed_network.h"

#include <chrono>
#include <functional>
#include <optional>

namespace maury::train {

/// Looks into the network of a run of either protocol while somebody watches, rarely enough not to
/// hold it up, and tells the observer. Costs nothing until the first look.
class RunProbe {
public:
    /// What is seen now; null when there is nothing to see. Reads only: a run gives the same bits
    /// with and without.
    using Look = std::function<ProbedNetworkPtr()>;

    /// All outlive it.
    RunProbe(const RunControl& control, const TrainingObserver& observer)
        : m_control(control)
        , m_observer(observer)
    {
    }

    /// After an epoch: not when nobody watches or the last look was too recent.
    void afterEpoch(const Look& look);
    /// In a pause, where there is time: not when nobody watches.
    void inPause(const Look& look);

private:
    using Clock = std::chrono::steady_clock;

    void tell(const Look& look);

    const RunControl& m_control;
    const TrainingObserver& m_observer;
    std::optional<Clock::time_point> m_lastAt;
    Clock::duration m_cost {};
};

} // namespace maury::train

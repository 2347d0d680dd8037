#pragma once

#include "core/train/probed_network.h"
#include "core/train/trainer.h"

#include <chrono>
#include <optional>

namespace maury::train {

/// Looks into the network of a run while somebody watches, rarely enough not to hold it up, and
/// tells the observer. Reads only: a run gives the same bits with and without. Costs nothing until
/// the first look.
class RunProbe {
public:
    /// All outlive it. `model` gives the shape, `train` the samples.
    RunProbe(const TrainingControl& control, const TrainingConfig& config,
        const TrainingObserver& observer)
        : m_control(control)
        , m_config(config)
        , m_observer(observer)
    {
    }

    /// After an epoch: not when nobody watches or the last look was too recent.
    void afterEpoch(
        const Model& model, int epochs, const dataset::SampleSet& train, const LiveSettings& live);
    /// In a pause, where there is time: not when nobody watches.
    void inPause(const Model& model, const Backend& backend, int epochs,
        const dataset::SampleSet& train, const LiveSettings& live);

private:
    using Clock = std::chrono::steady_clock;

    void look(const Model& model, const nn::Parameters& parameters, int epochs,
        const dataset::SampleSet& train, const LiveSettings& live);

    const TrainingControl& m_control;
    const TrainingConfig& m_config;
    const TrainingObserver& m_observer;
    std::optional<NetworkProber> m_prober;
    std::optional<Clock::time_point> m_lastAt;
    Clock::duration m_cost {};
};

} // namespace maury::train

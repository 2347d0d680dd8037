#include "core/train/run_probe.h"

#include <algorithm>

namespace maury::train {
namespace {

constexpr std::chrono::milliseconds kPause { 400 }; // between two looks at least
constexpr int kCostShare = 20; // at most a twentieth of the time

} // namespace

void RunProbe::afterEpoch(
    const Model& model, int epochs, const dataset::SampleSet& train, const LiveSettings& live)
{
    if (!m_control.watched())
        return;
    const Clock::duration wait = std::max<Clock::duration>(kPause, kCostShare * m_cost);
    if (!m_lastAt || Clock::now() - *m_lastAt >= wait)
        look(model, model.parameters, epochs, train, live);
}

void RunProbe::inPause(const Model& model, const Backend& backend, int epochs,
    const dataset::SampleSet& train, const LiveSettings& live)
{
    if (!m_control.watched())
        return;
    // A backend that has failed says so at the next step.
    if (const auto parameters = backend.parameters())
        look(model, *parameters, epochs, train, live);
}

void RunProbe::look(const Model& model, const nn::Parameters& parameters, int epochs,
    const dataset::SampleSet& train, const LiveSettings& live)
{
    if (!m_prober)
        m_prober.emplace(model, &train, m_config);
    const Clock::time_point begin = Clock::now();
    m_observer(NetworkProbed { m_prober->probe(parameters, epochs, live.weightSc, live.weightLc) });
    m_lastAt = Clock::now();
    m_cost = *m_lastAt - begin;
}

} // namespace maury::train

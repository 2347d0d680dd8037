#include "core/train/run_probe.h"

#include <algorithm>

namespace maury::train {
namespace {

constexpr std::chrono::milliseconds kPause { 400 }; // between two looks at least
constexpr int kCostShare = 20; // at most a twentieth of the time

} // namespace

void RunProbe::afterEpoch(const Look& look)
{
    if (!m_control.watched())
        return;
    const Clock::duration wait = std::max<Clock::duration>(kPause, kCostShare * m_cost);
    if (!m_lastAt || Clock::now() - *m_lastAt >= wait)
        tell(look);
}

void RunProbe::inPause(const Look& look)
{
    if (m_control.watched())
        tell(look);
}

void RunProbe::tell(const Look& look)
{
    const Clock::time_point begin = Clock::now();
    if (auto network = look())
        m_observer(NetworkProbed { std::move(network) });
    m_lastAt = Clock::now();
    m_cost = *m_lastAt - begin;
}

} // namespace maury::train

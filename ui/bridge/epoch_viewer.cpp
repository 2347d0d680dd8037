#include "ui/bridge/epoch_viewer.h"

#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <algorithm>
#include <thread>
#include <utility>

namespace maury::ui {

void EpochViewer::begin(dataset::SampleSetPtr set)
{
    ++m_generation;
    m_set = std::move(set);
    m_seen.clear();
    m_waiting.reset();
    m_ahead.reset();
}

train::EpochViewPtr EpochViewer::seen(int epoch) const
{
    const auto found = std::find_if(m_seen.begin(), m_seen.end(),
        [epoch](const train::EpochViewPtr& view) { return view->epoch == epoch; });
    return found == m_seen.end() ? nullptr : *found;
}

void EpochViewer::request(
    const train::KeptEpoch& kept, const std::optional<train::KeptEpoch>& ahead)
{
    m_ahead = ahead;
    m_waiting.reset();
    if (const auto view = seen(kept.epoch)) {
        emit viewed(view);
        if (!m_busy && m_ahead && !seen(m_ahead->epoch))
            look(*std::exchange(m_ahead, std::nullopt), false);
    } else if (m_busy) {
        m_waiting = kept;
    } else {
        look(kept, true);
    }
}

void EpochViewer::look(const train::KeptEpoch& kept, bool asked)
{
    m_busy = true;
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const auto looked = QtConcurrent::run(
        [kept, set = m_set, threads] { return train::viewEpoch(kept, set, threads); });
    whenDone(this, looked,
        [this, asked, generation = m_generation](const base::Result<train::EpochViewPtr>& view) {
            m_busy = false;
            if (generation == m_generation)
                take(view, asked);
            if (const auto next = std::exchange(m_waiting, std::nullopt))
                request(*next, m_ahead);
            else if (!m_busy && m_ahead && !seen(m_ahead->epoch))
                look(*std::exchange(m_ahead, std::nullopt), false);
        });
}

void EpochViewer::take(const base::Result<train::EpochViewPtr>& view, bool asked)
{
    if (view)
        remember(*view);
    if (!asked || m_waiting)
        return;
    if (view)
        emit viewed(*view);
    else
        emit failed(view.error());
}

void EpochViewer::remember(const train::EpochViewPtr& view)
{
    m_seen.push_front(view);
    if (m_seen.size() > kRemembered)
        m_seen.pop_back();
}

} // namespace maury::ui

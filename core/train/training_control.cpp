#include "core/train/training_control.h"

namespace maury::train {

void RunControl::pause()
{
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    m_steps = 0;
}

void RunControl::resume()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = false;
        m_steps = 0;
    }
    m_changed.notify_all();
}

void RunControl::stepOnce()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_paused)
            return;
        ++m_steps;
    }
    m_changed.notify_all();
}

bool RunControl::paused() const
{
    const std::scoped_lock lock(m_mutex);
    return m_paused;
}

void RunControl::setWatched(bool watched)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_watchBegun = watched && !m_watched;
        m_watched = watched;
    }
    m_changed.notify_all();
}

bool RunControl::watched() const
{
    const std::scoped_lock lock(m_mutex);
    return m_watched;
}

bool RunControl::waitForPermission(std::stop_token stop, const std::function<void()>& whenWatched)
{
    std::unique_lock lock(m_mutex);
    const auto free = [this] { return !m_paused || m_steps > 0; };
    const auto asked = [&] { return whenWatched && m_watchBegun; };
    m_watchBegun = m_watched;
    bool allowed = m_changed.wait(lock, stop, [&] { return free() || asked(); });
    while (allowed && !free()) {
        m_watchBegun = false;
        lock.unlock();
        whenWatched();
        lock.lock();
        allowed = m_changed.wait(lock, stop, [&] { return free() || asked(); });
    }
    if (!allowed || stop.stop_requested())
        return false;
    if (m_paused)
        --m_steps;
    return true;
}

} // namespace maury::train

#include "ui/bridge/stall_monitor.h"

#include <algorithm>

namespace maury::ui {

StallMonitor::StallMonitor(QObject* parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &StallMonitor::tick);
}

void StallMonitor::start()
{
    reset();
    m_timer.start();
}

void StallMonitor::stop()
{
    m_timer.stop();
}

void StallMonitor::reset()
{
    m_longestMs = 0.0;
    m_stalls = 0;
    m_ticks = 0;
    m_clock.start();
}

void StallMonitor::tick()
{
    const double late = static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - kIntervalMs;
    m_clock.start();
    m_longestMs = std::max(m_longestMs, late);
    m_stalls += late > kNoticeableMs ? 1 : 0;
    ++m_ticks;
}

} // namespace maury::ui

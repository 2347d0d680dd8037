#include "ui/models/run_progress.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {
namespace {

double twoDigits(double value)
{
    if (!(value > 0.0) || !std::isfinite(value))
        return 0.0;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
    return std::round(value / unit) * unit;
}

} // namespace

void RunProgress::begin()
{
    *this = {};
}

void RunProgress::start(const train::RunStarted& run)
{
    m_epochs = run.epochs;
    m_first = run.firstEpoch;
    m_samples = run.trainSamples;
    m_position = run.firstEpoch;
}

void RunProgress::reach(double position)
{
    m_position = std::max(m_position, position);
}

void RunProgress::finishEpoch(const train::EpochDone& epoch)
{
    reach(epoch.epoch + 1.0);
    m_rate = epoch.samplesPerSecond;
}

void RunProgress::setRunning(bool running, double now)
{
    m_before = trained(now);
    m_since = running ? std::optional(now) : std::nullopt;
}

double RunProgress::trained(double now) const
{
    return m_before + (m_since ? std::max(0.0, now - *m_since) : 0.0);
}

int RunProgress::epoch() const
{
    return std::min(m_epochs, static_cast<int>(m_position) + 1);
}

double RunProgress::fraction() const
{
    return m_epochs > 0 ? std::min(1.0, m_position / m_epochs) : 0.0;
}

double RunProgress::samplesPerSecond(double now) const
{
    const double seconds = trained(now);
    if (m_rate > 0.0 || !(seconds > 0.0))
        return twoDigits(m_rate);
    return twoDigits((m_position - m_first) * static_cast<double>(m_samples) / seconds);
}

std::optional<double> RunProgress::secondsLeft(double now) const
{
    const double done = m_position - m_first;
    if (!m_since || !(done > 0.0))
        return std::nullopt;
    return trained(now) / done * std::max(0.0, m_epochs - m_position);
}

} // namespace maury::ui

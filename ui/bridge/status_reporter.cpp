#include "ui/bridge/status_reporter.h"

#include <algorithm>
#include <utility>

namespace maury::ui {

StatusReporter::JobId StatusReporter::beginJob(const QString& what, std::function<void()> cancel)
{
    m_jobs.push_back({ ++m_lastId, what, {}, {}, std::move(cancel) });
    emit jobsChanged();
    return m_lastId;
}

void StatusReporter::updateJob(JobId id, const QString& what, std::optional<double> fraction,
    std::optional<double> secondsLeft)
{
    const auto job = std::find_if(
        m_jobs.begin(), m_jobs.end(), [id](const Job& each) { return each.id == id; });
    if (job == m_jobs.end())
        return;
    job->what = what;
    job->fraction = fraction;
    job->secondsLeft = secondsLeft;
    emit jobsChanged();
}

void StatusReporter::endJob(JobId id)
{
    if (std::erase_if(m_jobs, [id](const Job& each) { return each.id == id; }) > 0)
        emit jobsChanged();
}

const StatusReporter::Job* StatusReporter::currentJob() const
{
    return m_jobs.empty() ? nullptr : &m_jobs.back();
}

void StatusReporter::showMessage(const QString& text, Severity severity)
{
    emit messageShown(text, severity);
}

void StatusReporter::showReadout(const QString& text)
{
    emit readoutShown(text);
}

} // namespace maury::ui

#include "ui/bridge/run_launcher.h"

#include <utility>

namespace maury::ui {

RunLauncher::RunLauncher(TrainingSession& session, RunStore store, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_store(std::move(store))
{
    connect(&m_session, &TrainingSession::finished, this, [this](const RunResultPtr& result) {
        const bool over = !result || !result->report.stopped;
        if (over && m_remembered)
            m_store.forget();
        // Whoever else hears of the end should have dealt with it before the next run begins.
        QMetaObject::invokeMethod(this, &RunLauncher::beginNext, Qt::QueuedConnection);
    });
    connect(&m_session, &TrainingSession::failed, this, [this] { m_next.reset(); });
}

void RunLauncher::start(RunRequest request)
{
    if (m_session.active())
        return;
    setCheckpoint(request, m_store.checkpoint());
    begin(request);
}

void RunLauncher::startUnremembered(const RunRequest& request)
{
    if (!m_session.active())
        begin(request);
}

void RunLauncher::restart(RunRequest request)
{
    setCheckpoint(request, m_store.checkpoint());
    m_next = std::move(request);
    if (m_session.active())
        m_session.stop();
    else
        beginNext();
}

void RunLauncher::branch(RunRequest run, int epoch, const train::LiveSettings& live)
{
    run.branch = RunBranch { checkpointOf(run), epoch, live };
    run.resume = true;
    run.startPaused = false;
    run.config.live = live;
    restart(std::move(run));
}

void RunLauncher::resumeLast()
{
    if (const auto request = m_store.unfinished(); request && !m_session.active())
        begin(*request);
}

void RunLauncher::beginNext()
{
    if (const auto request = std::exchange(m_next, std::nullopt); request && !m_session.active())
        begin(*request);
}

void RunLauncher::begin(RunRequest request)
{
    if (const auto valid = validate(request); !valid) {
        emit refused(valid.error());
        return;
    }
    if (request.branch && request.branch->from == m_store.checkpoint()) {
        const auto aside = m_store.setAside();
        if (!aside) {
            emit refused(aside.error());
            return;
        }
        request.branch->from = *aside;
    }
    m_remembered = !checkpointOf(request).empty();
    if (m_remembered)
        if (const auto done = m_store.remember(request); !done)
            emit notRemembered(done.error());
    emit beginning(request);
    m_session.start(request);
}

} // namespace maury::ui

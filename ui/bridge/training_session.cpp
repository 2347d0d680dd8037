#include "ui/bridge/training_session.h"

#include "ui/bridge/overloaded.h"
#include "ui/bridge/robust_job.h"
#include "ui/bridge/training_job.h"

#include <system_error>
#include <utility>

namespace maury::ui {

TrainingSession::TrainingSession(AtlasLoader openAtlas, QObject* parent, LibraryLoader openLibrary)
    : QObject(parent)
    , m_openAtlas(std::move(openAtlas))
    , m_openLibrary(std::move(openLibrary))
{
    if (!m_openLibrary)
        m_openLibrary = [](const RunLibrary& library) {
            return robust::openTrainingLibrary(library.source, library.fwhmAngstrom);
        };
    connect(&m_feed, &TrainingFeed::delivered, this, &TrainingSession::take);
}

TrainingSession::~TrainingSession()
{
    m_thread.request_stop();
    join();
}

void TrainingSession::start(RunRequest request)
{
    EXPECTS(!active());
    m_feed.clear();
    m_request = std::move(request);
    m_control = std::make_shared<train::TrainingControl>();
    m_robustControl = std::make_shared<robust::RobustControl>();
    control().setWatched(m_watched);
    if (const auto valid = validate(m_request); !valid) {
        emit failed(valid.error());
        return;
    }
    m_early.reset();
    m_earlyRobust.reset();
    if (m_request.startPaused)
        control().pause();
    setState(State::Preparing);
    try {
        m_thread = std::jthread(
            [this, request = m_request](const std::stop_token& stop) { runJob(stop, request); });
    } catch (const std::system_error& error) {
        setState(State::Idle);
        emit failed({ base::ErrorCode::LibraryFailed, "training thread", error.what(), {}, {} });
    }
}

void TrainingSession::runJob(const std::stop_token& stop, const RunRequest& request)
{
    if (request.protocol == Protocol::Robust)
        runRobustJob(request, m_openLibrary, *m_robustControl, m_feed, stop);
    else
        runTrainingJob(request, m_openAtlas, *m_control, m_feed, stop);
}

train::RunControl& TrainingSession::control()
{
    if (m_request.protocol == Protocol::Robust)
        return *m_robustControl;
    return *m_control;
}

void TrainingSession::pause()
{
    if (active())
        control().pause();
}

void TrainingSession::resume()
{
    if (active())
        control().resume();
}

void TrainingSession::singleBatch()
{
    if (!active())
        return;
    control().pause();
    control().stepOnce();
}

void TrainingSession::stop()
{
    if (!active())
        return;
    setState(State::Stopping);
    m_thread.request_stop();
}

base::Result<void> TrainingSession::setLive(const train::LiveSettings& live)
{
    if (auto valid = train::validate(live); !valid)
        return valid;
    if (m_request.protocol != Protocol::Paper)
        return {};
    if (m_state == State::Preparing)
        m_early = live; // the trainer begins with the request's and takes these next
    else if (active())
        m_control->setLive(live);
    return {};
}

base::Result<void> TrainingSession::setLive(const robust::RobustLive& live)
{
    if (auto valid = robust::validate(live); !valid)
        return valid;
    if (m_request.protocol != Protocol::Robust)
        return {};
    if (m_state == State::Preparing)
        m_earlyRobust = live;
    else if (active())
        m_robustControl->setLive(live);
    return {};
}

robust::RobustLive TrainingSession::robustLive() const
{
    return m_robustControl ? m_robustControl->live() : m_request.robust.config.live();
}

void TrainingSession::setWatched(bool watched)
{
    m_watched = watched;
    if (m_control)
        control().setWatched(watched);
}

train::LiveSettings TrainingSession::live() const
{
    return m_control ? m_control->live() : m_request.config.live;
}

void TrainingSession::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void TrainingSession::join()
{
    if (m_thread.joinable())
        m_thread.join();
}

void TrainingSession::take(const std::vector<FeedItem>& items)
{
    for (const FeedItem& item : items)
        takeItem(item);
    emit delivered();
}

void TrainingSession::takeItem(const FeedItem& item)
{
    std::visit(
        Overloaded {
            [this](const DataProgress& progress) { emit dataProgress(progress.fraction); },
            [this](const CalibrationProgress& progress) {
                emit calibrating(progress.fold, progress.folds);
            },
            [this](const train::RunStarted& run) {
                if (m_early)
                    m_control->setLive(*std::exchange(m_early, std::nullopt));
                if (m_earlyRobust)
                    m_robustControl->setLive(*std::exchange(m_earlyRobust, std::nullopt));
                if (m_state == State::Preparing)
                    setState(State::Running);
                emit runStarted(run);
            },
            [this](const StepBlock& block) { emit stepsDone(block.points); },
            [this](const train::EpochDone& epoch) { emit epochDone(epoch); },
            [this](const train::SettingChanged& change) { emit settingChanged(change); },
            [this](const train::PauseChanged& change) {
                if (m_state == State::Running || m_state == State::Paused)
                    setState(change.paused ? State::Paused : State::Running);
            },
            [this](const train::Notice& notice) { emit noticed(notice.error); },
            [this](const train::CheckpointWritten& written) { emit checkpointWritten(written); },
            [this](const train::NetworkProbed& probed) { emit networkProbed(probed.network); },
            [this](const train::StepTraced& traced) { emit stepTraced(traced.trace); },
            [this](const EvaluationPtr& evaluation) { emit evaluated(evaluation); },
            [this](const RunFailed& failure) {
                join();
                if (failure.lastGood)
                    m_result = failure.lastGood;
                setState(State::Idle);
                emit failed(failure.error);
            },
            [this](const RunEnded& end) {
                join();
                if (end.result)
                    m_result = end.result;
                setState(State::Idle);
                emit finished(end.result);
            },
        },
        item);
}

} // namespace maury::ui

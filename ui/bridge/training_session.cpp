#include "ui/bridge/training_session.h"

#include "ui/bridge/overloaded.h"
#include "ui/bridge/robust_job.h"
#include "ui/bridge/training_job.h"

#include <utility>

namespace maury::ui {

TrainingSession::TrainingSession(AtlasLoader openAtlas, QObject* parent, LibraryLoader openLibrary)
    : FeedSession(parent)
    , m_openAtlas(std::move(openAtlas))
    , m_openLibrary(std::move(openLibrary))
{
    if (!m_openLibrary)
        m_openLibrary = [](const RunLibrary& library) {
            return robust::openTrainingLibrary(library.source, library.fwhmAngstrom);
        };
}

TrainingSession::~TrainingSession()
{
    stopAndJoin();
}

void TrainingSession::start(RunRequest request)
{
    EXPECTS(!active());
    feed().clear();
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
    startThread(
        [this, request = m_request](const std::stop_token& stop) { runJob(stop, request); });
}

void TrainingSession::runJob(const std::stop_token& stop, const RunRequest& request)
{
    if (request.protocol == Protocol::Robust)
        runRobustJob(request, m_openLibrary, *m_robustControl, feed(), stop);
    else
        runTrainingJob(request, m_openAtlas, *m_control, feed(), stop);
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

base::Result<void> TrainingSession::setLive(const train::LiveSettings& live)
{
    if (auto valid = train::validate(live); !valid)
        return valid;
    if (m_request.protocol != Protocol::Paper)
        return {};
    if (state() == State::Preparing)
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
    if (state() == State::Preparing)
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

void TrainingSession::takeStart()
{
    if (m_early)
        m_control->setLive(*std::exchange(m_early, std::nullopt));
    if (m_earlyRobust)
        m_robustControl->setLive(*std::exchange(m_earlyRobust, std::nullopt));
}

void TrainingSession::takeFailure(const RunFailed& failure)
{
    if (failure.lastGood)
        m_result = failure.lastGood;
}

void TrainingSession::takeEnd(const RunEnded& end)
{
    if (end.result)
        m_result = end.result;
    setState(State::Idle);
    emit finished(end.result);
}

void TrainingSession::takeOther(const FeedItem& item)
{
    std::visit(
        Overloaded {
            [this](const DataProgress& progress) { emit dataProgress(progress.fraction); },
            [this](const CalibrationProgress& progress) {
                emit calibrating(progress.fold, progress.folds);
            },
            [this](const train::CheckpointWritten& written) { emit checkpointWritten(written); },
            [this](const train::NetworkProbed& probed) { emit networkProbed(probed.network); },
            [this](const train::StepTraced& traced) { emit stepTraced(traced.trace); },
            [this](const EvaluationPtr& evaluation) { emit evaluated(evaluation); },
            [](const auto&) {}, // what every run says
        },
        item);
}

} // namespace maury::ui

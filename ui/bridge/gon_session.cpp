#include "ui/bridge/gon_session.h"

#include "core/gon/store_source.h"
#include "ui/bridge/overloaded.h"
#include "ui/bridge/run_job.h"

#include <system_error>
#include <utility>

namespace maury::ui {
namespace {

using base::Result;

Result<gon::GonData> dataOf(const GonRequest& request, TrainingFeed& feed)
{
    const auto every = static_cast<std::size_t>(request.everyUnseen);
    if (request.store == nullptr && request.stars.empty())
        return gon::atlasData(*request.atlas, request.variation, every, request.config.seed);
    std::vector<base::Error> failures;
    auto set = request.store != nullptr
        ? gon::storeSet(*request.store, rowsToLearn(*request.store))
        : gon::preparedSet(request.atlas, request.stars, failures);
    for (const base::Error& failure : failures)
        feed.post(train::Notice { failure });
    if (!set)
        return base::Unexpected(set.error());
    gon::SplitSets split = gon::splitByStar(*set, every);
    gon::GonData data;
    data.train = std::move(split.train);
    data.test = std::move(split.unseen);
    return data;
}

Result<GonResultPtr> train(const GonRequest& request, gon::GonControl& control, TrainingFeed& feed,
    const std::stop_token& stop)
{
    feed.post(DataProgress { 0.0 });
    const auto data = dataOf(request, feed);
    if (!data)
        return base::Unexpected(data.error());
    bool saved = false;
    auto report = gon::GonTrainer::run(
        request.config, *data, control,
        [&](const train::TrainingEvent& event) {
            saved = saved || std::holds_alternative<train::CheckpointWritten>(event);
            feed.postEvent(event);
        },
        stop);
    auto result = std::make_shared<GonResult>();
    result->request = request;
    if (!report) {
        result->failure = report.error();
        if (saved && result->failure->code == base::ErrorCode::TrainingDiverged)
            report = gon::lastGoodReport(request.config.checkpoint, *data);
        if (!report)
            return base::Unexpected(*result->failure);
    }
    if (report->stopped && report->loss == 0.0)
        return GonResultPtr {}; // before the first batch
    result->models.model = std::make_shared<const gon::GonModel>(std::move(report->model));
    report->model = {};
    result->report = *std::move(report);
    if (auto components = gon::principalComponentModel(request.config, *data))
        result->models.baseline = std::make_shared<const gon::GonModel>(*std::move(components));
    return GonResultPtr(std::move(result));
}

} // namespace

GonSession::GonSession(QObject* parent)
    : QObject(parent)
{
    connect(&m_feed, &TrainingFeed::delivered, this, &GonSession::take);
}

GonSession::~GonSession()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void GonSession::start(GonRequest request)
{
    EXPECTS(!active() && (request.atlas != nullptr || request.store != nullptr)
        && request.everyUnseen >= 2);
    m_feed.clear();
    m_early.reset();
    m_outcome.reset();
    m_control = std::make_shared<gon::GonControl>();
    if (const auto valid = gon::validate(request.config); !valid) {
        emit failed(valid.error());
        return;
    }
    request.config.checkpoint
        = std::filesystem::path(m_folder.filePath(QStringLiteral("latent.h5")).toStdString());
    setState(State::Preparing);
    const auto work = [this, request = std::move(request)](const std::stop_token& stop) {
        runJob(
            [&]() -> Result<RunResultPtr> {
                auto result = train(request, *m_control, m_feed, stop);
                if (!result)
                    return base::Unexpected(result.error());
                m_outcome = *std::move(result);
                return RunResultPtr {}; // of the classifier alone
            },
            m_feed);
    };
    try {
        m_thread = std::jthread(work);
    } catch (const std::system_error& error) {
        setState(State::Idle);
        emit failed({ base::ErrorCode::LibraryFailed, "training thread", error.what(), {}, {} });
    }
}

void GonSession::pause()
{
    if (active())
        m_control->pause();
}

void GonSession::resume()
{
    if (active())
        m_control->resume();
}

void GonSession::stop()
{
    if (!active())
        return;
    setState(State::Stopping);
    m_thread.request_stop();
}

Result<void> GonSession::setLive(const gon::GonLive& live)
{
    if (auto valid = gon::validate(live); !valid)
        return valid;
    if (m_state == State::Preparing)
        m_early = live; // the trainer begins with the request's and takes these next
    else if (active())
        m_control->setLive(live);
    return {};
}

void GonSession::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

GonResultPtr GonSession::takeOutcome()
{
    if (m_thread.joinable())
        m_thread.join();
    if (m_outcome != nullptr)
        m_result = m_outcome;
    return std::exchange(m_outcome, nullptr);
}

void GonSession::take(const std::vector<FeedItem>& items)
{
    for (const FeedItem& item : items)
        takeItem(item);
    emit delivered();
}

void GonSession::takeItem(const FeedItem& item)
{
    std::visit(
        Overloaded {
            [this](const train::RunStarted& run) {
                if (m_early)
                    m_control->setLive(*std::exchange(m_early, std::nullopt));
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
            [this](const RunFailed& failure) {
                (void)takeOutcome();
                setState(State::Idle);
                emit failed(failure.error);
            },
            [this](const RunEnded&) {
                const GonResultPtr result = takeOutcome();
                setState(State::Idle);
                if (result != nullptr && result->failure)
                    emit failed(*result->failure);
                else
                    emit finished(result);
            },
            [](const auto&) {}, // what only classifiers say
        },
        item);
}

} // namespace maury::ui

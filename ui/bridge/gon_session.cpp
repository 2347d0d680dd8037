#include "ui/bridge/gon_session.h"

#include "core/gon/store_source.h"
#include "ui/bridge/run_job.h"

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
    : FeedSession(parent)
{
}

GonSession::~GonSession()
{
    stopAndJoin();
}

void GonSession::start(GonRequest request)
{
    EXPECTS(!active() && (request.atlas != nullptr || request.store != nullptr)
        && request.everyUnseen >= 2);
    feed().clear();
    m_early.reset();
    m_outcome.reset();
    m_control = std::make_shared<gon::GonControl>();
    if (const auto valid = gon::validate(request.config); !valid) {
        emit failed(valid.error());
        return;
    }
    request.config.checkpoint
        = std::filesystem::path(m_folder.filePath(QStringLiteral("latent.h5")).toStdString());
    startThread([this, request = std::move(request)](const std::stop_token& stop) {
        runJob(
            [&]() -> Result<RunResultPtr> {
                auto result = train(request, *m_control, feed(), stop);
                if (!result)
                    return base::Unexpected(result.error());
                m_outcome = *std::move(result);
                return RunResultPtr {}; // of the classifier alone
            },
            feed());
    });
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

Result<void> GonSession::setLive(const gon::GonLive& live)
{
    if (auto valid = gon::validate(live); !valid)
        return valid;
    if (state() == State::Preparing)
        m_early = live; // the trainer begins with the request's and takes these next
    else if (active())
        m_control->setLive(live);
    return {};
}

void GonSession::takeStart()
{
    if (m_early)
        m_control->setLive(*std::exchange(m_early, std::nullopt));
}

void GonSession::takeFailure(const RunFailed&)
{
    (void)takeOutcome();
}

void GonSession::takeEnd(const RunEnded&)
{
    const GonResultPtr result = takeOutcome();
    setState(State::Idle);
    if (result != nullptr && result->failure)
        emit failed(*result->failure);
    else
        emit finished(result);
}

GonResultPtr GonSession::takeOutcome()
{
    if (m_outcome != nullptr)
        m_result = m_outcome;
    return std::exchange(m_outcome, nullptr);
}

} // namespace maury::ui

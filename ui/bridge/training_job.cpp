#include "ui/bridge/training_job.h"

#include "core/train/backend.h"
#include "core/train/branch.h"
#include "core/train/last_good.h"
#include "core/train/training_data.h"
#include "ui/bridge/run_job.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace maury::ui {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

base::Result<train::PreparedData> prepareData(const RunRequest& request,
    const AtlasLoader& openAtlas, TrainingFeed& feed, const std::stop_token& stop)
{
    feed.post(DataProgress { 0.0 });
    auto trainAtlas = openAtlas(request.trainAtlas);
    if (!trainAtlas)
        return base::failureIn(trainAtlas.error(), "while opening the training atlas");
    mk::AtlasPtr test;
    if (!request.testAtlas.empty()) {
        auto opened = openAtlas(request.testAtlas);
        if (!opened)
            return base::failureIn(opened.error(), "while opening the test atlas");
        test = *opened;
    }
    return train::prepareTrainingData({ *trainAtlas }, test, request.config, stop,
        [&feed](double fraction) { feed.post(DataProgress { fraction }); });
}

/// Makes the evaluations that the views show: of the network as it stands after an epoch, and of
/// the finished model.
class Evaluator {
public:
    Evaluator(
        const RunRequest& request, const train::PreparedData& prepared, train::Backend& backend)
        : m_backend(backend)
    {
        m_frame.test = prepared.data.test;
        m_frame.epochs = request.config.epochs;
        m_frame.relation = prepared.relation;
        m_frame.trainAtlas = prepared.trainAtlas;
        m_frame.testAtlas = prepared.testAtlas;
        m_frame.backend = backend.name();
        m_model.scheme = prepared.data.test->scheme;
        m_model.grid = prepared.data.test->grid;
    }

    /// The evaluation of an epoch that has just ended, unless the last one was so recent that
    /// evaluating would hold the training up noticeably.
    EvaluationPtr afterEpoch(const train::EpochDone& epoch)
    {
        if (m_lastAt && secondsSince(*m_lastAt) < std::max(kPause, kCostShare * m_cost))
            return nullptr;
        const auto start = Clock::now();
        auto evaluation = evaluate(m_model, epoch.test, epoch.epoch);
        m_cost = secondsSince(start);
        m_lastAt = Clock::now();
        return evaluation ? *evaluation : nullptr;
    }

    /// Leaves the backend with this model loaded.
    base::Result<EvaluationPtr> ofModel(
        const train::Model& model, const train::LiveSettings& live, int epoch)
    {
        if (const auto loaded = m_backend.load(model.spec, model.parameters, {}); !loaded)
            return base::Unexpected(loaded.error());
        const auto metrics
            = train::evaluateSet(m_backend, model, *m_frame.test, live.weightSc, live.weightLc);
        if (!metrics)
            return base::Unexpected(metrics.error());
        return evaluate(model, *metrics, epoch, true);
    }

private:
    static constexpr double kPause = 0.4; // seconds
    static constexpr double kCostShare = 20.0; // at most a twentieth of the time

    base::Result<EvaluationPtr> evaluate(
        const train::Model& model, const train::Metrics& metrics, int epoch, bool final = false)
    {
        auto predictions = train::predictSet(m_backend, model, *m_frame.test);
        if (!predictions)
            return base::Unexpected(predictions.error());
        auto evaluation = std::make_shared<Evaluation>(m_frame);
        evaluation->metrics = metrics;
        evaluation->predictions = *std::move(predictions);
        evaluation->epoch = epoch;
        evaluation->final = final;
        return EvaluationPtr(std::move(evaluation));
    }

    Evaluation m_frame; ///< what all evaluations of the run share
    train::Backend& m_backend;
    train::Model m_model; ///< what the backend has loaded, as far as predictions look at it
    std::optional<Clock::time_point> m_lastAt;
    double m_cost = 0.0;
};

base::Result<RunResultPtr> run(const RunRequest& request, const AtlasLoader& openAtlas,
    train::TrainingControl& control, TrainingFeed& feed, const std::stop_token& stop)
{
    auto prepared = prepareData(request, openAtlas, feed, stop);
    if (!prepared)
        return base::Unexpected(prepared.error());
    auto backend = train::createBackend(
        request.config.backend, request.config.threads, request.config.precision);
    if (!backend)
        return base::Unexpected(backend.error());

    if (const auto& branch = request.branch)
        if (const auto made = train::branchRun(
                branch->from, branch->epoch, branch->live, request.config.checkpoint);
            !made)
            return base::failureIn(made.error(), "while branching");

    Evaluator evaluator(request, *prepared, **backend);
    bool saved = request.resume;
    const auto observer = [&](const train::TrainingEvent& event) {
        feed.postEvent(event);
        saved = saved || std::holds_alternative<train::CheckpointWritten>(event);
        if (const auto* epoch = std::get_if<train::EpochDone>(&event))
            if (auto evaluation = evaluator.afterEpoch(*epoch))
                feed.post(std::move(evaluation));
    };
    const mk::AtlasPtr atlas = prepared->data.atlases.front();
    const auto work = request.resume ? &train::Trainer::resume : &train::Trainer::run;
    auto report
        = work(request.config, std::move(prepared->data), **backend, control, observer, stop);

    auto result = std::make_shared<RunResult>();
    result->request = request;
    result->atlas = atlas;
    if (!report) {
        result->failure = report.error();
        if (saved && result->failure->code == base::ErrorCode::TrainingDiverged)
            report = train::lastGoodReport(request.config.checkpoint);
        if (!report)
            return base::Unexpected(*result->failure);
    }
    result->report = *std::move(report);
    const int epoch = std::max(0, result->report.best.epoch - 1);
    auto evaluation = evaluator.ofModel(result->report.best, control.live(), epoch);
    if (!evaluation)
        return base::Unexpected(evaluation.error());
    result->evaluation = *std::move(evaluation);
    feed.post(result->evaluation);
    return RunResultPtr(std::move(result));
}

} // namespace

void runTrainingJob(const RunRequest& request, const AtlasLoader& openAtlas,
    train::TrainingControl& control, TrainingFeed& feed, std::stop_token stop) noexcept
{
    runJob([&] { return run(request, openAtlas, control, feed, stop); }, feed);
}

} // namespace maury::ui

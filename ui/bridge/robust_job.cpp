#include "ui/bridge/robust_job.h"

#include "core/classify/star_atlas.h"
#include "core/robust/calibrator.h"
#include "core/train/backend.h"
#include "ui/bridge/run_job.h"

#include <filesystem>
#include <memory>
#include <utility>

namespace maury::ui {
namespace {

using base::ErrorCode;
using base::Result;

/// The libraries and, where there is a table of them, the stars of known type.
Result<robust::RobustData> openData(const RobustRequest& request, const LibraryLoader& openLibrary,
    TrainingFeed& feed, const std::stop_token& stop)
{
    feed.post(DataProgress { 0.0 });
    robust::RobustData data;
    for (const RunLibrary& wanted : request.libraries) {
        auto library = openLibrary(wanted);
        if (!library)
            return base::failureIn(library.error(), "while opening the libraries");
        data.libraries.push_back(*std::move(library));
    }
    if (request.testLabels.empty())
        return data;
    const std::filesystem::path table = request.testLabels;
    std::vector<std::string> leftOut;
    const auto stars = classify::readLabels(table, table.parent_path(), leftOut);
    if (!stars)
        return base::failureIn(stars.error(), "while reading the stars of known type");
    auto atlas = classify::atlasOfStars(
        *stars, data.libraries.front().atlas, table.parent_path().filename().string(),
        [&feed](const base::Error& error) { feed.post(train::Notice { error }); }, stop);
    if (!atlas)
        return base::Unexpected(atlas.error());
    data.test = robust::Library { *std::move(atlas) };
    return data;
}

/// `auto` stays on the processor, whose models are the same bits on every run.
Result<std::unique_ptr<train::Backend>> backendOf(const RobustRequest& request)
{
    return train::createBackend(request.backend == "auto" ? "cpu" : request.backend,
        request.config.threads, request.precision);
}

/// What the views need of the test stars: everything but their spectra.
dataset::SampleSetPtr viewOf(const robust::TestStars& stars, const mk::ClassScheme& scheme)
{
    auto set = std::make_shared<dataset::SampleSet>();
    set->sc = stars.sc;
    set->lc = stars.lc;
    set->standard = stars.star;
    set->standardNames = stars.names;
    set->scheme = scheme;
    return set;
}

/// Makes the evaluations that the views show.
class Evaluations {
public:
    Evaluations(const robust::RobustData& data, std::string backend)
    {
        m_frame.relation = data.test ? mk::AtlasRelation::Independent : mk::AtlasRelation::Same;
        for (const robust::Library& library : data.libraries)
            m_frame.trainAtlas += (m_frame.trainAtlas.empty() ? "" : " + ") + library.atlas->name();
        m_frame.testAtlas = data.test ? data.test->atlas->name() : m_frame.trainAtlas;
        m_frame.backend = std::move(backend);
    }

    void begin(const train::RunStarted& run)
    {
        m_frame.epochs = run.epochs;
        m_epoch = run.firstEpoch;
    }

    /// Of the epoch that ends now.
    EvaluationPtr afterEpoch(const robust::TestStars& stars, const mk::ClassScheme& scheme,
        const robust::TestScore& score)
    {
        return make(stars, scheme, score, m_epoch++, false);
    }

    EvaluationPtr ofModel(const robust::RobustReport& report)
    {
        return make(
            *report.test, report.model.scheme, report.score, std::max(0, m_epoch - 1), true);
    }

private:
    EvaluationPtr make(const robust::TestStars& stars, const mk::ClassScheme& scheme,
        const robust::TestScore& score, int epoch, bool final)
    {
        // The parts of a model have test stars of their own.
        if (m_of != &stars) {
            m_of = &stars;
            m_frame.test = viewOf(stars, scheme);
        }
        auto evaluation = std::make_shared<Evaluation>(m_frame);
        evaluation->metrics = score.metrics;
        evaluation->predictions = score.predictions;
        evaluation->epoch = epoch;
        evaluation->final = final;
        return evaluation;
    }

    Evaluation m_frame;
    const robust::TestStars* m_of = nullptr;
    int m_epoch = 0;
};

/// Learns how far answers can be trusted; a library too small for that is told, and the model has
/// the networks' own uncertainties. Errors: BackendFailed; Cancelled.
Result<void> calibrate(robust::RobustModel& model, const RobustRequest& request,
    const robust::RobustData& data, train::Backend& backend, TrainingFeed& feed,
    const std::stop_token& stop)
{
    if (request.calibrationFolds == 0)
        return {};
    robust::CalibrationEffort effort;
    effort.folds = request.calibrationFolds;
    auto calibration = robust::calibrate(
        data.libraries, request.config, effort, backend,
        [&feed](const robust::CalibrationStep& step) {
            feed.post(CalibrationProgress { step.fold, step.folds });
        },
        stop);
    if (calibration) {
        model.calibration = *std::move(calibration);
        return {};
    }
    const ErrorCode code = calibration.error().code;
    if (code != ErrorCode::OptionInvalid && code != ErrorCode::ClassesInsufficient
        && code != ErrorCode::Cancelled)
        return base::Unexpected(calibration.error());
    feed.post(train::Notice { base::failureIn(calibration.error(), "not calibrated").error() });
    return {};
}

/// What a run that diverged had reached at its last checkpoint: resumed, and stopped at once.
Result<robust::RobustReport> lastGood(
    const robust::RobustConfig& config, const robust::RobustData& data, train::Backend& backend)
{
    std::stop_source stopped;
    stopped.request_stop();
    robust::RobustControl control;
    return robust::RobustTrainer::resume(
        config, data, backend, control, [](const train::TrainingEvent&) {}, stopped.get_token());
}

Result<RunResultPtr> run(const RunRequest& request, const LibraryLoader& openLibrary,
    robust::RobustControl& control, TrainingFeed& feed, const std::stop_token& stop)
{
    const RobustRequest& wanted = request.robust;
    const auto data = openData(wanted, openLibrary, feed, stop);
    if (!data)
        return base::Unexpected(data.error());
    auto backend = backendOf(wanted);
    if (!backend)
        return base::Unexpected(backend.error());
    Evaluations evaluations(*data, (*backend)->name());
    bool saved = request.resume;
    const auto observer = [&](const train::TrainingEvent& event) {
        if (const auto* started = std::get_if<train::RunStarted>(&event))
            evaluations.begin(*started);
        saved = saved || std::holds_alternative<train::CheckpointWritten>(event);
        feed.postEvent(event);
    };
    const auto work = request.resume ? &robust::RobustTrainer::resume : &robust::RobustTrainer::run;
    auto report = work(wanted.config, *data, **backend, control, observer, stop,
        [&](const robust::EpochTest& test) {
            feed.post(evaluations.afterEpoch(*test.stars, test.scheme, test.score));
        });
    auto result = std::make_shared<RunResult>();
    result->request = request;
    result->atlas = data->libraries.front().atlas;
    if (!report) {
        result->failure = report.error();
        if (saved && result->failure->code == ErrorCode::TrainingDiverged)
            report = lastGood(wanted.config, *data, **backend);
        if (!report)
            return base::Unexpected(*result->failure);
    }
    if (report->test) {
        result->evaluation = evaluations.ofModel(*report);
        feed.post(result->evaluation);
    }
    if (!report->stopped)
        if (const auto done = calibrate(report->model, wanted, *data, **backend, feed, stop); !done)
            return base::Unexpected(done.error());
    result->report.history = std::move(report->history);
    result->report.changes = std::move(report->changes);
    result->report.stopped = report->stopped;
    result->report.seconds = report->seconds;
    result->robust = std::make_shared<const robust::RobustModel>(std::move(report->model));
    return RunResultPtr(std::move(result));
}

} // namespace

void runRobustJob(const RunRequest& request, const LibraryLoader& openLibrary,
    robust::RobustControl& control, TrainingFeed& feed, std::stop_token stop) noexcept
{
    runJob([&] { return run(request, openLibrary, control, feed, stop); }, feed);
}

} // namespace maury::ui

#include "core/robust/robust_trainer.h"

#include "core/dataset/sample_set_text.h"
#include "core/robust/robust_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;

/// Where the training of a model came from, in words and as JSON.
void describeOrigin(
    const RobustConfig& config, const std::vector<Library>& libraries, RobustReport& report)
{
    std::vector<mk::AtlasPtr> atlases;
    for (const Library& library : libraries)
        atlases.push_back(library.atlas);
    RobustModel& model = report.model;
    model.atlas = fmt::format("{}: {} standards, {} steps of {} variations, seed {}",
        dataset::atlasNames(atlases), report.standards, config.steps, config.batchSize,
        config.seed);
    if (!report.changes.empty())
        model.atlas += fmt::format(", settings changed on the way: {}", report.changes.size());
    if (report.stopped)
        model.atlas += fmt::format(", stopped after {} steps", report.last.step + 1);
    model.provenance = dataset::atlasProvenance(atlases);
}

Result<RobustReport> runOrResume(const RobustConfig& wanted, const RobustData& data,
    std::optional<RobustCheckpoint> checkpoint, train::Backend& backend, RobustControl& control,
    const train::TrainingObserver& observer, std::stop_token stop, const TestObserver& tested)
{
    RobustConfig config = wanted;
    if (checkpoint)
        config.setLive(checkpoint->config.live()); // as the run began
    if (const auto valid = validate(config); !valid)
        return base::Unexpected(valid.error());
    auto parts = trainingParts(data.libraries, config);
    if (!parts)
        return base::Unexpected(parts.error());
    RobustRun run(config, *std::move(parts), backend, control, observer, tested, std::move(stop));
    if (const auto prepared = run.prepare(data); !prepared)
        return base::Unexpected(prepared.error());
    auto report = checkpoint ? run.resume(*std::move(checkpoint)) : run.start();
    if (!report)
        return report;
    describeOrigin(config, data.libraries, *report);
    report->model.space = atlasSpaceOf(
        data.libraries, report->model.blue.variation, config.seed, config.threads);
    return report;
}

} // namespace

Result<RobustReport> RobustTrainer::run(const RobustConfig& config, const RobustData& data,
    train::Backend& backend, RobustControl& control, const train::TrainingObserver& observer,
    std::stop_token stop, const TestObserver& tested)
{
    return runOrResume(config, data, {}, backend, control, observer, std::move(stop), tested);
}

Result<RobustReport> RobustTrainer::resume(const RobustConfig& config, const RobustData& data,
    train::Backend& backend, RobustControl& control, const train::TrainingObserver& observer,
    std::stop_token stop, const TestObserver& tested)
{
    auto checkpoint = readRobustCheckpoint(config.checkpoint);
    if (!checkpoint)
        return base::Unexpected(checkpoint.error());
    if (const auto same = checkSameRun(config, *checkpoint); !same)
        return base::Unexpected(same.error());
    return runOrResume(
        config, data, *std::move(checkpoint), backend, control, observer, std::move(stop), tested);
}

Result<RobustReport> trainRobust(const std::vector<Library>& libraries, const RobustConfig& wanted,
    train::Backend& backend, const RobustObserver& observer, std::stop_token stop)
{
    RobustConfig config = wanted;
    config.heldOut = 0;
    config.checkpoint.clear();
    RobustControl control;
    auto report = RobustTrainer::run(
        config, { libraries, {} }, backend, control,
        [&](const train::TrainingEvent& event) {
            const auto* done = std::get_if<train::StepDone>(&event);
            if (done == nullptr)
                return;
            const EpochPlace place = placeOf(config, done->epoch);
            observer({ place.range, place.member, place.firstStep + static_cast<int>(done->step),
                done->loss, done->lossSc, done->lossLc, done->learningRate });
        },
        std::move(stop));
    if (report && report->stopped)
        return base::failure(ErrorCode::Cancelled, "training");
    return report;
}

} // namespace maury::robust

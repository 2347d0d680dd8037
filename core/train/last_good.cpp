#include "core/train/last_good.h"

#include "core/train/checkpoint.h"

#include <utility>

namespace maury::train {

base::Result<TrainingReport> lastGoodReport(const std::filesystem::path& checkpoint)
{
    auto stored = readCheckpoint(checkpoint);
    if (!stored)
        return base::Unexpected(stored.error());
    TrainingReport report;
    report.best = stored->model;
    report.best.parameters = std::move(stored->best);
    report.best.epoch = stored->bestEpoch + 1;
    report.model = std::move(stored->model);
    report.bestEpoch = stored->bestEpoch;
    report.history = std::move(stored->history);
    report.changes = std::move(stored->changes);
    if (!report.history.empty()) {
        report.seconds = report.history.back().seconds;
        report.samplesPerSecond = report.history.back().samplesPerSecond;
    }
    report.stopped = true;
    return report;
}

} // namespace maury::train

#include "ui/bridge/run_request.h"

#include "core/robust/calibrator.h"

namespace maury::ui {

base::Result<void> validate(const RunRequest& request)
{
    if (request.protocol == Protocol::Paper)
        return train::validate(request.config);
    if (request.robust.libraries.empty())
        return base::failure(
            base::ErrorCode::OptionInvalid, "--atlas", "no library", "at least one to learn from");
    robust::CalibrationEffort effort;
    effort.folds = request.robust.calibrationFolds;
    if (auto valid = robust::validate(effort); !valid)
        return valid;
    return robust::validate(request.robust.config);
}

const std::filesystem::path& checkpointOf(const RunRequest& request)
{
    return request.protocol == Protocol::Paper ? request.config.checkpoint
                                               : request.robust.config.checkpoint;
}

void setCheckpoint(RunRequest& request, const std::filesystem::path& file)
{
    (request.protocol == Protocol::Paper ? request.config.checkpoint
                                         : request.robust.config.checkpoint)
        = file;
}

RunRequest rewound(const RunRequest& run, const RunRequest& wanted)
{
    RunRequest again = wanted;
    again.resume = false;
    again.startPaused = false;
    again.protocol = run.protocol;
    again.robust.libraries = run.robust.libraries;
    again.robust.testLabels = run.robust.testLabels;
    again.robust.config.seed = run.robust.config.seed;
    again.robust.config.hidden = run.robust.config.hidden;
    again.robust.config.heldOut = run.robust.config.heldOut;
    // What makes the data …
    again.trainAtlas = run.trainAtlas;
    again.testAtlas = run.testAtlas;
    again.config.perSpectrumTrain = run.config.perSpectrumTrain;
    again.config.perSpectrumTest = run.config.perSpectrumTest;
    again.config.edges = run.config.edges;
    again.config.freshEveryEpoch = run.config.freshEveryEpoch;
    if (!run.config.freshEveryEpoch)
        again.config.live.augmentation = run.config.live.augmentation;
    // … and the first weights and the order.
    again.config.seed = run.config.seed;
    again.config.hidden = run.config.hidden;
    again.config.activation = run.config.activation;
    again.config.initialisation = run.config.initialisation;
    return again;
}

} // namespace maury::ui

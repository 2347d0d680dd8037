#include "ui/bridge/run_request.h"

namespace maury::ui {

RunRequest rewound(const RunRequest& run, const RunRequest& wanted)
{
    RunRequest again = wanted;
    again.resume = false;
    again.startPaused = false;
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

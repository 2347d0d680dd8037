#include "ui/bridge/tour_run.h"

namespace maury::ui {

RunRequest tourRequest(RunRequest request)
{
    request.config.hidden = { 128, 32 };
    request.config.live.learningRate = 0.02;
    request.config.perSpectrumTrain = 100;
    request.config.perSpectrumTest = 10;
    request.config.epochs = 16;
    request.config.batchSize = 20;
    return request;
}

} // namespace maury::ui

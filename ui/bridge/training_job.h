#pragma once

#include "core/train/training_control.h"
#include "ui/bridge/run_request.h"
#include "ui/bridge/training_feed.h"

#include <stop_token>

namespace maury::ui {

/// The work of a training thread, from opening the atlases to the evaluation of the finished model.
/// Everything is said through the feed, the last item being RunFailed or RunEnded; nothing is
/// thrown.
void runTrainingJob(const RunRequest& request, const AtlasLoader& openAtlas,
    train::TrainingControl& control, TrainingFeed& feed, std::stop_token stop) noexcept;

} // namespace maury::ui

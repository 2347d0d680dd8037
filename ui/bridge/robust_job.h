#pragma once

#include "ui/bridge/run_request.h"
#include "ui/bridge/training_feed.h"

#include <stop_token>

namespace maury::ui {

/// The work of a training thread for the robust protocol, from opening the libraries to the
/// calibration of the finished model. Everything is said through the feed, the last item being
/// RunFailed or RunEnded; nothing is thrown.
void runRobustJob(const RunRequest& request, const LibraryLoader& openLibrary,
    robust::RobustControl& control, TrainingFeed& feed, std::stop_token stop) noexcept;

} // namespace maury::ui

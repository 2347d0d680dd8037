#pragma once

#include "ui/bridge/run_request.h"
#include "ui/bridge/training_feed.h"

#include <functional>

namespace maury::ui {

/// Does the work of a training thread and posts how it ended: RunFailed or RunEnded. Nothing is
/// thrown.
void runJob(const std::function<base::Result<RunResultPtr>()>& work, TrainingFeed& feed) noexcept;

} // namespace maury::ui

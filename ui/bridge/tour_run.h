#pragma once

#include "ui/bridge/run_request.h"

namespace maury::ui {

/// The short real run behind the pictures of the tour: learns within seconds, with a small network,
/// few variations and epochs, and small batches.
[[nodiscard]] RunRequest tourRequest(RunRequest request);

inline constexpr int kTourChangeEpoch = 11; ///< after which the learning rate is lowered
inline constexpr double kTourRate = 0.004;

} // namespace maury::ui

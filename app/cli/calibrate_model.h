#pragma once

#include "core/robust/calibrator.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <stop_token>
#include <vector>

namespace maury::cli {

/// Calibrates a freshly trained model, with notices of what is being done. Libraries too small for
/// it leave the model without a calibration, with a notice, unless `required`. Errors: those of
/// robust::calibrate().
[[nodiscard]] base::Result<void> calibrateModel(robust::RobustModel& model,
    const std::vector<robust::Library>& libraries, const robust::RobustConfig& config,
    const robust::CalibrationEffort& effort, bool required, train::Backend& backend,
    std::stop_token stop);

/// Null for a model without one.
[[nodiscard]] nlohmann::json calibrationJson(const std::optional<robust::Calibration>& calibration);

} // namespace maury::cli

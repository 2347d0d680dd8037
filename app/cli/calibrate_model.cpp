#include "app/cli/calibrate_model.h"

#include "app/cli/report.h"

#include <fmt/format.h>

namespace maury::cli {

using base::ErrorCode;
using base::Result;

Result<void> calibrateModel(robust::RobustModel& model,
    const std::vector<robust::Library>& libraries, const robust::RobustConfig& config,
    const robust::CalibrationEffort& effort, bool required, train::Backend& backend,
    std::stop_token stop)
{
    if (effort.folds == 0)
        return {};
    const auto tell = [](const robust::CalibrationStep& step) {
        notice(
            fmt::format("calibration: standards held out, fold {}/{}", step.fold + 1, step.folds));
    };
    auto calibration = robust::calibrate(libraries, config, effort, backend, tell, std::move(stop));
    if (calibration) {
        model.calibration = *std::move(calibration);
        return {};
    }
    const ErrorCode code = calibration.error().code;
    const bool tooSmall
        = code == ErrorCode::OptionInvalid || code == ErrorCode::ClassesInsufficient;
    if (required || !tooSmall)
        return base::Unexpected(calibration.error());
    notice("not calibrated: " + base::describe(calibration.error()));
    return {};
}

nlohmann::json calibrationJson(const std::optional<robust::Calibration>& calibration)
{
    if (!calibration)
        return nullptr;
    return { { "folds", calibration->folds }, { "samples", calibration->samples },
        { "observed_standards", calibration->observed.size() },
        { "floor_codes", calibration->floorCodes }, { "sparse_codes", calibration->sparseCodes },
        { "stray_codes", calibration->strayCodes },
        { "luminosity_floor", calibration->luminosityFloor },
        { "luminosity_sparse", calibration->luminositySparse },
        { "luminosity_outliers", calibration->luminosityOutliers } };
}

} // namespace maury::cli

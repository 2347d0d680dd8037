#pragma once

#include "ui/bridge/run_request.h"

#include <QJsonObject>

namespace maury::ui {

/// The settings of a run; not whether it is resumed or branched.
[[nodiscard]] QJsonObject runToJson(const RunRequest& request);
/// place: named in errors. Errors: those of train::configFromJson() and robust::configFromJson().
[[nodiscard]] base::Result<RunRequest> runFromJson(
    const QJsonObject& json, const std::string& place);

} // namespace maury::ui

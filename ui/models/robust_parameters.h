#pragma once

#include "ui/bridge/run_request.h"
#include "ui/models/run_parameters.h"

#include <functional>
#include <string>
#include <vector>

namespace maury::ui {

/// One number of RobustRequest as the window offers it. Those of scope Live act in mid-run, the
/// variations too: every batch has fresh ones.
struct RobustParameter {
    std::string id; ///< as on the command line and in train::SettingChanged
    ParameterGroup group = ParameterGroup::Training;
    ParameterScope scope = ParameterScope::BeforeRun;
    ParameterSpec spec;
    std::function<double(const RobustRequest&)> get;
    std::function<void(RobustRequest&, double)> set;
};

/// All of them, in the order of the screen, in the language of the program.
[[nodiscard]] std::vector<RobustParameter> robustParameters();

/// The short label of a setting of the protocol by its id; the id itself if it is unknown.
[[nodiscard]] QString settingLabel(Protocol protocol, const std::string& id);

/// How long a run is expected to take: all members of one range and the folds of the calibration,
/// at so many samples a second.
[[nodiscard]] double robustSeconds(const RobustRequest& request, double samplesPerSecond);

} // namespace maury::ui

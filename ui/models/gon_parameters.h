#pragma once

#include "core/gon/gon_config.h"
#include "ui/models/parameter_spec.h"

#include <functional>
#include <string>
#include <vector>

namespace maury::ui {

/// One number of gon::GonConfig as the window offers it.
struct GonParameter {
    std::string id; ///< as on the command line and in train::SettingChanged
    bool live = false; ///< also in mid-run, from the next batch
    ParameterSpec spec;
    std::function<double(const gon::GonConfig&)> get;
    std::function<void(gon::GonConfig&, double)> set;
};

/// All of them, in the order of the screen, in the language of the program.
[[nodiscard]] std::vector<GonParameter> gonParameters();

/// The short label of a setting by its id, for marks on curves; the id itself if it is unknown.
[[nodiscard]] QString gonParameterLabel(const std::string& id);

/// Why no run can begin with these choices, in one sentence; empty when it can. Numbers beyond their
/// range are told by gon::validate().
[[nodiscard]] QString gonObstacle(const gon::GonConfig& config);

} // namespace maury::ui

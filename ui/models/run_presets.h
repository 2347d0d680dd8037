#pragma once

#include "core/train/presets.h"
#include "ui/bridge/run_request.h"

#include <QString>
#include <QStringList>

namespace maury::ui {

/// "Paper: table (libr18 → libr18_27)".
[[nodiscard]] QString presetTitle(const train::Preset& preset);

/// A preset as a run of the window.
struct PresetRun {
    RunRequest request;
    QStringList missing; ///< libraries that were not found; what stood there before is kept
};

/// The preset with the seed, backend and precision of `now`. Its libraries are looked for among
/// `nearby` (sources of atlases) and beside them.
[[nodiscard]] PresetRun presetRun(
    const train::Preset& preset, const RunRequest& now, const std::vector<std::string>& nearby);

/// The settings in which two runs differ, as they are called in the window; without what presets
/// leave alone.
[[nodiscard]] QStringList differingSettings(const RunRequest& a, const RunRequest& b);

} // namespace maury::ui

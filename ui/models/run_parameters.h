#pragma once

#include "core/base/result.h"
#include "core/train/training_config.h"
#include "ui/models/parameter_spec.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace maury::ui {

/// When a setting may change.
enum class ParameterScope {
    Live, ///< also in mid-run, from the next batch
    LiveWhenFresh, ///< in mid-run if every epoch is augmented anew
    BeforeRun
};

enum class ParameterGroup { Training, Optimiser, Data, Augmentation };

/// One number of TrainingConfig as the window offers it.
struct RunParameter {
    std::string id; ///< as on the command line and in train::SettingChanged
    ParameterGroup group = ParameterGroup::Training;
    ParameterScope scope = ParameterScope::BeforeRun;
    ParameterSpec spec;
    std::function<double(const train::TrainingConfig&)> get;
    std::function<void(train::TrainingConfig&, double)> set;
    /// Why the other settings leave this one without effect; empty text when it acts. Not set:
    /// always acts.
    std::function<QString(const train::TrainingConfig&)> idle;
};

/// All of them, in the order of the screen, in the language of the program.
[[nodiscard]] std::vector<RunParameter> runParameters();

/// The short label of a setting by its id, for marks on curves; the id itself if it is unknown.
[[nodiscard]] QString parameterLabel(const std::string& id);

/// Why a setting cannot be changed now, in words; empty when it can. active: a run goes on; fresh:
/// that run augments every epoch anew.
[[nodiscard]] QString lockReason(ParameterScope scope, bool active, bool fresh);
[[nodiscard]] QString lockReason(
    const RunParameter& parameter, const train::TrainingConfig& config, bool active, bool fresh);

/// "768, 256, 64" as widths of hidden layers. Errors: OptionInvalid, naming what is no width.
[[nodiscard]] base::Result<std::vector<int>> layersFromText(const QString& text);
[[nodiscard]] QString layersToText(const std::vector<int>& layers);

} // namespace maury::ui

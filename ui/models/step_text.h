#pragma once

#include "core/train/step_stages.h"

#include <QString>

namespace maury::ui {

/// "Hidden layer 2: sums", for lists.
[[nodiscard]] QString stageTitle(const train::StepStage& stage);
/// What the stage computes and why, in a sentence or two.
[[nodiscard]] QString stageText(const train::StepStage& stage, const train::StepTrace& trace);
/// A formula or symbol as rich text, indices set low.
[[nodiscard]] QString formulaHtml(const std::string& formula);
/// The same as plain text, with the words among the symbols translated: "Z_SC", "all others".
[[nodiscard]] QString symbolText(const std::string& symbol);

} // namespace maury::ui

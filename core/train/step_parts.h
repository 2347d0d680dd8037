#pragma once

#include "core/train/step_stages.h"

namespace maury::train {

class StepNumbers;

/// From the spectra to the loss.
void addForwardStages(const StepNumbers& numbers, std::vector<StepStage>& stages);
/// From the loss to the new weights.
void addBackwardStages(const StepNumbers& numbers, std::vector<StepStage>& stages);

/// A stage after the others; valid until the next one.
StepStage& addStage(std::vector<StepStage>& stages, StepStage::Kind kind, const StepLayer& layer,
    std::string formula);

template <typename Numbers>
void addShape(StepStage& stage, std::string symbol, const Numbers& numbers)
{
    stage.shapes.push_back({ std::move(symbol), numbers.rows(), numbers.cols() });
}

} // namespace maury::train

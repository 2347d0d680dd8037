#include "core/train/step_stages.h"

#include "core/base/contract.h"
#include "core/train/step_numbers.h"
#include "core/train/step_parts.h"

#include <utility>

namespace maury::train {

StepStage& addStage(std::vector<StepStage>& stages, StepStage::Kind kind, const StepLayer& layer,
    std::string formula)
{
    StepStage stage;
    stage.kind = kind;
    stage.layer = layer;
    stage.formula = std::move(formula);
    stages.push_back(std::move(stage));
    return stages.back();
}

StepChoice busiestUnits(const StepTrace& trace, int sample)
{
    EXPECTS(sample >= 0 && sample < trace.samples());
    StepChoice choice { sample, {} };
    for (const auto& delta : trace.backward.dSums) {
        Eigen::Index unit = 0;
        delta.row(sample).cwiseAbs().maxCoeff(&unit);
        choice.units.push_back(static_cast<int>(unit));
    }
    return choice;
}

std::vector<StepStage> stagesOf(const StepTrace& trace, const StepChoice& choice)
{
    EXPECTS(choice.sample >= 0 && choice.sample < trace.samples());
    EXPECTS(choice.units.size() == trace.spec.hidden.size());
    for (std::size_t layer = 0; layer < choice.units.size(); ++layer)
        EXPECTS(choice.units[layer] >= 0 && choice.units[layer] < trace.spec.hidden[layer]);
    const StepNumbers numbers(trace, choice);
    std::vector<StepStage> stages;
    addForwardStages(numbers, stages);
    addBackwardStages(numbers, stages);
    return stages;
}

std::string toString(StepStage::Kind kind)
{
    switch (kind) {
    case StepStage::Kind::Input:
        return "input";
    case StepStage::Kind::Sum:
        return "sum";
    case StepStage::Kind::Activation:
        return "activation";
    case StepStage::Kind::Softmax:
        return "softmax";
    case StepStage::Kind::Loss:
        return "loss";
    case StepStage::Kind::HeadDelta:
        return "head-delta";
    case StepStage::Kind::BackToOutputs:
        return "back-to-outputs";
    case StepStage::Kind::BackToSums:
        return "back-to-sums";
    case StepStage::Kind::WeightGradient:
        return "weight-gradient";
    case StepStage::Kind::Update:
        return "update";
    }
    return {};
}

std::string toString(const StepLayer& layer)
{
    switch (layer.kind) {
    case StepLayer::Kind::Input:
        return "input";
    case StepLayer::Kind::Hidden:
        return fmt::format("hidden {}", layer.number);
    case StepLayer::Kind::SpectralHead:
        return "sc";
    case StepLayer::Kind::LuminosityHead:
        return "lc";
    }
    return {};
}

} // namespace maury::train

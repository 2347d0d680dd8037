#include "core/train/step_trace.h"

#include "core/base/contract.h"

#include <utility>

namespace maury::train {

StepTracePtr traceStep(
    const StepFrame& frame, const Batch& batch, nn::Parameters before, nn::Parameters after)
{
    EXPECTS(nn::fits(before, frame.spec) && nn::fits(after, frame.spec));
    EXPECTS(!batch.isSoft() && !batch.rows.empty());
    auto trace = std::make_shared<StepTrace>();
    trace->epoch = frame.epoch;
    trace->step = frame.step;
    trace->spec = frame.spec;
    trace->classes = frame.classes;
    trace->wavelengthAngstrom = frame.wavelengthAngstrom;
    trace->optimizer = frame.optimizer;
    trace->settings = frame.settings;
    nn::Matrix<float> input(std::ssize(batch.rows), frame.spec.inputs);
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
        const std::size_t row = batch.rows[i];
        input.row(static_cast<Eigen::Index>(i)) = Eigen::Map<const nn::RowVector<float>>(
            batch.samples + row * static_cast<std::size_t>(frame.spec.inputs), frame.spec.inputs);
        trace->sc.push_back(batch.sc[row]);
        trace->lc.push_back(batch.lc[row]);
    }
    const nn::HeadTargets targets { trace->sc, trace->lc, frame.settings.weightSc,
        frame.settings.weightLc };
    trace->forward = nn::forward(frame.spec, before, std::move(input));
    trace->scProbabilities = nn::softmax(trace->forward.scLogits);
    trace->lcProbabilities = nn::softmax(trace->forward.lcLogits);
    trace->lossSc = nn::crossEntropy(trace->forward.scLogits, targets.sc);
    trace->lossLc = nn::crossEntropy(trace->forward.lcLogits, targets.lc);
    trace->loss = nn::loss(trace->forward, targets);
    trace->backward = nn::backwardState(frame.spec, before, trace->forward, targets);
    trace->before = std::move(before);
    trace->after = std::move(after);
    return trace;
}

} // namespace maury::train

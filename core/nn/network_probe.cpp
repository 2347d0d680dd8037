#include "core/nn/network_probe.h"

#include "core/base/contract.h"
#include "core/nn/network.h"

#include <algorithm>

namespace maury::nn {
namespace {

template <typename Numbers> Distribution spread(const Numbers& numbers)
{
    return distributionOf({ numbers.data(), static_cast<std::size_t>(numbers.size()) });
}

LayerProbe describe(const DenseParameters<float>& layer, LayerProbe::Kind kind, int number)
{
    LayerProbe probe;
    probe.kind = kind;
    probe.number = number;
    probe.fanIn = static_cast<int>(layer.weights.rows());
    probe.fanOut = static_cast<int>(layer.weights.cols());
    probe.weights = spread(layer.weights);
    probe.biases = spread(layer.biases);
    return probe;
}

/// A NaN is no silence.
int silentUnits(const Matrix<float>& outputs, float level)
{
    std::vector<std::uint8_t> silent(static_cast<std::size_t>(outputs.cols()), 1);
    for (Eigen::Index row = 0; row < outputs.rows(); ++row)
        for (Eigen::Index unit = 0; unit < outputs.cols(); ++unit)
            if (!(std::abs(outputs(row, unit)) <= level))
                silent[static_cast<std::size_t>(unit)] = 0;
    return static_cast<int>(std::count(silent.begin(), silent.end(), 1));
}

template <typename Targets>
void addSamples(const NetworkSpec& spec, const Parameters& parameters, const ProbeBatch& batch,
    const Targets& targets, NetworkProbe& probe)
{
    const auto state = forward(spec, parameters, batch.input);
    const auto gradient = backward(spec, parameters, state, targets);
    probe.loss = loss(state, targets);
    probe.samples = static_cast<int>(batch.samples());
    const std::size_t hidden = parameters.hidden.size();
    for (std::size_t i = 0; i < hidden; ++i) {
        LayerProbe& layer = probe.layers[i];
        layer.sums = spread(state.preActivations[i]);
        layer.outputs = spread(state.activations[i + 1]);
        layer.gradients = spread(gradient.hidden[i].weights);
        layer.silentUnits = silentUnits(state.activations[i + 1], silentLevel(spec.activation));
    }
    const auto head = [](LayerProbe& layer, const Matrix<float>& logits, const auto& slopes) {
        layer.sums = spread(logits);
        layer.outputs = spread(softmax(logits));
        layer.gradients = spread(slopes.weights);
    };
    head(probe.layers[hidden], state.scLogits, gradient.sc);
    head(probe.layers[hidden + 1], state.lcLogits, gradient.lc);
}

} // namespace

float silentLevel(Activation activation)
{
    return activation == Activation::Relu ? 0.0F : 0.01F;
}

NetworkProbe probeNetwork(
    const NetworkSpec& spec, const Parameters& parameters, const ProbeBatch& batch)
{
    EXPECTS(fits(parameters, spec));
    const auto samples = static_cast<std::size_t>(batch.samples());
    EXPECTS(samples == 0 || batch.input.cols() == spec.inputs);
    EXPECTS(batch.isSoft()
            ? batch.softSc.rows() == batch.samples() && batch.softSc.cols() == spec.scClasses
                && batch.softLc.rows() == batch.samples() && batch.softLc.cols() == spec.lcClasses
            : batch.sc.size() == samples && batch.lc.size() == samples);
    NetworkProbe probe;
    int number = 0;
    for (const auto& layer : parameters.hidden)
        probe.layers.push_back(describe(layer, LayerProbe::Kind::Hidden, ++number));
    probe.layers.push_back(describe(parameters.sc, LayerProbe::Kind::SpectralHead, 0));
    probe.layers.push_back(describe(parameters.lc, LayerProbe::Kind::LuminosityHead, 0));
    if (samples > 0 && batch.isSoft())
        addSamples(spec, parameters, batch,
            SoftTargets<float> { batch.softSc, batch.softLc, batch.weightSc, batch.weightLc },
            probe);
    else if (samples > 0)
        addSamples(spec, parameters, batch,
            HeadTargets { batch.sc, batch.lc, batch.weightSc, batch.weightLc }, probe);
    return probe;
}

} // namespace maury::nn

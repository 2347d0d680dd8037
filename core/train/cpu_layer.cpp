#include "core/train/cpu_layer.h"

#include "core/nn/panel_elements.h"
#include "core/nn/panel_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace maury::train {
namespace {

constexpr std::size_t kLineFloats = 16;

std::size_t paddedStride(std::size_t width)
{
    // Whole panels wide, and an odd number of cache lines.
    const std::size_t panel = nn::kernels::panelWidth();
    const std::size_t padded = (width + panel - 1) / panel * panel;
    const std::size_t lines = (padded + kLineFloats - 1) / kLineFloats;
    return (lines | 1U) * kLineFloats;
}

} // namespace

ActivationBlock::ActivationBlock(std::size_t rows, std::size_t width)
    : m_stride(paddedStride(width))
    , m_data(rows * m_stride)
{
}

PanelDense::PanelDense(std::size_t fanIn, std::size_t fanOut)
    : weights(fanIn, fanOut)
    , biases(weights.paddedCols())
{
}

void PanelDense::assign(const nn::DenseParameters<float>& source)
{
    weights.assign(source.weights);
    biases.fill(0.0F);
    std::copy_n(source.biases.data(), source.biases.size(), biases.data());
}

nn::DenseParameters<float> PanelDense::toDense() const
{
    return { weights.toMatrix(),
        Eigen::Map<const nn::RowVector<float>>(
            biases.data(), static_cast<Eigen::Index>(weights.cols())) };
}

CpuLayer::CpuLayer(int fanIn, int fanOut, Optimizer optimizer)
    : values(static_cast<std::size_t>(fanIn), static_cast<std::size_t>(fanOut))
    , inputColumns(static_cast<std::size_t>(fanIn))
    , transposed(static_cast<std::size_t>(fanOut), static_cast<std::size_t>(fanIn))
{
    const std::size_t count = momentCount(optimizer);
    if (count > 0)
        gradient = PanelDense(values.weights.rows(), values.weights.cols());
    for (std::size_t i = 0; i < count; ++i)
        moments.emplace_back(values.weights.rows(), values.weights.cols());
}

void CpuLayer::reserve(std::size_t batch)
{
    const std::size_t width = values.weights.cols();
    inputTiles = nn::AlignedBuffer(batch * values.weights.rows());
    packedInput = nn::AlignedBuffer(batch * values.weights.rows());
    output = ActivationBlock(batch, width);
    slope = ActivationBlock(batch, width);
    dropout = ActivationBlock(batch, width);
    dOutput = ActivationBlock(batch, width);
    dTiles = nn::AlignedBuffer(batch * width);
    dPanels = nn::AlignedBuffer(batch * values.weights.paddedCols());
}

void CpuLayer::drawDropout(const nn::Dropout& drawn, int layer, const Tiles& tiles)
{
    const std::size_t width = values.weights.cols();
    for (std::size_t sample = tiles.firstSample; sample < tiles.lastSample; ++sample)
        nn::dropoutScales(drawn, layer, sample, { dropout.row(sample), width });
}

void CpuLayer::activatePanel(
    nn::Activation activation, std::size_t panel, const Tiles& tiles, bool withDropout)
{
    namespace kernels = nn::kernels;
    const std::size_t width = kernels::panelWidth();
    const std::size_t column = panel * width;
    float* z = output.row(tiles.firstSample) + column;
    float* f = slope.row(tiles.firstSample) + column;
    const std::size_t rows = tiles.lastSample - tiles.firstSample;
    switch (activation) {
    case nn::Activation::GeluTanh:
        kernels::geluTanh(z, f, output.stride(), rows);
        break;
    case nn::Activation::GeluExact:
        kernels::geluExact(z, f, output.stride(), rows);
        break;
    case nn::Activation::Relu:
        kernels::relu(z, f, output.stride(), rows);
        break;
    }
    if (!withDropout)
        return;
    // On the slope too: that is the whole way back through the dropout.
    for (std::size_t row = 0; row < rows; ++row) {
        const float* scales = dropout.row(tiles.firstSample + row) + column;
        for (std::size_t i = 0; i < width; ++i) {
            z[row * output.stride() + i] *= scales[i];
            f[row * slope.stride() + i] *= scales[i];
        }
    }
}

void CpuLayer::copyToPanels(std::size_t batch, const Tiles& tiles)
{
    const std::size_t width = nn::kernels::panelWidth();
    for (std::size_t p = 0; p < values.weights.panels(); ++p)
        for (std::size_t sample = tiles.firstSample; sample < tiles.lastSample; ++sample)
            std::memcpy(dPanels.data() + (p * batch + sample) * width,
                dOutput.row(sample) + p * width, width * sizeof(float));
}

void CpuLayer::updatePanel(std::size_t panel, std::size_t batch, double learningRate,
    const OptimizerSettings& optimizer, std::int64_t step)
{
    if (optimizer.kind == Optimizer::Sgd) {
        addProduct(panel, batch, static_cast<float>(-learningRate), values);
        return;
    }
    std::fill_n(gradient.weights.panel(panel), gradient.weights.panelSize(), 0.0F);
    std::fill_n(gradient.biases.data() + panel * nn::kernels::panelWidth(),
        nn::kernels::panelWidth(), 0.0F);
    addProduct(panel, batch, 1.0F, gradient);
    optimise(panel, learningRate, optimizer, step);
}

/// One panel of to ← to + alpha · inputᵀ·dOutput.
void CpuLayer::addProduct(std::size_t panel, std::size_t batch, float alpha, PanelDense& to)
{
    namespace kernels = nn::kernels;
    const std::size_t width = kernels::panelWidth();
    const float* d = dPanels.data() + panel * batch * width;
    kernels::updatePanel(
        packedInput.data(), batch, inputColumns, d, alpha, to.weights.panel(panel));
    kernels::updateBias(d, batch, alpha, to.biases.data() + panel * width);
}

void CpuLayer::optimise(
    std::size_t panel, double learningRate, const OptimizerSettings& optimizer, std::int64_t step)
{
    namespace kernels = nn::kernels;
    const std::size_t width = kernels::panelWidth();
    // Weight decay acts on weights only.
    const auto apply = [&](const auto& at, std::size_t count, double decay) {
        if (optimizer.kind == Optimizer::Momentum) {
            kernels::momentum(at(values), at(gradient), at(moments[0]), count,
                static_cast<float>(learningRate), static_cast<float>(optimizer.momentum));
            return;
        }
        const double correction1 = 1.0 - std::pow(optimizer.momentum, static_cast<double>(step));
        const double correction2 = 1.0 - std::pow(optimizer.beta2, static_cast<double>(step));
        kernels::adamw(at(values), at(gradient), at(moments[0]), at(moments[1]), count,
            { static_cast<float>(optimizer.momentum), static_cast<float>(optimizer.beta2),
                static_cast<float>(1.0 - learningRate * decay),
                static_cast<float>(learningRate / correction1),
                static_cast<float>(1.0 / std::sqrt(correction2)) });
    };
    apply([panel](PanelDense& dense) { return dense.weights.panel(panel); },
        values.weights.panelSize(), optimizer.weightDecay);
    apply([panel, width](PanelDense& dense) { return dense.biases.data() + panel * width; }, width,
        0.0);
}

} // namespace maury::train

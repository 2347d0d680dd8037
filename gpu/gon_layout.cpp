#include "gpu/gon_layout.h"

#include "core/base/contract.h"

#include <algorithm>

namespace maury::gpu {

GonLayout::GonLayout(const gon::NetworkSetup& setup, const gon::NetworkState& start)
    : m_latent(setup.decoder.latent)
    , m_pixels(static_cast<int>(setup.wavelengthAngstrom.size()))
    , m_learnsSteps(setup.inference == gon::InferenceKind::LearnedStep)
{
    const auto& layers = start.decoder.layers;
    EXPECTS(!layers.empty());
    const bool skips = setup.decoder.skip && setup.decoder.kind == gon::DecoderKind::Dense;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        GonLayer layer;
        layer.skips = skips && i > 0 && i + 1 == layers.size();
        const int fanIn = static_cast<int>(layers[i].weights.rows());
        layer.units = i == 0 ? 0 : fanIn - (layer.skips ? m_latent : 0);
        layer.hidden = padded(layer.units);
        layer.fanIn = i == 0 ? padded(fanIn) : layer.hidden + (layer.skips ? padded(m_latent) : 0);
        layer.fanOut = padded(static_cast<int>(layers[i].weights.cols()));
        layer.weights = m_size;
        m_size = nextTensor(m_size
            + static_cast<std::size_t>(layer.fanIn) * static_cast<std::size_t>(layer.fanOut));
        m_layers.push_back(layer);
        m_shapes.emplace_back(layers[i].weights.rows(), layers[i].weights.cols());
    }
    m_steps = m_size;
    if (m_learnsSteps)
        m_size = nextTensor(m_size + static_cast<std::size_t>(latent()));
    for (GonLayer& layer : m_layers) {
        layer.biases = m_size;
        m_size = nextTensor(m_size + static_cast<std::size_t>(layer.fanOut));
    }
}

std::size_t GonLayout::rowAt(const GonLayer& layer, Eigen::Index row) const
{
    const Eigen::Index hidden = layer.units;
    const Eigen::Index at = row < hidden || !layer.skips ? row : layer.hidden + row - hidden;
    return layer.weights + static_cast<std::size_t>(at) * static_cast<std::size_t>(layer.fanOut);
}

std::vector<float> GonLayout::scales(const gon::NetworkState& start) const
{
    std::vector<float> result(m_size, 1.0F);
    const std::vector<float>& scale = start.decoder.scale;
    if (scale.empty())
        return result;
    const GonLayer& last = m_layers.back();
    for (int row = 0; row < last.units; ++row)
        std::copy(scale.begin(), scale.end(),
            result.begin() + static_cast<std::ptrdiff_t>(rowAt(last, row)));
    std::copy(scale.begin(), scale.end(), result.begin() + static_cast<std::ptrdiff_t>(last.biases));
    return result;
}

void GonLayout::pack(const Layers& from, std::span<float> numbers) const
{
    EXPECTS(numbers.size() == m_size && from.size() == m_layers.size() + (m_learnsSteps ? 1 : 0));
    std::fill(numbers.begin(), numbers.end(), 0.0F);
    const auto put = [&](const float* values, Eigen::Index count, std::size_t at) {
        std::copy_n(values, count, numbers.begin() + static_cast<std::ptrdiff_t>(at));
    };
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const auto& weights = from[i].weights;
        for (Eigen::Index row = 0; row < weights.rows(); ++row)
            put(weights.row(row).data(), weights.cols(), rowAt(m_layers[i], row));
        put(from[i].biases.data(), from[i].biases.size(), m_layers[i].biases);
    }
    if (m_learnsSteps)
        put(from.back().weights.data(), from.back().weights.size(), m_steps);
}

GonLayout::Layers GonLayout::unpack(std::span<const float> numbers) const
{
    EXPECTS(numbers.size() == m_size);
    const auto rowOf = [&](std::size_t at, Eigen::Index count) {
        return Eigen::Map<const nn::RowVector<float>>(numbers.data() + at, count);
    };
    Layers result;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const auto [rows, columns] = m_shapes[i];
        nn::DenseParameters<float> layer;
        layer.weights.resize(rows, columns);
        for (Eigen::Index row = 0; row < rows; ++row)
            layer.weights.row(row) = rowOf(rowAt(m_layers[i], row), columns);
        layer.biases = rowOf(m_layers[i].biases, columns);
        result.push_back(std::move(layer));
    }
    if (m_learnsSteps)
        result.push_back({ rowOf(m_steps, m_latent), nn::RowVector<float>::Zero(m_latent) });
    return result;
}

} // namespace maury::gpu

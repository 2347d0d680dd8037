#include "gpu/network_layout.h"

#include "core/base/contract.h"

#include <algorithm>

namespace maury::gpu {
namespace {

using Rows = Eigen::Map<nn::Matrix<float>, Eigen::Unaligned, Eigen::OuterStride<>>;
using ConstRows = Eigen::Map<const nn::Matrix<float>, Eigen::Unaligned, Eigen::OuterStride<>>;

} // namespace

NetworkLayout::NetworkLayout(const nn::NetworkSpec& spec)
    : m_spec(spec)
{
    int fanIn = padded(spec.inputs);
    const auto place = [&](int fanOut) {
        const DenseLayout layer { fanIn, padded(fanOut), m_size, 0 };
        m_size = nextTensor(m_size
            + static_cast<std::size_t>(layer.fanIn) * static_cast<std::size_t>(layer.fanOut));
        fanIn = layer.fanOut;
        return layer;
    };
    for (const int width : spec.hidden)
        m_hidden.push_back(place(width));
    m_heads = place(spec.scClasses + spec.lcClasses);
    m_weightsSize = m_size;
    for (DenseLayout& layer : m_hidden) {
        layer.biases = m_size;
        m_size = nextTensor(m_size + static_cast<std::size_t>(layer.fanOut));
    }
    m_heads.biases = m_size;
    m_size = nextTensor(m_size + static_cast<std::size_t>(m_heads.fanOut));
}

int NetworkLayout::widestHidden() const
{
    int widest = 0;
    for (const DenseLayout& layer : m_hidden)
        widest = std::max(widest, layer.fanOut);
    return widest;
}

void NetworkLayout::pack(const nn::Parameters& parameters, std::span<float> numbers) const
{
    EXPECTS(nn::fits(parameters, m_spec) && numbers.size() == m_size);
    std::fill(numbers.begin(), numbers.end(), 0.0F);
    const auto put = [&](const nn::DenseParameters<float>& layer, const DenseLayout& at,
                         int column) {
        const auto first = static_cast<std::size_t>(column);
        Rows(numbers.data() + at.weights + first, layer.weights.rows(), layer.weights.cols(),
            Eigen::OuterStride<>(at.fanOut))
            = layer.weights;
        std::copy_n(layer.biases.data(), layer.biases.size(), numbers.data() + at.biases + first);
    };
    for (std::size_t at = 0; at < m_hidden.size(); ++at)
        put(parameters.hidden[at], m_hidden[at], 0);
    put(parameters.sc, m_heads, 0);
    put(parameters.lc, m_heads, m_spec.scClasses);
}

nn::Parameters NetworkLayout::unpack(std::span<const float> numbers) const
{
    EXPECTS(numbers.size() == m_size);
    nn::Parameters parameters;
    parameters.hidden.resize(m_hidden.size());
    int fanIn = m_spec.inputs;
    int fanOut = 0;
    const auto take = [&](nn::DenseParameters<float>& layer, const DenseLayout& at, int column) {
        const auto first = static_cast<std::size_t>(column);
        layer.weights = ConstRows(
            numbers.data() + at.weights + first, fanIn, fanOut, Eigen::OuterStride<>(at.fanOut));
        layer.biases
            = Eigen::Map<const nn::RowVector<float>>(numbers.data() + at.biases + first, fanOut);
    };
    for (std::size_t at = 0; at < m_hidden.size(); ++at) {
        fanOut = m_spec.hidden[at];
        take(parameters.hidden[at], m_hidden[at], 0);
        fanIn = fanOut;
    }
    fanOut = m_spec.scClasses;
    take(parameters.sc, m_heads, 0);
    fanOut = m_spec.lcClasses;
    take(parameters.lc, m_heads, m_spec.scClasses);
    return parameters;
}

} // namespace maury::gpu

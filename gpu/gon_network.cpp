#include "gpu/gon_network.h"

#include "gpu/packed_transfer.h"

#include <algorithm>
#include <utility>

namespace maury::gpu {
namespace {

using base::Result;

GonLayout::Layers layersOf(const gon::NetworkState& state, bool learnsSteps)
{
    GonLayout::Layers layers = state.decoder.layers;
    if (learnsSteps) {
        const auto count = std::ssize(state.extra.step);
        layers.push_back({ Eigen::Map<const nn::RowVector<float>>(state.extra.step.data(), count),
            nn::RowVector<float>::Zero(count) });
    }
    return layers;
}

} // namespace

GonNetwork::GonNetwork(const gon::NetworkSetup& setup, const gon::NetworkState& start)
    : m_layout(setup, start)
    , m_fixed(start)
{
    m_fixed.moments.clear();
}

Result<GonNetwork> GonNetwork::make(
    Device& device, const gon::NetworkSetup& setup, const gon::NetworkState& start)
{
    GonNetwork network(setup, start);
    const std::size_t bytes = network.bytes();
    Allocation allocation(device, "the network");
    allocation.take(network.m_transfer, Place::Pinned, bytes);
    for (Memory* memory : { &network.m_values, &network.m_gradients, &network.m_first,
             &network.m_second, &network.m_scales })
        allocation.take(*memory, Place::Device, bytes);
    if (!allocation.outcome())
        return base::Unexpected(allocation.outcome().error());
    const std::vector<float> scales = network.m_layout.scales(start);
    std::copy(scales.begin(), scales.end(), network.m_transfer.as<float>());
    Work work(device);
    work.copy(network.m_scales.as<float>(), network.m_transfer.as<float>(), bytes);
    for (float* numbers : { network.gradients(), network.first(), network.second() })
        work.clear(numbers, bytes); // what lies between the tensors is never written
    if (const auto done = work.synchronize().outcome(); !done)
        return base::Unexpected(done.error());
    if (const auto written = network.restore(device, start); !written)
        return base::Unexpected(written.error());
    return network;
}

Result<void> GonNetwork::write(Device& device, const GonLayout::Layers& from, const Memory& to)
{
    return writePacked(device, m_layout, from, m_transfer, to);
}

Result<GonLayout::Layers> GonNetwork::read(Device& device, const Memory& from) const
{
    return readPacked<GonLayout::Layers>(device, m_layout, m_transfer, from);
}

Result<void> GonNetwork::restore(Device& device, const gon::NetworkState& state)
{
    if (const auto written = write(device, layersOf(state, m_layout.learnsSteps()), m_values);
        !written)
        return written;
    m_fixed.steps = state.steps;
    if (state.moments.empty())
        return {};
    GonLayout::Layers first;
    GonLayout::Layers second;
    for (const gon::LayerMoments& moments : state.moments) {
        first.push_back(moments.first);
        second.push_back(moments.second);
    }
    if (const auto written = write(device, first, m_first); !written)
        return written;
    return write(device, second, m_second);
}

Result<gon::NetworkState> GonNetwork::state(Device& device) const
{
    auto values = read(device, m_values);
    auto first = read(device, m_first);
    auto second = read(device, m_second);
    for (const auto* numbers : { &values, &first, &second })
        if (!*numbers)
            return base::Unexpected(numbers->error());
    gon::NetworkState state = m_fixed;
    for (std::size_t i = 0; i < values->size(); ++i)
        state.moments.push_back({ (*first)[i], (*second)[i] });
    if (m_layout.learnsSteps()) {
        const auto& steps = values->back().weights;
        state.extra.step.assign(steps.data(), steps.data() + steps.size());
        values->pop_back();
    }
    state.decoder.layers = *std::move(values);
    return state;
}

} // namespace maury::gpu

#include "gpu/network.h"

#include "core/base/contract.h"
#include "gpu/packed_transfer.h"

#include <utility>

namespace maury::gpu {

using base::Result;

Network::Network(const nn::NetworkSpec& spec, const train::OptimizerSettings& optimizer)
    : m_layout(spec)
    , m_optimizer(optimizer)
    , m_moments(train::momentCount(optimizer.kind))
{
}

Result<Network> Network::make(Device& device, const nn::NetworkSpec& spec,
    const nn::Parameters& parameters, const train::OptimizerSettings& optimizer)
{
    Network network(spec, optimizer);
    const std::size_t bytes = network.bytes();
    Allocation allocation(device, "the network");
    allocation.take(network.m_values, Place::Device, bytes)
        .take(network.m_transfer, Place::Pinned, bytes);
    if (optimizer.kind != train::Optimizer::Sgd)
        allocation.take(network.m_gradients, Place::Device, bytes);
    for (Memory& moment : network.m_moments)
        allocation.take(moment, Place::Device, bytes);
    if (!allocation.outcome())
        return base::Unexpected(allocation.outcome().error());
    Work work(device);
    if (!network.m_gradients.isEmpty()) // what lies between the tensors is never written
        work.clear(network.gradients(), bytes);
    for (const Memory& moment : network.m_moments)
        work.clear(moment.as<float>(), bytes);
    if (!work.outcome())
        return base::Unexpected(work.outcome().error());
    if (const auto written = network.write(device, parameters, network.m_values); !written)
        return base::Unexpected(written.error());
    return network;
}

Result<void> Network::write(Device& device, const nn::Parameters& from, const Memory& to)
{
    return writePacked(device, m_layout, from, m_transfer, to);
}

Result<nn::Parameters> Network::read(Device& device, const Memory& from) const
{
    return readPacked<nn::Parameters>(device, m_layout, m_transfer, from);
}

Result<nn::Parameters> Network::parameters(Device& device) const
{
    return read(device, m_values);
}

Result<train::OptimizerState> Network::optimizerState(Device& device) const
{
    train::OptimizerState state;
    state.steps = m_steps;
    for (const Memory& moment : m_moments) {
        auto numbers = read(device, moment);
        if (!numbers)
            return base::Unexpected(numbers.error());
        state.moments.push_back(*std::move(numbers));
    }
    return state;
}

Result<void> Network::restoreOptimizer(Device& device, const train::OptimizerState& state)
{
    EXPECTS(state.moments.size() == m_moments.size());
    for (std::size_t at = 0; at < m_moments.size(); ++at)
        if (const auto written = write(device, state.moments[at], m_moments[at]); !written)
            return written;
    m_steps = state.steps;
    return {};
}

} // namespace maury::gpu

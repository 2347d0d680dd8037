#include "gpu/gon_pass.h"

#include <algorithm>

// The memory of a pass, and what in it no step changes.

namespace maury::gpu {
namespace {

using base::Result;

std::size_t asSize(int number)
{
    return static_cast<std::size_t>(number);
}

} // namespace

GonPass::GonPass(
    Device& device, const GonNetwork& network, const gon::NetworkSetup& setup, int capacity)
    : m_device(&device)
    , m_network(&network)
    , m_inference(setup.inference)
    , m_activation(setup.decoder.activation)
    , m_stepSize(setup.stepSize)
    , m_capacity(capacity)
    , m_levels(network.layout().layers().size())
{
}

Result<GonPass> GonPass::make(Device& device, const GonNetwork& network,
    const gon::NetworkSetup& setup, int capacity)
{
    GonPass pass(device, network, setup, capacity);
    if (const auto taken = pass.allocate(); !taken)
        return base::Unexpected(taken.error());
    if (const auto written = pass.writeConstants(); !written)
        return base::Unexpected(written.error());
    return pass;
}

Result<void> GonPass::allocate()
{
    Allocation allocation(*m_device, "the buffers of a training step");
    const auto floats = [&](Memory& memory, std::size_t rows, std::size_t columns) {
        allocation.take(memory, Place::Device, rows * columns * sizeof(float));
    };
    const std::size_t spectra = asSize(m_capacity);
    const std::size_t rows = asSize(latent()) + 1 + spectra;
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const GonLayer& layer = layers()[i];
        Level& level = m_levels[i];
        floats(level.input, rows + (i == 0 ? spectra : 0), asSize(layer.fanIn)); // u after the codes
        floats(level.delta, rows, asSize(layer.fanOut));
        if (i == 0)
            continue;
        floats(level.z, rows, asSize(layer.hidden));
        floats(level.slope, 1 + spectra, asSize(layer.hidden));
        floats(level.curve, 1, asSize(layer.hidden));
        floats(level.dInput, rows, asSize(layer.fanIn));
    }
    const std::size_t width = asSize(pixels());
    const std::size_t pairs = solves() ? asSize(triangleSize(latent())) : 0;
    floats(m_origin, asSize(latent()) + 1, width);
    for (Memory* memory : { &m_data, &m_lossWeight, &m_inferenceWeight })
        floats(*memory, spectra, width);
    floats(m_weighted, 2 * spectra, width);
    floats(m_model, 2 * spectra, width);
    for (Memory* memory : { &m_projected, &m_fromFirst, &m_dCodes })
        floats(*memory, spectra, asSize(latent()));
    floats(m_norm, spectra, 1);
    floats(m_steps, asSize(latent()), 1);
    if (solves()) {
        floats(m_pairs, pairs, width);
        floats(m_normal, spectra, pairs);
        allocation.take(m_factor, Place::Device, spectra * pairs * sizeof(double));
    }
    allocation.take(m_sums, Place::Device, spectra * sizeof(GonSums))
        .take(m_parts, Place::Device, SquareGradients::kMostParts * sizeof(double))
        .take(m_control, Place::Device, sizeof(GonControl))
        .take(m_numbers, Place::Device, sizeof(GonNumbers));
    return allocation.outcome();
}

/// The origin's code and tangents, which no step changes; the padding of codes stays 0.
Result<void> GonPass::writeConstants()
{
    const int units = m_network->layout().latentUnits();
    std::vector<float> tangents(asSize(latent()) * asSize(latent()), 0.0F);
    for (int d = 0; d < units; ++d)
        tangents[asSize(d) * asSize(latent()) + asSize(d)] = 1.0F;
    std::vector<float> steps(asSize(latent()), 0.0F);
    std::fill_n(steps.begin(), units, static_cast<float>(m_stepSize));
    Work work(*m_device);
    for (std::size_t i : { std::size_t { 0 }, m_levels.size() - 1 }) {
        if (i > 0 && !layers()[i].skips)
            continue;
        const GonLayer& layer = layers()[i];
        const Memory& input = m_levels[i].input;
        const std::size_t rowBytes = asSize(latent()) * sizeof(float);
        work.clear(input.as<float>(), input.bytes()).then([&](Device& device) {
            return device.copyRows(input.as<float>() + layer.hidden,
                asSize(layer.fanIn) * sizeof(float), tangents.data(), rowBytes, rowBytes,
                asSize(latent()), Stream::Main);
        });
    }
    return work.copy(m_steps.as<float>(), steps.data(), steps.size() * sizeof(float))
        .synchronize()
        .outcome();
}

} // namespace maury::gpu

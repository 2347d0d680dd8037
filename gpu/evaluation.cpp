#include "gpu/evaluation.h"

#include "core/base/contract.h"
#include "gpu/layer_products.h"

#include <algorithm>

namespace maury::gpu {

using base::Result;

Result<std::span<const RowChoice>> Evaluation::choose(
    const Network& network, const DeviceSamples& samples, std::span<const std::uint32_t> rows)
{
    if (const auto done = score(network, samples, rows, true); !done)
        return base::Unexpected(done.error());
    return std::span<const RowChoice>(m_hostScores.as<RowChoice>(), rows.size());
}

Result<std::span<const float>> Evaluation::probabilities(
    const Network& network, const DeviceSamples& samples, std::span<const std::uint32_t> rows)
{
    if (const auto done = score(network, samples, rows, false); !done)
        return base::Unexpected(done.error());
    return std::span<const float>(m_hostScores.as<float>(),
        rows.size() * static_cast<std::size_t>(network.layout().heads().fanOut));
}

Result<void> Evaluation::ensure(const Network& network, std::size_t rows)
{
    if (rows <= m_capacity)
        return {};
    const NetworkLayout& layout = network.layout();
    int widest = 0;
    for (const DenseLayout& layer : layout.hidden())
        widest = std::max(widest, layer.fanOut);
    const auto floats
        = [rows](int width) { return rows * static_cast<std::size_t>(width) * sizeof(float); };
    const std::size_t scores = std::max(floats(layout.heads().fanOut), rows * sizeof(RowChoice));
    m_capacity = 0;
    const auto outcome = Allocation(*m_device, "the buffers of an evaluation")
                             .take(m_x, Place::Device, floats(layout.inputs()))
                             .take(m_layers[0], Place::Device, floats(widest))
                             .take(m_layers[1], Place::Device, floats(widest))
                             .take(m_rows, Place::Device, rows * sizeof(std::uint32_t))
                             .take(m_hostRows, Place::Pinned, rows * sizeof(std::uint32_t))
                             .take(m_scores, Place::Device, scores)
                             .take(m_hostScores, Place::Pinned, scores)
                             .outcome();
    if (outcome)
        m_capacity = rows;
    return outcome;
}

Result<const float*> Evaluation::forward(
    const Network& network, const DeviceSamples& samples, std::span<const std::uint32_t> rows)
{
    const NetworkLayout& layout = network.layout();
    const int count = static_cast<int>(rows.size());
    std::copy(rows.begin(), rows.end(), m_hostRows.as<std::uint32_t>());
    Work work(*m_device);
    work.copy(m_rows.as<std::uint32_t>(), m_hostRows.as<std::uint32_t>(), rows.size_bytes())
        .launch(Gather {
            samples.flux, m_rows.as<std::uint32_t>(), m_x.as<float>(), count, layout.inputs() });
    const float* input = m_x.as<float>();
    for (std::size_t at = 0; at < layout.hidden().size(); ++at) {
        const DenseLayout& layer = layout.hidden()[at];
        float* output = m_layers[at % 2].as<float>();
        const Product plain = forwardProduct(network, layer, count, input, output);
        const Product fused = withGelu(plain, network, layer, nullptr);
        bool fuses = layout.spec().activation == nn::Activation::GeluTanh;
        work.then([&](Device& device) -> Result<void> {
            auto ready = fuses ? device.prepare(fused) : Result<bool>(false);
            fuses = ready && *ready;
            if (ready && !fuses)
                ready = device.prepare(plain);
            return ready ? Result<void> {} : base::Unexpected(ready.error());
        });
        work.multiply(fuses ? fused : plain);
        if (!fuses)
            work.launch(Activate { output, network.values() + layer.biases, output, nullptr, count,
                layer.fanOut, static_cast<int>(at), layout.spec().activation });
        input = output;
    }
    if (!work.outcome())
        return base::Unexpected(work.outcome().error());
    return input;
}

Result<void> Evaluation::score(const Network& network, const DeviceSamples& samples,
    std::span<const std::uint32_t> rows, bool wantsChoices)
{
    EXPECTS(rows.size() <= kEvaluatedTogether);
    if (rows.empty())
        return {};
    if (const auto ready = ensure(network, rows.size()); !ready)
        return ready;
    const auto last = forward(network, samples, rows);
    if (!last)
        return base::Unexpected(last.error());
    const NetworkLayout& layout = network.layout();
    const DenseLayout& heads = layout.heads();
    const std::size_t bytes = wantsChoices
        ? rows.size() * sizeof(RowChoice)
        : rows.size() * static_cast<std::size_t>(heads.fanOut) * sizeof(float);
    const HeadsInput input { *last, network.values() + heads.weights,
        network.values() + heads.biases, static_cast<int>(rows.size()), heads.fanIn, heads.fanOut,
        layout.spec().scClasses, layout.spec().lcClasses };
    return Work(*m_device)
        .launch(ScoreHeads { input,
            { m_rows.as<std::uint32_t>(), samples.sc, samples.lc, nullptr, nullptr },
            wantsChoices ? nullptr : m_scores.as<float>(),
            wantsChoices ? m_scores.as<RowChoice>() : nullptr })
        .copy(m_hostScores.as<std::byte>(), m_scores.as<std::byte>(), bytes)
        .synchronize()
        .outcome();
}

} // namespace maury::gpu

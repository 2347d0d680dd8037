#include "gpu/evaluation.h"

#include "core/base/contract.h"
#include "gpu/plain_forward.h"

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
    const int widest = layout.widestHidden();
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

Result<void> Evaluation::score(const Network& network, const DeviceSamples& samples,
    std::span<const std::uint32_t> rows, bool wantsChoices)
{
    EXPECTS(rows.size() <= kEvaluatedTogether);
    if (rows.empty())
        return {};
    if (const auto ready = ensure(network, rows.size()); !ready)
        return ready;
    const int count = static_cast<int>(rows.size());
    const auto forward = PlainForward::prepare(*m_device, network, count, m_x.as<float>(),
        { m_layers[0].as<float>(), m_layers[1].as<float>() });
    if (!forward)
        return base::Unexpected(forward.error());
    const NetworkLayout& layout = network.layout();
    const std::size_t bytes = wantsChoices
        ? rows.size() * sizeof(RowChoice)
        : rows.size() * static_cast<std::size_t>(layout.heads().fanOut) * sizeof(float);
    std::copy(rows.begin(), rows.end(), m_hostRows.as<std::uint32_t>());
    Work work(*m_device);
    work.copy(m_rows.as<std::uint32_t>(), m_hostRows.as<std::uint32_t>(), rows.size_bytes())
        .launch(Gather {
            samples.flux, m_rows.as<std::uint32_t>(), m_x.as<float>(), count, layout.inputs() });
    const HeadsInput input = forward->queue(work, network, m_x.as<float>());
    return work
        .launch(ScoreHeads { input,
            { m_rows.as<std::uint32_t>(), samples.sc, samples.lc, nullptr, nullptr },
            wantsChoices ? nullptr : m_scores.as<float>(),
            wantsChoices ? m_scores.as<RowChoice>() : nullptr })
        .copy(m_hostScores.as<std::byte>(), m_scores.as<std::byte>(), bytes)
        .synchronize()
        .outcome();
}

} // namespace maury::gpu

#pragma once

#include "gpu/device.h"
#include "gpu/network.h"
#include "gpu/samples.h"

#include <span>
#include <vector>

namespace maury::gpu {

/// Samples that are evaluated together at most.
inline constexpr std::size_t kEvaluatedTogether = 4096;

/// Sends samples through a network without training it.
class Evaluation {
public:
    explicit Evaluation(Device& device)
        : m_device(&device)
    {
    }

    /// What the network chooses for rows of labelled samples. Precondition: at most
    /// kEvaluatedTogether rows. Errors: BackendFailed.
    base::Result<std::span<const RowChoice>> choose(
        const Network& network, const DeviceSamples& samples, std::span<const std::uint32_t> rows);
    /// Probabilities [rows, padded classes of both heads], spectral classes first. As above.
    base::Result<std::span<const float>> probabilities(
        const Network& network, const DeviceSamples& samples, std::span<const std::uint32_t> rows);

    /// For another network.
    void forget() { *this = Evaluation(*m_device); }

private:
    base::Result<void> ensure(const Network& network, std::size_t rows);
    base::Result<void> score(const Network& network, const DeviceSamples& samples,
        std::span<const std::uint32_t> rows, bool wantsChoices);

    Device* m_device;
    std::size_t m_capacity = 0; ///< rows
    Memory m_x;
    Memory m_layers[2]; ///< in turn
    Memory m_rows;
    Memory m_scores; ///< choices or probabilities
    Memory m_hostRows; ///< pinned
    Memory m_hostScores; ///< pinned
};

} // namespace maury::gpu

#pragma once

#include "gpu/device.h"
#include "gpu/kernels/heads.h"
#include "gpu/network.h"

#include <vector>

namespace maury::gpu {

/// Sends rows through the hidden layers without training: no dropout, and nothing is kept of the
/// layers below the last.
class PlainForward {
public:
    PlainForward() = default;

    /// Prepares the products for `rows` rows; to be called outside of recordings. `layers` are two
    /// buffers [rows, widest hidden layer] that take turns. Errors: BackendFailed.
    static base::Result<PlainForward> prepare(Device& device, const Network& network, int rows,
        const float* input, float* const (&layers)[2]);

    /// Queues the products of the hidden layers. Returns what the heads need; their activations lie
    /// in one of the buffers.
    [[nodiscard]] HeadsInput queue(Work& work, const Network& network, const float* input) const;

private:
    [[nodiscard]] const float* inputOf(std::size_t layer, const float* input) const
    {
        return layer == 0 ? input : m_layers[(layer - 1) % 2];
    }

    int m_rows = 0;
    float* m_layers[2] {};
    std::vector<bool> m_fuses; ///< [layers] whether the product takes its activation along
};

} // namespace maury::gpu

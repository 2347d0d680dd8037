#pragma once

#include "gpu/device.h"
#include "gpu/gon_layout.h"

namespace maury::gpu {

/// A Gradient Origin Network with its optimiser in device memory. All numbers are [layout().size()].
class GonNetwork {
public:
    /// Errors: BackendFailed.
    [[nodiscard]] static base::Result<GonNetwork> make(
        Device& device, const gon::NetworkSetup& setup, const gon::NetworkState& start);

    [[nodiscard]] const GonLayout& layout() const { return m_layout; }
    [[nodiscard]] float* values() const { return m_values.as<float>(); }
    [[nodiscard]] float* gradients() const { return m_gradients.as<float>(); }
    [[nodiscard]] float* first() const { return m_first.as<float>(); }
    [[nodiscard]] float* second() const { return m_second.as<float>(); }
    [[nodiscard]] const float* scales() const { return m_scales.as<float>(); }
    [[nodiscard]] std::int64_t steps() const { return m_fixed.steps; }
    void countStep() { ++m_fixed.steps; }

    [[nodiscard]] base::Result<gon::NetworkState> state(Device& device) const;
    base::Result<void> restore(Device& device, const gon::NetworkState& state);

private:
    GonNetwork(const gon::NetworkSetup& setup, const gon::NetworkState& start);

    base::Result<void> write(Device& device, const GonLayout::Layers& from, const Memory& to);
    base::Result<GonLayout::Layers> read(Device& device, const Memory& from) const;
    [[nodiscard]] std::size_t bytes() const { return m_layout.size() * sizeof(float); }

    GonLayout m_layout;
    gon::NetworkState m_fixed; ///< what training does not change, and the count of steps
    Memory m_values;
    Memory m_gradients;
    Memory m_first;
    Memory m_second;
    Memory m_scales;
    Memory m_transfer; ///< pinned
};

} // namespace maury::gpu

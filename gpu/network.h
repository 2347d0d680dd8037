#pragma once

#include "core/train/backend.h"
#include "gpu/device.h"
#include "gpu/network_layout.h"

#include <vector>

namespace maury::gpu {

/// A network with its optimiser in device memory.
class Network {
public:
    /// Errors: BackendFailed.
    [[nodiscard]] static base::Result<Network> make(Device& device, const nn::NetworkSpec& spec,
        const nn::Parameters& parameters, const train::OptimizerSettings& optimizer);

    [[nodiscard]] const NetworkLayout& layout() const { return m_layout; }
    [[nodiscard]] const train::OptimizerSettings& optimizer() const { return m_optimizer; }
    [[nodiscard]] float* values() const { return m_values.as<float>(); } ///< [layout().size()]
    /// [layout().size()]; null for plain descent, which needs none.
    [[nodiscard]] float* gradients() const { return m_gradients.as<float>(); }
    [[nodiscard]] float* moment(std::size_t at) const { return m_moments[at].as<float>(); }
    [[nodiscard]] std::int64_t steps() const { return m_steps; }
    void countSteps(std::int64_t steps) { m_steps += steps; }

    [[nodiscard]] base::Result<nn::Parameters> parameters(Device& device) const;
    [[nodiscard]] base::Result<train::OptimizerState> optimizerState(Device& device) const;
    base::Result<void> restoreOptimizer(Device& device, const train::OptimizerState& state);

private:
    Network(const nn::NetworkSpec& spec, const train::OptimizerSettings& optimizer);

    base::Result<void> write(Device& device, const nn::Parameters& from, const Memory& to);
    base::Result<nn::Parameters> read(Device& device, const Memory& from) const;
    [[nodiscard]] std::size_t bytes() const { return m_layout.size() * sizeof(float); }

    NetworkLayout m_layout;
    train::OptimizerSettings m_optimizer;
    Memory m_values;
    Memory m_gradients;
    std::vector<Memory> m_moments;
    Memory m_transfer; ///< pinned
    std::int64_t m_steps = 0;
};

} // namespace maury::gpu

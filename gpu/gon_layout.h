#pragma once

#include "core/gon/training_network.h"
#include "gpu/network_layout.h"

#include <span>
#include <vector>

namespace maury::gpu {

/// A layer of a decoder among all numbers of the network. Where the last one has a skip, the code
/// stands after the padded hidden units of its input.
struct GonLayer : DenseLayout {
    int units = 0; ///< of the input that are hidden units, not padded; 0 for the first layer
    int hidden = 0; ///< the same padded: where the skip begins
    bool skips = false;
};

/// The numbers of a Gradient Origin Network in one piece of memory: the weights of all layers, the
/// learned steps, then the biases of all layers.
class GonLayout {
public:
    /// Precondition: gon::deviceObstacle(setup) is empty.
    GonLayout(const gon::NetworkSetup& setup, const gon::NetworkState& start);

    [[nodiscard]] const std::vector<GonLayer>& layers() const { return m_layers; }
    [[nodiscard]] int latent() const { return m_layers.front().fanIn; } ///< padded
    [[nodiscard]] int pixels() const { return m_layers.back().fanOut; } ///< padded
    [[nodiscard]] int latentUnits() const { return m_latent; } ///< not padded
    [[nodiscard]] int pixelUnits() const { return m_pixels; } ///< not padded
    [[nodiscard]] bool learnsSteps() const { return m_learnsSteps; }
    [[nodiscard]] std::size_t steps() const { return m_steps; } ///< [latent()] from here
    [[nodiscard]] std::size_t size() const { return m_size; }

    /// What a number learns at, relative to the rate: [size()].
    [[nodiscard]] std::vector<float> scales(const gon::NetworkState& start) const;

    using Layers = std::vector<nn::DenseParameters<float>>;
    /// Layers as NetworkState::moments has them: those of the decoder, then the learned steps.
    void pack(const Layers& from, std::span<float> numbers) const;
    [[nodiscard]] Layers unpack(std::span<const float> numbers) const;

private:
    /// Where row `row` of a layer's weights stands.
    [[nodiscard]] std::size_t rowAt(const GonLayer& layer, Eigen::Index row) const;

    std::vector<GonLayer> m_layers;
    std::vector<std::pair<Eigen::Index, Eigen::Index>> m_shapes; ///< of the layers, not padded
    int m_latent;
    int m_pixels;
    bool m_learnsSteps;
    std::size_t m_steps = 0;
    std::size_t m_size = 0;
};

} // namespace maury::gpu

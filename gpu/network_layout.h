#pragma once

#include "core/nn/parameters.h"

#include <cstddef>
#include <span>
#include <vector>

namespace maury::gpu {

/// Widths on the device are multiples of this, so that every product and kernel finds its rows
/// aligned. What is added stays 0 by itself: its weights are 0, and so is its part of every
/// gradient.
inline constexpr int kPadding = 8;

[[nodiscard]] constexpr int padded(int width)
{
    return (width + kPadding - 1) / kPadding * kPadding;
}

/// Where a tensor can begin that comes after `at` numbers: at multiples of 256 bytes.
[[nodiscard]] constexpr std::size_t nextTensor(std::size_t at)
{
    constexpr std::size_t kTensorFloats = 64;
    return (at + kTensorFloats - 1) / kTensorFloats * kTensorFloats;
}

/// Where a dense layer's numbers stand among all numbers of a network.
struct DenseLayout {
    int fanIn = 0; ///< padded
    int fanOut = 0; ///< padded
    std::size_t weights = 0; ///< [fanIn, fanOut] from here
    std::size_t biases = 0; ///< [fanOut]
};

/// The numbers of a network in one piece of memory: first the weights of all layers, then all
/// biases. Both heads are one layer, spectral classes first.
class NetworkLayout {
public:
    explicit NetworkLayout(const nn::NetworkSpec& spec);

    [[nodiscard]] const nn::NetworkSpec& spec() const { return m_spec; }
    [[nodiscard]] const std::vector<DenseLayout>& hidden() const { return m_hidden; }
    [[nodiscard]] const DenseLayout& heads() const { return m_heads; }
    [[nodiscard]] int inputs() const { return m_hidden.front().fanIn; } ///< padded
    [[nodiscard]] int widestHidden() const; ///< padded
    [[nodiscard]] std::size_t size() const { return m_size; } ///< a multiple of 4
    [[nodiscard]] std::size_t weightsSize() const { return m_weightsSize; } ///< a multiple of 4

    /// Overwrites `numbers` [size()]. Precondition: fits(parameters, spec()).
    void pack(const nn::Parameters& parameters, std::span<float> numbers) const;
    [[nodiscard]] nn::Parameters unpack(std::span<const float> numbers) const;

private:
    nn::NetworkSpec m_spec;
    std::vector<DenseLayout> m_hidden;
    DenseLayout m_heads;
    std::size_t m_size = 0;
    std::size_t m_weightsSize = 0;
};

} // namespace maury::gpu

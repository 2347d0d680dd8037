#pragma once

#include "core/gon/element_kernels.h"
#include "core/gon/products.h"

#include <span>
#include <vector>

namespace maury::gon {

/// A dense layer with its gradient and Adam's moments. Rows before `scaledRows` and the biases learn
/// at a rate that is multiplied by `scale` of their column: that is Adam on W where the weights here
/// are W·diag(scale).
template <typename Scalar> struct TrainedLayer {
    Weights<Scalar> value;
    Weights<Scalar> gradient;
    Weights<Scalar> first;
    Weights<Scalar> second;
    std::vector<Scalar> scale; ///< padded to whole panels; empty: 1 everywhere
    std::size_t scaledRows = 0;

    TrainedLayer() = default;
    /// scale: [fanOut], or empty.
    TrainedLayer(const nn::DenseParameters<float>& start, std::span<const float> columnScale,
        std::size_t rowsScaled);

    [[nodiscard]] std::size_t fanIn() const { return value.fanIn(); }
    [[nodiscard]] std::size_t fanOut() const { return value.fanOut(); }
    [[nodiscard]] nn::DenseParameters<float> parameters() const;
    void assign(const nn::DenseParameters<float>& parameters);
    /// Sum of squares of the gradient with respect to W.
    [[nodiscard]] double gradientSquare(Products<Scalar>& products) const;
    void update(const kernels::AdamStep& step, Products<Scalar>& products);
};

/// The moments of a layer as stored in a checkpoint.
struct LayerMoments {
    nn::DenseParameters<float> first;
    nn::DenseParameters<float> second;
};

} // namespace maury::gon

#pragma once

#include "core/gon/decoder_pass.h"

#include <span>

namespace maury::gon {

/// z → hidden layers → pixels; the last layer also sees z itself where there is a skip, so that
/// F = m + z·S + s ⊙ N(z) is one product.
///
/// The rows of every layer are the batch's, then the origin's own (z = 0), then one tangent for each
/// dimension of the code (forward-mode derivatives). Products over all of them give the gradient of
/// the loss with its second-order term at once.
template <typename Scalar> class DensePass : public DecoderPass<Scalar> {
public:
    struct Shape {
        std::size_t batch = 0; ///< largest
        std::size_t latent = 0; ///< inputs
        std::size_t pixels = 0; ///< outputs
        bool skip = false;
        bool withOrigin = true; ///< false: origin() is never called
        bool inputGradient = true; ///< false: backward() leaves dCodes alone
        Activation activation = Activation::Gelu;
        double frequency = 1.0; ///< of the sine
    };
    /// start: the layers (see DecoderParameters); scale: [pixels] of the last one, or empty.
    /// `products` outlives this.
    DensePass(const Shape& shape, const std::vector<nn::DenseParameters<float>>& start,
        std::span<const float> scale, Products<Scalar>& products);

    RowBlock<Scalar> origin() override;
    RowBlock<Scalar> forward(const RowBlock<Scalar>& codes) override;
    double fit(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& data,
        const RowBlock<Scalar>& weight, double share, const RowBlock<Scalar>& dCodes) override;
    /// Where ∂L/∂F [batch, pixels] of the last forward() is put before backward().
    RowBlock<Scalar> deltas();
    /// ∂L/∂z [batch, latent] of the last forward(), overwritten.
    void backward(const RowBlock<Scalar>& dCodes);
    void linearise(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& values,
        const RowBlock<Scalar>& jacobians) override;
    RowBlock<Scalar> originDeltas() override;
    void gradients(bool throughOrigin) override;
    std::vector<TrainedLayer<Scalar>*> layers() override;

private:
    struct Level {
        TrainedLayer<Scalar> layer;
        Rows<Scalar> input; ///< [rows, fanIn]
        Rows<Scalar> slope; ///< [batch + 1, width] of the activation that made `input`
        Rows<Scalar> curve; ///< [1, width] f″ at the origin
        Rows<Scalar> tangent; ///< [latent, width] Ra at the origin
        Rows<Scalar> delta; ///< [rows, fanOut] ∂L/∂(output before activation)
        Rows<Scalar> dInput; ///< [rows, fanIn]
    };

    void activate(std::size_t level, std::size_t firstRow, std::size_t count, bool withCurve);
    void backwardOrigin();
    [[nodiscard]] std::size_t widthOf(std::size_t level) const;

    Shape m_shape;
    Products<Scalar>& m_products;
    std::vector<Level> m_levels;
    Rows<Scalar> m_output; ///< [rows, pixels]
    std::size_t m_batch = 0; ///< of the last forward()
};

} // namespace maury::gon

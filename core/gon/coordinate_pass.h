#pragma once

#include "core/gon/coordinate_block.h"
#include "core/gon/coordinates.h"
#include "core/gon/decoder_pass.h"
#include "core/gon/gon_model.h"

#include <memory>

namespace maury::gon {

/// (λ, z) → flux: every pixel of every spectrum is a row of the network. The first layer's two parts,
/// that of the wavelength and that of the code, are added instead of multiplied out for each pair.
/// Since every pixel is one output, all that the second-order term needs at the origin is one pass
/// over the pixels with one tangent each (the direction J̄_p), not one for each dimension.
///
/// Rows are worked on in blocks of neighbouring pixels of one spectrum, shared among the team in a
/// fixed way, each member with gradients of its own that are added in a fixed order: the same bits
/// for the same number of threads.
template <typename Scalar> class CoordinatePass : public DecoderPass<Scalar> {
public:
    /// `products` outlives this.
    CoordinatePass(const DecoderSpec& spec, const std::vector<double>& wavelengthAngstrom,
        std::size_t batch, const DecoderParameters& start, Products<Scalar>& products);

    RowBlock<Scalar> origin() override;
    RowBlock<Scalar> forward(const RowBlock<Scalar>& codes) override;
    double fit(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& data,
        const RowBlock<Scalar>& weight, double share, const RowBlock<Scalar>& dCodes) override;
    void linearise(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& values,
        const RowBlock<Scalar>& jacobians) override;
    RowBlock<Scalar> originDeltas() override;
    void gradients(bool throughOrigin) override;
    std::vector<TrainedLayer<Scalar>*> layers() override;

private:
    using Block = CoordinateBlock<Scalar>;

    /// What all rows share: the wavelengths' part of the first layer, the output's weights.
    void beginPass();
    void makeCodePart(const RowBlock<Scalar>& codes);
    Rows<Scalar> jacobianOf(Block& block, std::size_t count);
    void backwardOrigin(Block& block, std::size_t first, std::size_t count);
    void collect();
    template <typename Function> void forEachBlock(std::size_t spectra, const Function& function);

    std::size_t m_pixels;
    std::size_t m_latent;
    std::size_t m_width; ///< of the first hidden layer
    Products<Scalar>& m_products;
    Scalar m_mean;
    Scalar m_scale;
    nn::Matrix<Scalar> m_features; ///< [pixels, columns]
    TrainedLayer<Scalar> m_wavelengthLayer;
    TrainedLayer<Scalar> m_codeLayer;
    CoordinateShared<Scalar> m_shared;
    Rows<Scalar> m_codePart; ///< [batch, width]
    Rows<Scalar> m_codes; ///< [batch, latent] of the last fit()
    Rows<Scalar> m_output; ///< [batch, pixels]
    Rows<Scalar> m_origin; ///< [1 + latent, pixels]
    Rows<Scalar> m_originDeltas; ///< [1 + latent, pixels]
    Rows<Scalar> m_dSum; ///< [batch, width] Σ over the pixels of ∂L/∂a₁
    std::vector<std::unique_ptr<Block>> m_blocks; ///< one for each thread
    std::size_t m_batch = 0;
};

} // namespace maury::gon

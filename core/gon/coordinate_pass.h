#pragma once

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
    ~CoordinatePass() override;

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
    struct Level;
    struct Member;

    void makeWavelengthPart();
    void makeCodePart(const RowBlock<Scalar>& codes);
    /// Rows of the network up to its output for pixels [first, first + count) and one code's part of
    /// the first layer (null: the origin).
    void forwardBlock(Member& member, std::size_t first, std::size_t count,
        const Scalar* codePart, bool withCurve);
    /// From member's `out` cotangent back to the first layer's sum.
    void backwardBlock(Member& member, std::size_t count, bool withGradients);
    void originBlock(Member& member, std::size_t first, std::size_t count);
    void backwardOriginBlock(Member& member, std::size_t first, std::size_t count);
    void collect();
    template <typename Function> void forEachBlock(std::size_t spectra, const Function& function);

    DecoderSpec m_spec;
    std::size_t m_pixels;
    std::size_t m_latent;
    std::size_t m_width; ///< of the first hidden layer
    Products<Scalar>& m_products;
    Scalar m_mean;
    Scalar m_scale;
    double m_frequency;
    nn::Matrix<Scalar> m_features; ///< [pixels, columns]
    TrainedLayer<Scalar> m_wavelengthLayer;
    TrainedLayer<Scalar> m_codeLayer;
    std::vector<TrainedLayer<Scalar>> m_tail; ///< the other layers, the output last
    Rows<Scalar> m_wavelengthPart; ///< [pixels, width] with biases
    Rows<Scalar> m_codePart; ///< [batch, width]
    Rows<Scalar> m_codes; ///< [batch, latent] of the last fit()
    Rows<Scalar> m_output; ///< [batch, pixels]
    Rows<Scalar> m_origin; ///< [1 + latent, pixels]
    Rows<Scalar> m_originDeltas; ///< [1 + latent, pixels]
    Rows<Scalar> m_dSum; ///< [batch, width] Σ over the pixels of ∂L/∂a₁
    std::vector<std::unique_ptr<Member>> m_members;
    std::size_t m_batch = 0;
};

} // namespace maury::gon

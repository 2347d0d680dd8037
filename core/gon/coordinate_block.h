#pragma once

#include "core/gon/gon_config.h"
#include "core/gon/trained_layer.h"

#include <cstddef>
#include <vector>

namespace maury::gon {

/// What all rows of a coordinate network read in one pass.
template <typename Scalar> struct CoordinateShared {
    Activation activation {};
    double frequency = 1.0; ///< w₀ of a sine
    Rows<Scalar> wavelengthPart; ///< [pixels, width] of the first layer, with its biases
    std::vector<TrainedLayer<Scalar>> tail; ///< the layers behind the first, the output last
    std::vector<Scalar> outputWeights; ///< of the output, which is one number
    Scalar outputBias {};
};

/// One thread's rows of a coordinate network: those of neighbouring pixels for one code, and the
/// gradients of all that it has worked on.
template <typename Scalar> class CoordinateBlock {
public:
    static constexpr std::size_t kRows = 192; ///< at most: their activations stay in the cache

    /// `shared` outlives this and has its tail.
    CoordinateBlock(const CoordinateShared<Scalar>& shared, std::size_t pixels, std::size_t batch,
        std::size_t latent);

    void beginGradients();
    /// out of the pixels [first, first + count) for one code's part of the first layer (null: the
    /// origin). withCurve: f″, too.
    void forward(std::size_t first, std::size_t count, const Scalar* codePart, bool withCurve);
    /// From dOut back to the first layer's sums.
    void backward(std::size_t count, bool withGradients);
    /// After forward() with curves: tangents of all layers along `direction` [count, latent], then
    /// back with the cotangents dOut of the outputs and `dTangentOut` of their tangents, with
    /// gradients.
    void backwardAlong(std::size_t first, std::size_t count, Rows<Scalar>& direction,
        const Weights<Scalar>& codeWeights, Scalar dTangentOut);

    /// ∂L/∂a₁ after backward(): [rows, width].
    [[nodiscard]] RowBlock<Scalar> dFirst(std::size_t count)
    {
        return m_levels.front().dSum.block(0, count);
    }

    Products<Scalar> products;
    std::vector<Scalar> out; ///< [rows] the network's one number
    std::vector<Scalar> dOut;
    std::vector<Weights<Scalar>> gradients; ///< of the tail but its output
    std::vector<Scalar> outputGradient; ///< of the output's weights
    Scalar outputBiasGradient {};
    Rows<Scalar> dWavelength; ///< [pixels, width] Σ over the spectra of ∂L/∂a₁
    Rows<Scalar> dCode; ///< [batch, width] Σ over the pixels
    nn::Matrix<Scalar> dCodeWeights; ///< [latent, width] of the second-order term
    std::vector<double> chi2; ///< [batch]

private:
    /// One layer's rows. Level 0 is the sum of the first layer's two parts; level l feeds layer l of
    /// the tail.
    struct Level {
        Rows<Scalar> value; ///< h = f(a)
        Rows<Scalar> slope; ///< f′
        Rows<Scalar> curve; ///< f″
        Rows<Scalar> sumTangent; ///< Ra
        Rows<Scalar> tangent; ///< Ra, then Rh
        Rows<Scalar> dSum; ///< cotangent of h, then of a
        Rows<Scalar> dTangent; ///< cotangent of Rh, then of Ra
    };

    void forwardAlong(
        std::size_t count, Rows<Scalar>& direction, const Weights<Scalar>& codeWeights);

    const CoordinateShared<Scalar>& m_shared;
    std::vector<Level> m_levels;
};

} // namespace maury::gon

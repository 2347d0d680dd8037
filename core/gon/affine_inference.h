#pragma once

#include "core/gon/gon_config.h"
#include "core/gon/products.h"

#include <Eigen/Cholesky>

#include <cstdint>
#include <vector>

namespace maury::gon {

/// Inference that is affine in the spectrum, since J and g₀ are the same for all:
///  one-step, detached: z = μ c JᵀW (x − g₀), c = used pixels / Σ w (so that the step does not grow
///                      with S/N²);
///  learned:            the same with one μ for each dimension;
///  Gauss–Newton:       z = (JᵀWJ + 1)⁻¹ JᵀW (x − g₀).
/// JᵀWJ of a whole batch is one product: row i of W with the products of the Jacobian's columns.
template <typename Scalar> class AffineInference {
public:
    /// `products` outlives this. batch: the largest.
    AffineInference(InferenceKind kind, double stepSize, std::size_t latent, std::size_t pixels,
        std::size_t batch, Products<Scalar>& products);

    /// Takes g₀ (row 0) and Jᵀ (the others) [1 + latent, pixels].
    void setOrigin(const RowBlock<Scalar>& origin);
    /// μ of every dimension, for learned steps. Precondition: [latent].
    void setSteps(const Scalar* steps);

    /// codes [batch, latent] of data with weights [batch, pixels] (0 = hidden or bad). A spectrum
    /// without weight gets the code 0.
    void encode(const RowBlock<Scalar>& data, const RowBlock<Scalar>& weight,
        const RowBlock<Scalar>& codes);

    /// After encode(): from ∂L/∂z [batch, latent] the cotangents of g₀ and Jᵀ [1 + latent, pixels],
    /// overwritten:
    ///  u = A⁻¹ v, J̄ = Σ [W(r − Jz) uᵀ − W(Ju) zᵀ], ḡ₀ = −Σ W J u   (Gauss–Newton)
    ///  u = c μ ⊙ v, J̄ = Σ W r uᵀ, ḡ₀ = −Σ W J u                   (steps)
    void backward(const RowBlock<Scalar>& dCodes, const RowBlock<Scalar>& weight,
        const RowBlock<Scalar>& originDeltas);
    /// After backward(): ∂L/∂μ of every dimension [latent].
    [[nodiscard]] const std::vector<double>& stepGradient() const { return m_stepGradient; }

    /// After encode() with Gauss–Newton: the posterior precision JᵀWJ + 1 of a spectrum.
    [[nodiscard]] Eigen::MatrixXd precision(std::size_t spectrum) const;

private:
    void buildOuter();
    void solve(const RowBlock<Scalar>& codes);
    [[nodiscard]] Eigen::MatrixXd normalMatrix(std::size_t spectrum) const;
    [[nodiscard]] bool gaussNewton() const { return m_kind == InferenceKind::GaussNewton; }

    InferenceKind m_kind;
    std::size_t m_latent;
    std::size_t m_pixels;
    Products<Scalar>& m_products;
    std::vector<Scalar> m_steps;
    Rows<Scalar> m_origin; ///< [1 + latent, pixels]
    Weights<Scalar> m_jacobian; ///< [latent, pixels]
    Weights<Scalar> m_outer; ///< [pixels, latent · (latent / 2 + 1)]
    Rows<Scalar> m_weighted; ///< [2·batch, pixels]; rows batch … hold W (x − g₀)
    Rows<Scalar> m_model; ///< [batch, pixels]
    Rows<Scalar> m_projected; ///< [batch, latent] JᵀW (x − g₀)
    mutable Rows<Scalar> m_normal; ///< [batch, products] JᵀWJ
    Rows<Scalar> m_left; ///< [2·batch, latent]: z of each spectrum, then u of each
    Rows<Scalar> m_u; ///< [batch, latent]
    std::vector<double> m_norm; ///< [batch] c
    std::vector<Eigen::LLT<Eigen::MatrixXd>> m_factor; ///< [batch]
    std::vector<double> m_stepGradient;
    Weights<Scalar> m_dJacobian; ///< [latent, pixels]
    std::size_t m_batch = 0;
    std::size_t m_capacity;
};

} // namespace maury::gon

#pragma once

namespace maury::gon {

/// F(z) = m + z·S + s ⊙ N(z).
enum class DecoderKind {
    Dense, ///< z → hidden… → pixels
    Siren, ///< (λ, z) → flux with sin(w₀a) (Sitzmann et al. 2020)
    Fourier, ///< (Fourier features of λ, z) → flux
    Linear ///< no network: principal components (the baseline)
};

/// How a code is found. The first four are affine in the spectrum.
enum class InferenceKind {
    OneStep, ///< z = −μ ∇L at z = 0 (Bond-Taylor & Willcocks 2021), gradient through it exact
    Detached, ///< the same, its own dependence on the weights ignored: for comparison
    LearnedStep, ///< one step size per dimension, trained
    GaussNewton, ///< z = (JᵀWJ + 1)⁻¹ JᵀW (x − g₀): the default
    Encoder ///< a network of its own: the autoencoder baseline
};

enum class Activation { Gelu, Silu, Sine, Elu, Softplus };

} // namespace maury::gon

#pragma once

#include "core/gon/training_network.h"

namespace maury::gon {

/// The loss of a batch and its gradient without any of the shortcuts: in double precision, one
/// spectrum after the other, with Pearlmutter's R-operator as the publications write it. What a
/// student reads, and the oracle of the tests.
///
/// For one spectrum let v = ∂L/∂z at the inferred code z. The dependence of z on the weights adds
/// the derivative of a number with v fixed:
///  steps:         μ c (J v)ᵀ W (x − g₀)
///  Gauss–Newton:  (J u)ᵀ W (x − g₀ − J z), u = A⁻¹ v
/// J v is a tangent of the decoder at z = 0; its derivative is a reverse pass through that tangent.
struct ReferenceGradient {
    BatchLoss loss;
    std::vector<double> gradient; ///< as TrainingNetwork::flatGradient()
    Eigen::MatrixXd codes; ///< [batch, latent]
};

/// `parameters` as TrainingNetwork::flatParameters(); `start` gives the shapes. Precondition: the
/// inference is no encoder and the setup not variational.
[[nodiscard]] ReferenceGradient referenceGradient(const NetworkSetup& setup,
    const NetworkState& start, const std::vector<double>& parameters, const TrainingBatch& batch);

} // namespace maury::gon

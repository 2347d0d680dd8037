#pragma once

#include "core/gon/gon_model.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace maury::gon {

/// A sum of normal distributions in latent space. One component is the plain Gaussian.
struct LatentMixture {
    std::vector<double> weight; ///< [components], sum 1
    std::vector<Eigen::VectorXd> mean; ///< [components] of [latent]
    std::vector<Eigen::MatrixXd> covariance; ///< [components] of [latent, latent]

    [[nodiscard]] double logDensity(const Eigen::VectorXd& code) const;
};

/// Expectation–maximisation from k-means++ starts, covariances shrunk by a hundredth of the overall
/// one. Errors: OptionInvalid (fewer codes than components, components < 1).
[[nodiscard]] base::Result<LatentMixture> fitMixture(
    const Matrix& codes, int components, std::uint64_t seed, int iterations = 100);

/// Codes [count, latent]; a pure function of its arguments.
[[nodiscard]] Matrix sampleCodes(
    const LatentMixture& mixture, std::size_t count, std::uint64_t seed);

} // namespace maury::gon

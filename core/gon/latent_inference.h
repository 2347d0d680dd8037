#pragma once

#include "core/gon/gon_model.h"
#include "core/gon/spectrum_set.h"

#include <Eigen/Core>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::gon {

/// Iterations after the affine start that bands, imputation and velocities use ("MAP4").
inline constexpr int kMapIterations = 4;

struct EncodeOptions {
    /// 0: the model's own affine inference (or encoder) with its unit prior; more: that many damped
    /// Gauss–Newton iterations towards the maximum of the posterior with the model's prior.
    int iterations = 0;
    bool covariance = false; ///< Laplace posterior covariances too
    bool fit = true; ///< χ² and dof too; without, codes alone: half the time
};

/// Codes of a set. Rows of spectra without usable pixels are zero and `usable` is 0.
struct Encoding {
    Matrix codes; ///< [spectra, latent]
    std::vector<double> chi2; ///< [spectra] Σ w (F(z) − x)², with the model's line windows
    std::vector<double> dof; ///< [spectra] usable pixels − latent, at least 1
    std::vector<std::uint8_t> usable; ///< [spectra]
    std::vector<Eigen::MatrixXd> covariance; ///< [spectra] of [latent, latent]; empty unless asked

    [[nodiscard]] double chi2PerDof(std::size_t spectrum) const
    {
        return chi2[spectrum] / dof[spectrum];
    }
};

/// Reconstructed spectra with their uncertainty; everything [spectra, pixels].
struct Reconstruction {
    Encoding encoding;
    Matrix flux;
    Matrix sigma; ///< Laplace (raw) standard deviation of the model flux
    Matrix half68; ///< calibrated half width of the band that holds 68 % of the pixels
    Matrix half95;
};

/// Uses a model: thread-safe, keeps what every spectrum shares (Jacobian, products of its rows).
class LatentInference {
public:
    /// threads: 0 = the machine's.
    explicit LatentInference(GonModelPtr model, int threads = 0);
    ~LatentInference();
    LatentInference(LatentInference&&) noexcept;
    LatentInference& operator=(LatentInference&&) noexcept;

    [[nodiscard]] const GonModel& model() const;
    [[nodiscard]] const GonModelPtr& modelPtr() const;

    /// Errors: WavelengthsInvalid (another grid than the model's), those of check(), Cancelled.
    [[nodiscard]] base::Result<Encoding> encode(
        const SpectrumSet& set, const EncodeOptions& options, std::stop_token stop = {}) const;

    /// Spectra of codes [n, latent] → [n, pixels]. The walk in latent space.
    [[nodiscard]] Matrix decode(const Matrix& codes) const;

    /// encode() with covariances, decoded, with bands. Hidden pixels (ivar 0) are filled: this is
    /// imputation, too. Their noise is that of the nearest usable pixels. Errors: as encode().
    [[nodiscard]] base::Result<Reconstruction> reconstruct(
        const SpectrumSet& set, const EncodeOptions& options, std::stop_token stop = {}) const;
    /// The same with ranges hidden from inference; χ² is that of the pixels left.
    [[nodiscard]] base::Result<Reconstruction> impute(const SpectrumSet& set,
        const std::vector<WavelengthRange>& hidden, int iterations = kMapIterations,
        std::stop_token stop = {}) const;

    /// F and ∂F/∂z of codes [n, latent]: flux [n, pixels], jacobians [n · latent, pixels].
    struct Linearisation {
        Matrix flux;
        Matrix jacobians;
    };
    [[nodiscard]] Linearisation linearise(const Matrix& codes) const;
    /// ∂F/∂z at one code: [latent, pixels].
    [[nodiscard]] Matrix jacobian(const Eigen::VectorXf& code) const;

private:
    class State;
    std::unique_ptr<State> m_state;
};

} // namespace maury::gon

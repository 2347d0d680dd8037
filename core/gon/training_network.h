#pragma once

#include "core/gon/gon_config.h"
#include "core/gon/gon_model.h"
#include "core/gon/trained_layer.h"

#include <memory>
#include <string>
#include <vector>

namespace maury::gon {

/// What one step works on; rows are spectra.
struct TrainingBatch {
    Matrix data; ///< [batch, pixels]
    Matrix lossWeight; ///< [batch, pixels] w = ivar · mask · line window
    Matrix inferenceWeight; ///< [batch, pixels] the same with hidden blocks at 0
    Matrix noise; ///< [batch, latent] standard normal, of the variational posterior; else empty
};

struct BatchLoss {
    double loss = 0.0; ///< mean over the batch of (½χ² + ½|z|² or KL)/pixels
    double chi2PerPixel = 0.0;
    double priorPerPixel = 0.0; ///< of |z|², or twice the divergence
};

/// Everything that training changes: decoder, inference, and the optimiser's moments.
struct NetworkState {
    DecoderParameters decoder;
    InferenceParameters extra;
    std::vector<LayerMoments> moments; ///< of every trained layer, in the network's order
    std::int64_t steps = 0;
};

/// A Gradient Origin Network (or autoencoder) in training, of one precision.
class TrainingNetwork {
public:
    virtual ~TrainingNetwork() = default;
    /// The loss of a batch and its exact gradient (but for the detached inference).
    virtual BatchLoss gradient(const TrainingBatch& batch) = 0;
    /// One step of Adam with the last gradient, clipped to a norm. Returns the norm before.
    virtual double update(double rate, double beta1, double beta2, double clip) = 0;
    [[nodiscard]] virtual NetworkState state() const = 0;
    virtual void restore(const NetworkState& state) = 0;
    /// The last gradient with respect to state(): layer after layer, weights row by row, then
    /// biases; learned steps last. For tests.
    [[nodiscard]] virtual std::vector<double> flatGradient() const = 0;
    /// The numbers that flatGradient() belongs to, in the same order and in this precision.
    [[nodiscard]] virtual std::vector<double> flatParameters() const = 0;
    virtual void setFlatParameters(const std::vector<double>& values) = 0;
    /// The codes of the last gradient() or encode(): [batch, latent].
    [[nodiscard]] virtual Matrix codes() const = 0;
    /// Codes [n, latent] of data and weights [n, pixels], at most a batch of them.
    [[nodiscard]] virtual Matrix encode(const Matrix& data, const Matrix& weight) = 0;
    /// F of codes [n, latent], at most a batch of them: [n, pixels].
    [[nodiscard]] virtual Matrix decode(const Matrix& codes) = 0;
};

enum class NetworkPrecision { Single, Double };

/// What a network is made for.
struct NetworkSetup {
    DecoderSpec decoder;
    InferenceKind inference = InferenceKind::GaussNewton;
    double stepSize = 1.0;
    bool variational = false;
    std::vector<double> wavelengthAngstrom;
    std::size_t batch = 64;
    int threads = 1;
};

/// Precondition: start fits the setup.
[[nodiscard]] std::unique_ptr<TrainingNetwork> makeTrainingNetwork(
    const NetworkSetup& setup, const NetworkState& start, NetworkPrecision precision);

} // namespace maury::gon

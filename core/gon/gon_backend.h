#pragma once

#include "core/base/result.h"
#include "core/gon/spectrum_set.h"
#include "core/gon/training_network.h"

#include <memory>
#include <string>

namespace maury::gon {

/// Rates of one step, already scheduled.
struct GonStepSettings {
    double learningRate = 1e-3;
    double beta1 = 0.9; ///< of Adam
    double beta2 = 0.99;
    double clip = 50.0; ///< largest norm of a gradient
};

struct GonStepOutcome {
    BatchLoss loss; ///< before the update
    double gradientNorm = 0.0; ///< before clipping
};

/// Owns one Gradient Origin Network on one device. Single tensors never cross this interface. Not
/// thread-safe: one thread owns it. Every function but name() and load() has the precondition that a
/// network is loaded, and fails with BackendFailed when the device does.
class GonBackend {
public:
    GonBackend() = default;
    virtual ~GonBackend() = default;
    GonBackend(const GonBackend&) = delete;
    GonBackend& operator=(const GonBackend&) = delete;

    [[nodiscard]] virtual std::string name() const = 0;
    /// Takes a network with its optimiser's moments (none: zeros); forgets the one before.
    /// Precondition: `start` fits the setup. Errors: BackendUnavailable (deviceObstacle()),
    /// BackendFailed.
    virtual base::Result<void> load(const NetworkSetup& setup, const NetworkState& start) = 0;
    /// The loss of a batch, its exact gradient (but for the detached inference) and a step of Adam
    /// with it. A loss or norm that is not finite leaves weights that are worth nothing.
    /// Precondition: at most setup.batch spectra.
    virtual base::Result<GonStepOutcome> trainStep(
        const TrainingBatch& batch, const GonStepSettings& settings)
        = 0;
    [[nodiscard]] virtual base::Result<NetworkState> state() const = 0;
    /// Precondition: the state is that of a network with the same setup.
    virtual base::Result<void> restore(const NetworkState& state) = 0;

    /// Codes [n, latent] of any number of spectra, data and weights [n, pixels] (0 = not used, where
    /// the data must be finite all the same), by the network's inference
    /// (before a variational posterior).
    virtual base::Result<Matrix> encode(const Matrix& data, const Matrix& weight) = 0;
    /// F of codes [n, latent]: [n, pixels].
    virtual base::Result<Matrix> decode(const Matrix& codes) = 0;
};

/// Why a network cannot run on a GPU; empty when it can. Coordinate decoders, the autoencoder and
/// variational posteriors stay on the processor.
[[nodiscard]] std::string deviceObstacle(const NetworkSetup& setup);

/// `auto` takes cuda when it is available and can run the network, else cpu. Errors:
/// BackendUnavailable with the reason, OptionInvalid for an unknown name.
[[nodiscard]] base::Result<std::unique_ptr<GonBackend>> createGonBackend(
    const std::string& name, const NetworkSetup& setup);

/// The networks of this folder behind the interface: "cpu" in single, "reference" in double
/// precision.
[[nodiscard]] std::unique_ptr<GonBackend> createProcessorGonBackend(NetworkPrecision precision);

} // namespace maury::gon

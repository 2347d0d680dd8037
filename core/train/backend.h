#pragma once

#include "core/base/result.h"
#include "core/nn/parameters.h"
#include "core/train/training_config.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace maury::train {

/// Rows of a sample matrix that make one step, with their labels; everything is borrowed for the
/// call.
struct Batch {
    const float* samples = nullptr; ///< row-major [anything, inputs]
    std::span<const std::uint32_t> rows; ///< [batch]: which rows of `samples`
    std::span<const std::uint16_t> sc; ///< labels of *all* samples: sc[rows[i]] is sample i's
    std::span<const std::uint16_t> lc;
    /// Soft targets instead of labels, both or none: probabilities [anything, scClasses] and
    /// [anything, lcClasses], row-major, whose rows are those of `samples` and sum to 1.
    const float* softSc = nullptr;
    const float* softLc = nullptr;

    [[nodiscard]] bool isSoft() const { return softSc != nullptr; }
};

/// Mean cross-entropies and hits of a step or an evaluation, before the update of that step. With
/// soft targets a hit is the bin of the largest target.
struct StepStats {
    double lossSc = 0.0;
    double lossLc = 0.0;
    std::int64_t hitsSc = 0;
    std::int64_t hitsLc = 0;
    std::int64_t samples = 0;
};

/// Probabilities of samples: sc [samples, scClasses], lc [samples, lcClasses].
struct HeadProbabilities {
    nn::Matrix<float> sc;
    nn::Matrix<float> lc;
};

/// What an optimiser remembers between steps: empty for SGD, one set of moments for momentum, two
/// for AdamW.
struct OptimizerState {
    std::vector<nn::Parameters> moments;
    std::int64_t steps = 0;
};

struct OptimizerSettings {
    Optimizer kind = Optimizer::Sgd;
    double momentum = 0.9;
    double beta2 = 0.99;
    double weightDecay = 0.0;
};

/// Rates of one step, already scheduled.
struct StepSettings {
    double learningRate = 0.01;
    double weightSc = 2.0;
    double weightLc = 1.0;
    /// Of the hidden layers (nn/dropout.h), whose step is the number of steps of the optimiser.
    double dropoutRate = 0.0;
    std::uint64_t dropoutSeed = 0;
};

/// Owns one network on one device. Single tensors never cross this interface. Not thread-safe: one
/// thread owns it. Reproducible bit for bit for the same calls, thread count and machine.
class Backend {
public:
    Backend() = default;
    virtual ~Backend() = default;
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;

    [[nodiscard]] virtual std::string name() const = 0;
    /// Takes a network; forgets the one before and clears the optimiser. Precondition:
    /// fits(parameters, spec).
    virtual base::Result<void> load(const nn::NetworkSpec& spec, const nn::Parameters& parameters,
        const OptimizerSettings& optimizer)
        = 0;
    /// One forward pass, backward pass and update.
    virtual base::Result<StepStats> trainStep(const Batch& batch, const StepSettings& settings) = 0;
    /// Probabilities of the rows of a batch (labels are not read).
    virtual base::Result<HeadProbabilities> predict(const Batch& batch) = 0;
    [[nodiscard]] virtual nn::Parameters parameters() const = 0;
    [[nodiscard]] virtual OptimizerState optimizerState() const = 0;
    /// Precondition: the state came from a backend with the same spec and optimiser.
    virtual void restoreOptimizer(const OptimizerState& state) = 0;
};

/// What the registry knows of a backend without creating it.
struct BackendInfo {
    std::string name; ///< reference, cpu, cuda
    bool available = false;
    std::string reason; ///< why not; empty when available
    std::string device; ///< "2 threads, AVX-512", "NVIDIA …"
};

/// All backends, available or not, with the reason.
[[nodiscard]] std::vector<BackendInfo> listBackends();
/// `auto` takes cuda if it is available, else cpu. threads 0 = the machine's. Errors:
/// BackendUnavailable with the reason, OptionInvalid for an unknown name.
[[nodiscard]] base::Result<std::unique_ptr<Backend>> createBackend(
    const std::string& name, int threads);

} // namespace maury::train

#pragma once

#include "core/base/result.h"
#include "core/dataset/augmentation.h"
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

/// Samples in memory, with a label for each.
struct LabelledSamples {
    const float* samples = nullptr; ///< row-major [sc.size(), inputs]
    std::span<const std::uint16_t> sc;
    std::span<const std::uint16_t> lc;
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

/// What a network says of labelled samples, one entry each, and its mean cross-entropy against
/// their labels (a vanishing probability counts as the smallest normal float).
struct HeadChoice {
    std::vector<std::uint16_t> classes;
    std::vector<float> probability;
    double crossEntropy = 0.0;
};
struct Choices {
    HeadChoice sc;
    HeadChoice lc;
};

/// Fresh variations of standards in place of the samples of a set that was kept: row i becomes
/// variation (epoch, i) of its standard (dataset::Augmenter). Borrowed for the call.
struct FreshSamples {
    const float* samples = nullptr; ///< of the set
    std::span<const float> standards; ///< row-major [anything, grid.pixels]
    std::span<const std::uint32_t> standardOf; ///< [samples of the set]: row of `standards`
    spectrum::WavelengthGrid grid;
    dataset::AugmentationSettings settings;
    std::uint64_t seed = 0;
    std::uint32_t epoch = 0;
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
/// thread owns it. On the processor reproducible bit for bit for the same calls, thread count and
/// machine; on a device as far as the same product algorithms are chosen (gpu/).
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
    [[nodiscard]] virtual base::Result<nn::Parameters> parameters() const = 0;
    [[nodiscard]] virtual base::Result<OptimizerState> optimizerState() const = 0;
    /// Precondition: the state came from a backend with the same spec and optimiser.
    virtual base::Result<void> restoreOptimizer(const OptimizerState& state) = 0;

    /// Tells which samples coming batches will name, as long as these stay as they are; forgets
    /// those told before. A backend with memory of its own copies them there once; batches of other
    /// samples work all the same. Errors: BackendFailed.
    virtual base::Result<void> keep(std::span<const LabelledSamples> sets);
    /// Makes fresh variations where a set is kept; the set in the host's memory stays as it is.
    /// False when the backend keeps no such set or does not make variations: nothing has changed.
    /// The numbers are those of the processor up to rounding. Errors: BackendFailed.
    virtual base::Result<bool> makeFresh(const FreshSamples& fresh);
    /// How many steps to take between two looks at what the user wants: as many as pass unnoticed.
    [[nodiscard]] virtual std::size_t stepsTogether() const { return 1; }
    /// Steps through the rows in order, `batchSize` each (the last one may be smaller), with the
    /// same settings. Precondition: batchSize > 0.
    virtual base::Result<std::vector<StepStats>> trainSteps(
        const Batch& batch, std::size_t batchSize, const StepSettings& settings);
    /// The most probable classes of the rows of a batch, with hard labels.
    virtual base::Result<Choices> choose(const Batch& batch);
};

/// What the registry knows of a backend without creating it.
struct BackendInfo {
    std::string name; ///< reference, cpu, cuda
    bool available = false;
    std::string reason; ///< why not; empty when available
    std::string device; ///< "2 threads, AVX-512", "NVIDIA …"
};

/// The most that a device gives: what a step's figures stand beside.
struct DeviceCeilings {
    double gflops = 0.0; ///< of a large matrix product by the library that the backend uses
    double copyGigabytesPerSecond = 0.0; ///< read plus written, of a large copy on the device
};

/// All backends, available or not, with the reason.
[[nodiscard]] std::vector<BackendInfo> listBackends();
/// `auto` takes cuda if it is available, else cpu. threads 0 = the machine's. The precision is that
/// of the products on cuda; the other backends always compute in fp32. Errors: BackendUnavailable
/// with the reason, OptionInvalid for an unknown name.
[[nodiscard]] base::Result<std::unique_ptr<Backend>> createBackend(
    const std::string& name, int threads, Precision precision = Precision::Tf32);


/// Measures the device of the backend cuda. Errors: BackendUnavailable with the reason,
/// BackendFailed.
[[nodiscard]] base::Result<DeviceCeilings> measureDevice(Precision precision);

} // namespace maury::train

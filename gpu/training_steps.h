#pragma once

#include "gpu/device.h"
#include "gpu/network.h"
#include "gpu/plain_forward.h"
#include "gpu/samples.h"

#include <compare>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace maury::gpu {

/// Trains a network: any number of steps is one recorded graph, in which the host has no part. A
/// step is, where the epilogues fit: gather (of the next batch, beside this step) – a product for
/// each hidden layer, with bias and activation – both heads with loss and gradient – a product for
/// the input gradient of each layer but the first, with the activation's slope – a product for the
/// weights of each layer, which descends in place – all biases. The weights' products of the upper
/// layers, losses and biases run beside the rest.
class TrainingSteps {
public:
    explicit TrainingSteps(Device& device)
        : m_device(&device)
    {
    }

    /// Rows of the samples, `batch` a step, the settings of each step, which differ in the learning
    /// rate alone, and of how many rows of each step probabilities are wanted.
    struct Request {
        std::span<const std::uint32_t> rows;
        int batch = 0;
        std::span<const train::StepSettings> settings;
        int scored = 0;
    };
    /// Steps through the rows. Precondition: batch rows for each of the settings, of which there is
    /// at least one; scored ≤ batch. Errors: BackendFailed.
    base::Result<std::vector<train::StepStats>> run(
        Network& network, const DeviceSamples& samples, const Request& request);
    /// Probabilities [steps, scored, padded classes of both heads] of the first rows of each step of
    /// the last run, before the step and without dropout.
    [[nodiscard]] const float* scores() const { return m_hostScores.as<float>(); }

    /// Forgets graphs and buffers: for another network.
    void forget();

private:
    /// What a graph is made for: settings are no part of it, but the places of the samples are.
    struct Plan {
        int steps = 0;
        int batch = 0;
        int scored = 0;
        bool dropout = false;
        DeviceSamples samples;

        auto operator<=>(const Plan&) const = default;
    };
    /// Which products take their epilogue along, a layer each.
    struct Fusion {
        std::vector<bool> forward;
        std::vector<bool> backward;
        PlainForward scoring; ///< where rows are scored
    };

    base::Result<void> ensure(const Network& network, const Plan& plan);
    base::Result<Fusion> prepare(const Network& network, const Plan& plan);
    base::Result<void> ensureScores(const Network& network, const Plan& plan);
    base::Result<Graph*> graphFor(const Network& network, const Plan& plan);
    void record(
        Work& work, const Network& network, const Plan& plan, const Fusion& fusion) const;
    void recordGather(
        Work& work, const Network& network, const Plan& plan, int step, Stream stream) const;
    void recordScores(
        Work& work, const Network& network, const Plan& plan, int step, const Fusion& fusion) const;
    void recordForward(
        Work& work, const Network& network, const Plan& plan, int step, const Fusion& fusion) const;
    void recordHeads(Work& work, const Network& network, const Plan& plan, int step) const;
    void recordBackward(
        Work& work, const Network& network, const Plan& plan, int step, const Fusion& fusion) const;
    void recordBiases(Work& work, const Network& network, const Plan& plan, int step) const;
    void recordUpdate(Work& work, const Network& network, int step) const;

    [[nodiscard]] float* x(int step) const { return m_x[step % 2].as<float>(); }
    [[nodiscard]] float* activations(std::size_t layer) const { return m_a[layer].as<float>(); }
    /// The input of a hidden layer.
    [[nodiscard]] const float* inputOf(std::size_t layer, int step) const
    {
        return layer == 0 ? x(step) : activations(layer - 1);
    }
    /// The learning rates stand behind the control.
    [[nodiscard]] static double* ratesOf(const Memory& control)
    {
        return reinterpret_cast<double*>(control.as<StepControl>() + 1);
    }
    [[nodiscard]] const StepNumbers* numbers(int step) const
    {
        return m_numbers.as<StepNumbers>() + step;
    }
    /// The scales of a product that descends; null where the gradient is wanted.
    [[nodiscard]] static const float* scalesOf(const Network& network, const StepNumbers* step);

    Device* m_device;
    std::map<Plan, std::unique_ptr<Graph>> m_graphs;
    int m_batch = 0; ///< that the buffers are large enough for
    int m_steps = 0;
    Memory m_x[2];
    std::vector<Memory> m_z;
    std::vector<Memory> m_a;
    std::vector<Memory> m_dz;
    Memory m_dLogits;
    Memory m_rowStats;
    Memory m_rows;
    Memory m_control;
    Memory m_numbers;
    Memory m_sums;
    int m_scored = 0; ///< rows of a step that the scores have room for, in m_scoredSteps steps
    int m_scoredSteps = 0;
    Memory m_scoreLayers[2];
    Memory m_scores;
    Memory m_hostRows; ///< pinned, like those below
    Memory m_hostScores;
    Memory m_hostControl;
    Memory m_hostSums;
};

} // namespace maury::gpu

#pragma once

#include "core/robust/input_batch.h"
#include "core/robust/variation.h"
#include "core/train/backend.h"

#include <cstdint>
#include <span>
#include <vector>

namespace maury::robust {

/// A step on a batch of variations.
struct VariedStep {
    train::StepStats stats;
    /// Before the step, of the first variations of the batch, as many as were asked for.
    train::HeadProbabilities scored;
};

/// What a backend can do besides (a second base class of its own): it makes the variations that it
/// trains on by itself, the same as BatchMaker's up to rounding.
class VariationBackend {
public:
    VariationBackend() = default;
    virtual ~VariationBackend();
    VariationBackend(const VariationBackend&) = delete;
    VariationBackend& operator=(const VariationBackend&) = delete;

    /// Takes what variations are made of; forgets what it had before. False when it cannot make
    /// variations of these. Errors: BackendFailed.
    virtual base::Result<bool> takeStandards(
        const VariationMaker& maker, const Standardisation& standardisation)
        = 0;
    /// Takes steps from `firstStep` on, one for each of the settings, which differ in the learning
    /// rate alone: step s trains on variations (s, 0 … samples − 1) with the maker's present
    /// settings. Preconditions: the maker's standards were taken; a network with their inputs and
    /// bins is loaded; scored ≤ samples. Errors: BackendFailed.
    virtual base::Result<std::vector<VariedStep>> trainOnVariations(const VariationMaker& maker,
        std::uint64_t firstStep, std::size_t samples, std::size_t scored,
        std::span<const train::StepSettings> settings)
        = 0;
    /// Fills a batch with variations (step, 0 …) as the network would see them. Preconditions as
    /// above. Errors: BackendFailed.
    virtual base::Result<void> makeVariations(
        const VariationMaker& maker, std::uint64_t step, InputBatch& batch)
        = 0;
};

} // namespace maury::robust

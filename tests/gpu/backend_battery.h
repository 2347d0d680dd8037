#pragma once

#include "core/nn/parameters.h"
#include "core/train/backend.h"

#include <cstdint>
#include <vector>

namespace maury::test {

/// Random spectra with labels and soft targets for a network.
struct BatterySamples {
    nn::Matrix<float> flux;
    std::vector<std::uint16_t> sc;
    std::vector<std::uint16_t> lc;
    nn::Matrix<float> softSc;
    nn::Matrix<float> softLc;

    BatterySamples(int count, const nn::NetworkSpec& spec, std::uint64_t seed = 17);
    [[nodiscard]] train::Batch batch(const std::vector<std::uint32_t>& rows) const
    {
        return { flux.data(), rows, sc, lc, nullptr, nullptr };
    }
    [[nodiscard]] train::Batch softBatch(const std::vector<std::uint32_t>& rows) const
    {
        return { flux.data(), rows, {}, {}, softSc.data(), softLc.data() };
    }
    [[nodiscard]] train::LabelledSamples labelled() const { return { flux.data(), sc, lc }; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(sc.size()); }
};

/// The largest difference of two numbers of two networks of the same shape.
[[nodiscard]] double largestDifference(const nn::Parameters& a, const nn::Parameters& b);

/// `count` rows drawn of the samples.
[[nodiscard]] std::vector<std::uint32_t> drawnRows(
    const BatterySamples& samples, std::size_t count, std::uint64_t seed);

/// What a backend is compared on with the reference backend in double precision.
struct ParityCase {
    nn::NetworkSpec spec;
    train::OptimizerSettings optimizer;
    double dropout = 0.0;
    bool soft = false;
    bool kept = true; ///< whether the samples are told to the backend before
    int steps = 12;
    double rate = 0.01;
    double allowed = 2e-5; ///< difference of a weight at the end
};

// Each of these fails the test that calls it.

/// Steps of changing size, rates and head weights, then predictions and choices: losses, hits,
/// weights, moments, probabilities.
void compareWithReference(train::Backend& tested, const ParityCase& parity);
/// One step of plain descent moves every weight by its gradient: against differences of the loss,
/// in double precision.
void checkGradients(train::Backend& tested, bool soft);
/// Many steps together are the steps one by one, also with a smaller last batch.
void checkStepsTogether(train::Backend& tested, double allowed);
/// Parameters and optimiser can be taken out and put into another backend, which goes on alike.
void checkHandover(train::Backend& from, train::Backend& to, train::Optimizer optimizer);

} // namespace maury::test

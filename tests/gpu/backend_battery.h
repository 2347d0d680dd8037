#pragma once

#include "core/train/backend.h"
#include "tests/support/random_samples.h"

#include <cstdint>
#include <vector>

namespace maury::test {

/// `count` rows drawn of the samples.
[[nodiscard]] std::vector<std::uint32_t> drawnRows(
    const RandomSamples& samples, std::size_t count, std::uint64_t seed);

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

#pragma once

#include "core/gon/training_network.h"

#include <vector>

namespace maury::test {

/// A small network at its start, with a batch to train it on.
struct GonCase {
    gon::GonConfig config;
    gon::NetworkSetup setup;
    gon::NetworkState start;
    gon::TrainingBatch batch;
};

/// Spectra with lines, gaps and hidden blocks, and moments that look like theirs.
[[nodiscard]] GonCase makeGonCase(gon::DecoderKind decoder, gon::InferenceKind inference,
    bool variational, std::size_t pixels = 45, std::size_t batchSize = 5);

/// The largest difference of two numbers, relative to the largest number of `a`.
[[nodiscard]] double largestDifference(const std::vector<double>& a, const std::vector<double>& b);

} // namespace maury::test

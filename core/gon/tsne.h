#pragma once

#include "core/gon/spectrum_set.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace maury::gon {

struct TsneOptions {
    double perplexity = 30.0; ///< lowered to a third of the points when there are fewer
    double theta = 0.5; ///< opening of the tree; 0 = exact
    int iterations = 750;
    int exaggeratedIterations = 200; ///< with attraction × 12
    double learningRate = 0.0; ///< 0: points / 12, at least 50
    std::uint64_t seed = 1;
    int threads = 0; ///< 0 = the machine's
};

/// After an iteration: points [n, 2] so far. Quick, must not throw.
using TsneObserver = std::function<void(int iteration, const Matrix& points)>;

/// Barnes–Hut t-SNE (van der Maaten 2014): points in the plane whose neighbours are those of
/// `data` [n, dimensions]. The result does not depend on the number of threads. Errors:
/// OptionInvalid (fewer than 4 points, numbers that are not finite, settings out of range),
/// Cancelled.
[[nodiscard]] base::Result<Matrix> tsne(const Matrix& data, const TsneOptions& options,
    std::stop_token stop = {}, const TsneObserver& observer = {});

} // namespace maury::gon

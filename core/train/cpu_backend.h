#pragma once

#include "core/train/backend.h"

#include <memory>

namespace maury::train {

/// The fast backend: weights in panels, a team of threads, the update fused into the product that
/// makes the gradient. Every number is computed by one thread in a fixed order, so results do not
/// depend on the number of threads. Precondition: threads >= 1.
[[nodiscard]] std::unique_ptr<Backend> createCpuBackend(int threads);

/// "2 threads, AVX3".
[[nodiscard]] std::string describeCpuBackend(int threads);

} // namespace maury::train

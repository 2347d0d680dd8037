#pragma once

// What this processor can do at most, for benchmarks.

#include <cstdint>

namespace maury::nn::kernels {

/// A loop of nothing but fused multiply-adds in registers: returns the number of floating-point
/// operations done, so that a benchmark can state what fraction of the processor's peak a step
/// reaches.
[[nodiscard]] double fmaLoop(std::int64_t iterations);

/// The same loop held up by a chain of integer multiplications of known latency: returns the clock
/// cycles it takes, so that a benchmark can tell the clock under this very load. 0 where the latency
/// is not known.
[[nodiscard]] double clockLoop(std::int64_t iterations);

} // namespace maury::nn::kernels

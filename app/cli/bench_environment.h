#pragma once

#include <nlohmann/json.hpp>

#include <vector>

namespace maury::cli {

/// What a timing depends on beside the program: {"cpu", "cores", "simd", "compiler",
/// "load_average", "variables"}; the last holds every OPENBLAS_*, OMP_*, GOMP_*, MKL_*, DNNL_* and
/// ONEDNN_* of the environment, because one of them can slow a library down.
[[nodiscard]] nlohmann::json benchEnvironment();

/// Time that this thread has computed, in µs, not the wall's: other programs on the machine do not
/// count.
[[nodiscard]] double threadMicroseconds();

/// The middle value (of an even number the upper one). Precondition: not empty.
[[nodiscard]] double median(std::vector<double> values);

} // namespace maury::cli

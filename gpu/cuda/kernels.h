#pragma once

#include "gpu/kernels/kernel.h"

#include <cuda_runtime_api.h>

namespace maury::gpu {

/// Queues a kernel with its own grid.
[[nodiscard]] cudaError_t launchKernel(const Kernel& kernel, cudaStream_t stream);

} // namespace maury::gpu

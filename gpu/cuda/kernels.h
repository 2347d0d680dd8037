#pragma once

#include "gpu/kernels/kernel.h"

#include <cuda_runtime_api.h>

namespace maury::gpu {

/// Loads all kernels on to the device, which would otherwise happen at their first launch, in the
/// middle of a recording.
[[nodiscard]] cudaError_t loadKernels();

/// Queues a kernel with its own grid.
[[nodiscard]] cudaError_t launchKernel(const Kernel& kernel, cudaStream_t stream);

} // namespace maury::gpu

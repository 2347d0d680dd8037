#pragma once

#include "core/train/backend.h"
#include "gpu/device.h"

namespace maury::gpu {

/// Measures a device with square matrices of `size`² random numbers: medians of several rounds, by
/// a steady clock around synchronize(). Errors: BackendFailed.
[[nodiscard]] base::Result<train::DeviceCeilings> measureCeilings(Device& device, int size);

/// Large enough to fill any device: three matrices are 0.8 GB.
inline constexpr int kCeilingSize = 8192;

} // namespace maury::gpu

#pragma once

#include "core/train/backend.h"
#include "gpu/device.h"

#include <memory>
#include <string>

namespace maury::gpu {

/// A backend on a device. Sets that are kept lie in the device's memory; steps are recorded graphs
/// (training_steps.h). Agrees with the reference backend to float32's rounding where the device
/// multiplies in fp32; in tf32 the factors of products have 10 bits after the binary point.
[[nodiscard]] std::unique_ptr<train::Backend> createDeviceBackend(
    std::string name, std::unique_ptr<Device> device);

} // namespace maury::gpu

#pragma once

#include "core/gon/gon_backend.h"
#include "gpu/device.h"

#include <memory>
#include <string>

namespace maury::gpu {

/// Gradient Origin Networks on a device: a step is one recorded graph (gon_pass.h). Agrees with the
/// processor's to float32's rounding; the device must multiply in fp32.
[[nodiscard]] std::unique_ptr<gon::GonBackend> createDeviceGonBackend(
    std::string name, std::unique_ptr<Device> device);

} // namespace maury::gpu

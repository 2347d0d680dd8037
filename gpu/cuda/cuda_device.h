#pragma once

#include "core/train/training_config.h"
#include "gpu/device.h"
#include "gpu/probe.h"

#include <memory>

namespace maury::gpu {

/// Asks driver and devices; nothing fails.
[[nodiscard]] DriverFacts driverFacts();

/// The first device. Precondition: backendInfo(driverFacts()).available. Errors: BackendFailed.
[[nodiscard]] base::Result<std::unique_ptr<Device>> openCudaDevice(train::Precision precision);

} // namespace maury::gpu

#pragma once

#include "core/train/backend.h"

#include <cstddef>
#include <string>
#include <vector>

namespace maury::gpu {

/// What the driver says of a device.
struct DeviceFacts {
    std::string name;
    int major = 0; ///< compute capability
    int minor = 0;
    std::size_t bytes = 0; ///< of memory
};

/// What there is to run on. Versions as CUDA writes them: 13020 is 13.2.
struct DriverFacts {
    int driverVersion = 0; ///< newest CUDA that the driver serves; 0: there is no driver
    int neededVersion = 0; ///< that the plug-in was built with
    std::string failure; ///< what the driver said when asked for devices; empty: it answered
    std::vector<DeviceFacts> devices;
};

/// Oldest compute capability that the plug-in has code for: 7.5 (Turing).
inline constexpr int kOldestMajor = 7;
inline constexpr int kOldestMinor = 5;

/// The backend's entry in the list of backends: the first device, which CUDA_VISIBLE_DEVICES
/// chooses, or why there is none to use.
[[nodiscard]] train::BackendInfo backendInfo(const DriverFacts& facts);

} // namespace maury::gpu

// The plug-in's one door (core/train/backend_plugin.h).

#include "core/train/backend_plugin.h"

#include "gpu/cuda/cuda_device.h"
#include "gpu/device_backend.h"

#include <exception>
#include <memory>

namespace maury::gpu {
namespace {

using base::Result;

train::BackendInfo probe()
{
    try {
        return backendInfo(driverFacts());
    } catch (const std::exception& error) {
        return { "cuda", false, error.what(), {} };
    }
}

Result<std::unique_ptr<train::Backend>> create(train::Precision precision)
{
    try {
        const train::BackendInfo info = probe();
        if (!info.available)
            return base::failure(base::ErrorCode::BackendUnavailable, "backend cuda", info.reason);
        auto device = openCudaDevice(precision);
        if (!device)
            return base::Unexpected(device.error());
        return createDeviceBackend("cuda", *std::move(device));
    } catch (const std::exception& error) {
        return base::failure(base::ErrorCode::BackendFailed, "backend cuda", error.what());
    }
}

} // namespace
} // namespace maury::gpu

extern "C" const maury::train::BackendPlugin* mauryBackendPlugin()
{
    static const maury::train::BackendPlugin plugin { maury::train::kPluginInterface,
        maury::gpu::probe, maury::gpu::create };
    return &plugin;
}

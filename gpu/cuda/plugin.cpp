// The plug-in's one door (core/train/backend_plugin.h).

#include "core/train/backend_plugin.h"

#include "gpu/ceilings.h"
#include "gpu/cuda/cuda_device.h"
#include "gpu/device_backend.h"
#include "gpu/gon_backend.h"

#include <exception>
#include <memory>
#include <utility>

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

/// Opens the device and does something with it; exceptions end here.
template <typename T, typename Use> Result<T> withDevice(train::Precision precision, Use&& use)
{
    try {
        const train::BackendInfo info = probe();
        if (!info.available)
            return base::failure(base::ErrorCode::BackendUnavailable, "backend cuda", info.reason);
        auto device = openCudaDevice(precision);
        if (!device)
            return base::Unexpected(device.error());
        return use(*std::move(device));
    } catch (const std::exception& error) {
        return base::failure(base::ErrorCode::BackendFailed, "backend cuda", error.what());
    }
}

Result<std::unique_ptr<train::Backend>> create(train::Precision precision)
{
    using Made = std::unique_ptr<train::Backend>;
    return withDevice<Made>(precision, [](std::unique_ptr<Device> device) -> Result<Made> {
        return createDeviceBackend("cuda", std::move(device));
    });
}

Result<std::unique_ptr<gon::GonBackend>> createGon()
{
    using Made = std::unique_ptr<gon::GonBackend>;
    return withDevice<Made>(
        train::Precision::Fp32, [](std::unique_ptr<Device> device) -> Result<Made> {
            return createDeviceGonBackend("cuda", std::move(device));
        });
}

Result<train::DeviceCeilings> measure(train::Precision precision)
{
    return withDevice<train::DeviceCeilings>(precision,
        [](std::unique_ptr<Device> device) { return measureCeilings(*device, kCeilingSize); });
}

} // namespace
} // namespace maury::gpu

extern "C" const maury::train::BackendPlugin* mauryBackendPlugin()
{
    static const maury::train::BackendPlugin plugin { maury::train::kPluginInterface,
        maury::gpu::probe, maury::gpu::create, maury::gpu::measure, maury::gpu::createGon };
    return &plugin;
}

#include "core/base/thread_team.h"
#include "core/train/backend.h"
#include "core/train/backend_plugin.h"
#include "core/train/cpu_backend.h"
#include "core/train/reference_backend.h"

namespace maury::train {
namespace {

constexpr const char* kCuda = "cuda";

int threadsOrDefault(int threads)
{
    return threads > 0 ? threads : base::defaultThreadCount();
}

base::Result<const BackendPlugin*> cudaPlugin()
{
    auto plugin = openPlugin(pluginFile(kCuda));
#ifndef MAURY_BUILDS_CUDA
    if (!plugin)
        return base::failure(base::ErrorCode::BackendUnavailable, plugin.error().place,
            "not built: this build of Maury has no CUDA plug-in (it was configured without nvcc)");
#endif
    return plugin;
}

/// Asks the driver, which takes its time: the answer holds as long as the program runs.
const BackendInfo& cudaInfo()
{
    static const BackendInfo info = []() -> BackendInfo {
        const auto plugin = cudaPlugin();
        if (!plugin)
            return { kCuda, false, plugin.error().found, {} };
        return (*plugin)->probe();
    }();
    return info;
}

} // namespace

std::vector<BackendInfo> listBackends()
{
    return { { "reference", true, {}, "1 thread, readable code in single precision" },
        { "cpu", true, {}, describeCpuBackend(base::defaultThreadCount()) }, cudaInfo() };
}

base::Result<const BackendPlugin*> usableCudaPlugin()
{
    if (!cudaInfo().available)
        return base::failure(base::ErrorCode::BackendUnavailable, "backend cuda", cudaInfo().reason,
            "auto, cpu or reference");
    return cudaPlugin();
}

base::Result<std::unique_ptr<Backend>> createBackend(
    const std::string& name, int threads, Precision precision)
{
    if (name == "reference")
        return createReferenceBackend<float>();
    if (name == "cpu" || (name == "auto" && !cudaInfo().available))
        return createCpuBackend(threadsOrDefault(threads));
    if (name != kCuda && name != "auto")
        return base::failure(
            base::ErrorCode::OptionInvalid, "--backend", name, "auto, reference, cpu or cuda");
    const auto plugin = usableCudaPlugin();
    if (!plugin)
        return base::Unexpected(plugin.error());
    return (*plugin)->create(precision);
}

base::Result<DeviceCeilings> measureDevice(Precision precision)
{
    const auto plugin = usableCudaPlugin();
    if (!plugin)
        return base::Unexpected(plugin.error());
    return (*plugin)->measure(precision);
}

} // namespace maury::train

#include "gpu/probe.h"

#include <fmt/format.h>

namespace maury::gpu {
namespace {

/// A newer minor version is served by any driver of the same major version.
bool serves(int driver, int needed)
{
    return driver / 1000 >= needed / 1000;
}

std::string versionText(int version)
{
    return fmt::format("{}.{}", version / 1000, version % 1000 / 10);
}

std::string reasonAgainst(const DriverFacts& facts)
{
    if (facts.driverVersion == 0)
        return "no driver: the NVIDIA driver is not installed";
    if (!serves(facts.driverVersion, facts.neededVersion))
        return fmt::format("driver too old: the NVIDIA driver serves CUDA {}, needed is {}",
            versionText(facts.driverVersion), versionText(facts.neededVersion / 1000 * 1000));
    if (!facts.failure.empty())
        return "no device: the NVIDIA driver says: " + facts.failure;
    if (facts.devices.empty())
        return "no device: the NVIDIA driver finds no GPU";
    const DeviceFacts& device = facts.devices.front();
    if (device.major < kOldestMajor
        || (device.major == kOldestMajor && device.minor < kOldestMinor))
        return fmt::format("too old a device: {} has compute capability {}.{}, needed is {}.{}",
            device.name, device.major, device.minor, kOldestMajor, kOldestMinor);
    return {};
}

} // namespace

train::BackendInfo backendInfo(const DriverFacts& facts)
{
    std::string reason = reasonAgainst(facts);
    if (!reason.empty())
        return { "cuda", false, std::move(reason), {} };
    const DeviceFacts& device = facts.devices.front();
    constexpr double kGigabyte = 1e9;
    return { "cuda", true, {},
        fmt::format("{}, {:.1f} GB", device.name, static_cast<double>(device.bytes) / kGigabyte) };
}

} // namespace maury::gpu

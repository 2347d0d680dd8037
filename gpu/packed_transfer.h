#pragma once

#include "gpu/device.h"

#include <cstddef>

namespace maury::gpu {

// Parameters to a device and back, packed as a layout says. `pinned` and the memory on the device
// hold layout.size() floats. Both wait until it is done. Errors: BackendFailed.

template <typename Layout, typename Numbers>
base::Result<void> writePacked(Device& device, const Layout& layout, const Numbers& from,
    const Memory& pinned, const Memory& to)
{
    layout.pack(from, { pinned.as<float>(), layout.size() });
    return Work(device)
        .copy(to.as<float>(), pinned.as<float>(), layout.size() * sizeof(float))
        .synchronize()
        .outcome();
}

template <typename Numbers, typename Layout>
base::Result<Numbers> readPacked(
    Device& device, const Layout& layout, const Memory& pinned, const Memory& from)
{
    const auto copied = Work(device)
                            .copy(pinned.as<float>(), from.as<float>(), layout.size() * sizeof(float))
                            .synchronize()
                            .outcome();
    if (!copied)
        return base::Unexpected(copied.error());
    return layout.unpack({ pinned.as<float>(), layout.size() });
}

} // namespace maury::gpu

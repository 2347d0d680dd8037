#pragma once

#include "core/train/training_config.h"
#include "gpu/device.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::test {

/// How the emulated device behaves, and what it has seen.
struct Emulation {
    /// Threads of a block, as threads of the processor: 1 runs kernels in one thread.
    int threads = 1;
    /// Which of the things that may happen next does: 0 in the order of the calls, else drawn.
    std::uint64_t order = 0;
    bool fuses = true; ///< whether products take epilogues along
    train::Precision precision = train::Precision::Fp32;
    std::size_t memory = std::size_t { 1 } << 32U; ///< bytes
    /// The device is lost with this call of the device and all later ones; -1: never.
    std::int64_t lostAtCall = -1;

    std::int64_t calls = 0;
    std::size_t inUse = 0; ///< bytes, pinned memory included
    std::int64_t recorded = 0; ///< graphs made
    std::int64_t replayed = 0;
};

/// A device on the processor: the kernels' own code, products as plain loops, queues that are
/// worked off late and in any order that follow() allows, memory of its own that is full of NaN at
/// first. So whatever is not ordered, not written or out of bounds shows (the latter under
/// AddressSanitizer). `emulation` is borrowed.
[[nodiscard]] std::unique_ptr<gpu::Device> emulateDevice(Emulation& emulation);

} // namespace maury::test

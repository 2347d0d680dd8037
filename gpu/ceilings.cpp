#include "gpu/ceilings.h"

#include "core/base/random.h"
#include "core/base/random_block.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace maury::gpu {
namespace {

using base::Result;

constexpr int kRounds = 5;
constexpr int kTimesARound = 5;

/// Median seconds of doing something once.
template <typename Queue> Result<double> secondsOf(Device& device, Queue&& queue)
{
    std::vector<double> rounds;
    for (int round = -1; round < kRounds; ++round) { // the first one warms up
        const auto start = std::chrono::steady_clock::now();
        Work work(device);
        for (int time = 0; time < kTimesARound; ++time)
            work.then(queue);
        if (const auto done = work.synchronize().outcome(); !done)
            return base::Unexpected(done.error());
        if (round >= 0)
            rounds.push_back(
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()
                / kTimesARound);
    }
    std::sort(rounds.begin(), rounds.end());
    return rounds[rounds.size() / 2];
}

/// Zeros would be multiplied faster than numbers.
Result<void> fillRandomly(Device& device, const Memory& memory)
{
    constexpr std::size_t kPiece = 1U << 20U;
    std::vector<float> piece(std::min(kPiece, memory.bytes() / sizeof(float)));
    base::fillStandardNormals(base::RandomStream(1).key(), 0, piece);
    const std::size_t bytes = piece.size() * sizeof(float);
    Work work(device);
    for (std::size_t at = 0; at < memory.bytes(); at += bytes)
        work.copy(memory.as<std::byte>() + at, piece.data(), std::min(bytes, memory.bytes() - at));
    return work.synchronize().outcome();
}

} // namespace

Result<train::DeviceCeilings> measureCeilings(Device& device, int size)
{
    const std::size_t bytes
        = static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * sizeof(float);
    Memory a;
    Memory b;
    Memory c;
    if (const auto taken = Allocation(device, "measuring the device")
                               .take(a, Place::Device, bytes)
                               .take(b, Place::Device, bytes)
                               .take(c, Place::Device, bytes)
                               .outcome();
        !taken)
        return base::Unexpected(taken.error());
    for (const Memory* memory : { &a, &b })
        if (const auto filled = fillRandomly(device, *memory); !filled)
            return base::Unexpected(filled.error());
    Product product;
    product.rows = product.columns = product.depth = size;
    product.strideA = product.strideB = product.strideC = size;
    product.a = a.as<float>();
    product.b = b.as<float>();
    product.c = c.as<float>();
    if (const auto ready = device.prepare(product); !ready)
        return base::Unexpected(ready.error());
    const auto multiplied
        = secondsOf(device, [&](Device& on) { return on.multiply(product, Stream::Main); });
    const auto copied = secondsOf(device,
        [&](Device& on) { return on.copy(c.as<float>(), a.as<float>(), bytes, Stream::Main); });
    for (const auto* seconds : { &multiplied, &copied })
        if (!*seconds)
            return base::Unexpected(seconds->error());
    const double edge = size;
    return train::DeviceCeilings { 2.0 * edge * edge * edge / *multiplied * 1e-9,
        2.0 * static_cast<double>(bytes) / *copied * 1e-9 };
}

} // namespace maury::gpu

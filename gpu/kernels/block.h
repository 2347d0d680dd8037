#pragma once

// What kernels are written in. A kernel is a struct of plain numbers and pointers whose call
// operator does the work of one thread of one block. It asks its block for its place:
//   index(), count()     this block and the number of blocks
//   thread(), threads()  this thread and the number of threads of a block
//   shared()             floats that the threads of a block share
//   sync()               waits for all threads of the block
// Loops run from thread() in steps of threads(), so that a kernel is right for any number of
// threads: the device runs it with Kernel::kThreads, tests run the same code on the processor.

#include <cstddef>
#include <cstdint>

#ifdef __CUDACC__
#define MAURY_DEVICE __device__
#define MAURY_EVERYWHERE __host__ __device__
#else
#define MAURY_DEVICE
#define MAURY_EVERYWHERE
#endif

namespace maury::gpu {

/// Sixteen bytes that a thread reads or writes at once.
struct alignas(16) Float4 {
    float x;
    float y;
    float z;
    float w;
};

/// Shared memory that a block has on every device.
inline constexpr std::size_t kSharedBytes = 48 * 1024;

/// Blocks, and bytes that the threads of a block share.
struct Grid {
    unsigned blocks = 1;
    std::size_t sharedBytes = 0;
};

/// Blocks for `items` pieces of work, `perBlock` each, but no more than keep any device busy: the
/// rest is done in further rounds of the same blocks.
[[nodiscard]] constexpr Grid gridFor(std::int64_t items, int perBlock)
{
    constexpr std::int64_t kEnough = 4096;
    const std::int64_t blocks = (items + perBlock - 1) / perBlock;
    return { static_cast<unsigned>(blocks < 1 ? 1 : blocks < kEnough ? blocks : kEnough), 0 };
}

/// The first piece of work of this thread and the distance to its next one, over all blocks.
template <typename Block> MAURY_DEVICE std::int64_t firstItem(const Block& block)
{
    return std::int64_t { block.index() } * block.threads() + block.thread();
}
template <typename Block> MAURY_DEVICE std::int64_t itemStride(const Block& block)
{
    return std::int64_t { block.count() } * block.threads();
}

} // namespace maury::gpu

#pragma once

// The random numbers of core/base (random.h, random_block.h) for kernels: the same bits.

#include "gpu/kernels/block.h"

namespace maury::gpu {

/// RandomStream's mixing of seeds and names.
MAURY_DEVICE inline std::uint64_t mixBits(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

/// The key of RandomStream(seed).
MAURY_DEVICE inline std::uint64_t keyOfSeed(std::uint64_t seed)
{
    return mixBits(seed);
}

/// The key of stream.split(id), from the key of stream.
MAURY_DEVICE inline std::uint64_t splitKey(std::uint64_t key, std::uint64_t id)
{
    return mixBits(key ^ mixBits(id));
}

struct RandomWords {
    std::uint32_t word[4];
};

/// Philox4x32-10 of the counter {block, 0, low word of stream, high word}.
MAURY_DEVICE inline RandomWords philoxWords(
    std::uint64_t key, std::uint64_t stream, std::uint32_t block)
{
    std::uint32_t c0 = block;
    std::uint32_t c1 = 0;
    std::uint32_t c2 = static_cast<std::uint32_t>(stream);
    std::uint32_t c3 = static_cast<std::uint32_t>(stream >> 32U);
    std::uint32_t key0 = static_cast<std::uint32_t>(key);
    std::uint32_t key1 = static_cast<std::uint32_t>(key >> 32U);
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t { 0xD2511F53U } * c0;
        const std::uint64_t second = std::uint64_t { 0xCD9E8D57U } * c2;
        c0 = static_cast<std::uint32_t>(second >> 32U) ^ c1 ^ key0;
        c1 = static_cast<std::uint32_t>(second);
        c2 = static_cast<std::uint32_t>(first >> 32U) ^ c3 ^ key1;
        c3 = static_cast<std::uint32_t>(first);
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    return { { c0, c1, c2, c3 } };
}

/// fillRandomBits() numbers its bits in tiles of 64 made by 16 blocks: word j of block b of a tile
/// is bit 16 j + b.
inline constexpr int kTileBits = 64;
inline constexpr int kTileBlocks = 16;

} // namespace maury::gpu

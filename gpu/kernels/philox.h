#pragma once

// The random numbers of core/base (random.h, random_block.h) for kernels: the same bits.

#include "gpu/kernels/block.h"

#include <math.h>

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

/// base::RandomStream: the same numbers up to the last bits of log, sine and cosine. For few
/// numbers of one thread.
class RandomNumbers {
public:
    MAURY_DEVICE explicit RandomNumbers(std::uint64_t key)
        : m_key(key)
    {
    }

    MAURY_DEVICE std::uint32_t nextBits()
    {
        const unsigned place = m_taken % 4;
        if (place == 0)
            m_block = philoxWords(m_key, 0, m_taken / 4);
        ++m_taken;
        return place == 0 ? m_block.word[0]
            : place == 1  ? m_block.word[1]
            : place == 2  ? m_block.word[2]
                          : m_block.word[3];
    }
    MAURY_DEVICE double uniform()
    {
        const std::uint64_t high = nextBits() >> 5U;
        const std::uint64_t low = nextBits() >> 6U;
        return static_cast<double>((high << 26U) | low) * 0x1.0p-53;
    }
    MAURY_DEVICE double normal()
    {
        if (m_hasSpare) {
            m_hasSpare = false;
            return m_spare;
        }
        const double radius = ::sqrt(-2.0 * ::log1p(-uniform()));
        const double angle = 2.0 * 3.14159265358979323846 * uniform();
        m_spare = radius * ::sin(angle);
        m_hasSpare = true;
        return radius * ::cos(angle);
    }

private:
    std::uint64_t m_key;
    std::uint32_t m_taken = 0;
    RandomWords m_block {};
    double m_spare = 0.0;
    bool m_hasSpare = false;
};

/// Four standard normals of fillStandardNormals(), of pixels 64 tile + 16 j + b, j from 0, for the
/// quad 16 tile + b.
struct FourNormals {
    float normal[4];
};

MAURY_DEVICE inline void boxMuller(
    std::uint32_t radiusBits, std::uint32_t angleBits, float& first, float& second)
{
    const float x = static_cast<float>(radiusBits >> 1U) + 0.5F;
    const float square = -2.0F * ::logf(x * 0x1.0p-31F);
    const float radius = ::sqrtf(square > 0.0F ? square : 0.0F);
    // Thirty bits choose a point of a quarter circle about the x axis; two mirror and swap.
    const auto fraction = static_cast<std::int32_t>(angleBits << 2U) >> 2;
    const float angle = static_cast<float>(fraction) * 1.46291808e-9F; // π / 4 over 2^29
    const float sine = ::sinf(angle);
    const float plain = ::cosf(angle);
    const float cosine = (angleBits & 0x80000000U) != 0 ? -plain : plain;
    const bool swap = (angleBits & 0x40000000U) != 0;
    first = radius * (swap ? sine : cosine);
    second = radius * (swap ? cosine : sine);
}

MAURY_DEVICE inline FourNormals normalsOf(std::uint64_t key, int quad)
{
    const RandomWords words = philoxWords(key, 0, static_cast<std::uint32_t>(quad));
    FourNormals four {};
    boxMuller(words.word[0], words.word[2], four.normal[0], four.normal[2]);
    boxMuller(words.word[1], words.word[3], four.normal[1], four.normal[3]);
    return four;
}

/// Quads of a row: whole tiles, of which the last may reach beyond the row.
MAURY_EVERYWHERE inline int quadsOf(int width)
{
    return (width + kTileBits - 1) / kTileBits * kTileBlocks;
}

/// The j-th of a quad's four places.
MAURY_DEVICE inline int placeOf(int quad, int j)
{
    return quad / kTileBlocks * kTileBits + j * kTileBlocks + quad % kTileBlocks;
}

} // namespace maury::gpu

#include "core/base/random_block.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/base/random_block.cpp"
#include <hwy/foreach_target.h>

#include "core/base/random_block-inl.h"

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace maury::base::HWY_NAMESPACE {

void bitsTile(std::uint64_t key, std::uint64_t stream, std::size_t tile, std::uint32_t* out)
{
    const RandomBitsTag d;
    for (std::size_t b = 0; b < kTileBlocks; b += hn::Lanes(d)) {
        RandomBits word0 = hn::Zero(d);
        RandomBits word1 = word0;
        RandomBits word2 = word0;
        RandomBits word3 = word0;
        philoxBlocks(key, stream, static_cast<std::uint32_t>(tile * kTileBlocks + b), word0, word1,
            word2, word3);
        hn::StoreU(word0, d, out + b);
        hn::StoreU(word1, d, out + kTileBlocks + b);
        hn::StoreU(word2, d, out + 2 * kTileBlocks + b);
        hn::StoreU(word3, d, out + 3 * kTileBlocks + b);
    }
}

void normalsTile(std::uint64_t key, std::uint64_t stream, std::size_t tile, float* out)
{
    const RandomFloatTag d;
    for (std::size_t b = 0; b < kTileBlocks; b += hn::Lanes(d)) {
        RandomFloats normal0 = hn::Zero(d);
        RandomFloats normal1 = normal0;
        RandomFloats normal2 = normal0;
        RandomFloats normal3 = normal0;
        normalBlocks(key, stream, static_cast<std::uint32_t>(tile * kTileBlocks + b), normal0,
            normal1, normal2, normal3);
        hn::StoreU(normal0, d, out + b);
        hn::StoreU(normal1, d, out + kTileBlocks + b);
        hn::StoreU(normal2, d, out + 2 * kTileBlocks + b);
        hn::StoreU(normal3, d, out + 3 * kTileBlocks + b);
    }
}

} // namespace maury::base::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::base {

HWY_EXPORT(bitsTile);
HWY_EXPORT(normalsTile);

namespace {

// Whole tiles go straight to their place, the ragged end through a buffer.
template <typename T, typename TileFunction>
void fillTiles(std::uint64_t key, std::uint64_t stream, std::span<T> out, TileFunction makeTile)
{
    std::size_t tile = 0;
    for (; (tile + 1) * kRandomTile <= out.size(); ++tile)
        makeTile(key, stream, tile, out.data() + tile * kRandomTile);
    const auto rest = out.subspan(tile * kRandomTile);
    if (rest.empty())
        return;
    T buffer[kRandomTile];
    makeTile(key, stream, tile, buffer);
    std::copy_n(buffer, rest.size(), rest.begin());
}

} // namespace

void fillRandomBits(std::uint64_t key, std::uint64_t stream, std::span<std::uint32_t> bits)
{
    fillTiles(key, stream, bits, HWY_DYNAMIC_DISPATCH(bitsTile));
}

void fillStandardNormals(std::uint64_t key, std::uint64_t stream, std::span<float> normals)
{
    fillTiles(key, stream, normals, HWY_DYNAMIC_DISPATCH(normalsTile));
}

} // namespace maury::base
#endif

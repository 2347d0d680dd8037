#include "core/dataset/noise.h"

#include "core/base/contract.h"
#include "core/base/random_block.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/dataset/noise_gaussian.cpp"
#include <hwy/foreach_target.h>

#include "core/base/random_block-inl.h"

#include <algorithm>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace maury::dataset::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
namespace vec = base::HWY_NAMESPACE;

HWY_INLINE void addNormal(vec::RandomFloats normal, float inverseGain, float* flux)
{
    const vec::RandomFloatTag d;
    const auto mean = hn::Max(hn::LoadU(d, flux), hn::Zero(d));
    const auto sigma = hn::Sqrt(hn::Mul(mean, hn::Set(d, inverseGain)));
    hn::StoreU(hn::MulAdd(sigma, normal, mean), d, flux);
}

// Adds noise to whole tiles of pixels, numbered from `tile` on.
void gaussianTiles(
    std::uint64_t key, std::size_t tile, std::size_t tiles, float inverseGain, float* flux)
{
    const vec::RandomFloatTag d;
    for (std::size_t t = 0; t < tiles; ++t, flux += base::kRandomTile)
        for (std::size_t b = 0; b < vec::kTileBlocks; b += hn::Lanes(d)) {
            vec::RandomFloats normal0 = hn::Zero(d);
            vec::RandomFloats normal1 = normal0;
            vec::RandomFloats normal2 = normal0;
            vec::RandomFloats normal3 = normal0;
            vec::normalBlocks(key, 0, static_cast<std::uint32_t>((tile + t) * vec::kTileBlocks + b),
                normal0, normal1, normal2, normal3);
            addNormal(normal0, inverseGain, flux + b);
            addNormal(normal1, inverseGain, flux + vec::kTileBlocks + b);
            addNormal(normal2, inverseGain, flux + 2 * vec::kTileBlocks + b);
            addNormal(normal3, inverseGain, flux + 3 * vec::kTileBlocks + b);
        }
}

} // namespace maury::dataset::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::dataset {

HWY_EXPORT(gaussianTiles);

void addGaussianNoise(std::span<float> flux, double gain, const base::RandomStream& stream)
{
    EXPECTS(gain > 0.0);
    const auto inverseGain = static_cast<float>(1.0 / gain);
    const std::size_t tiles = flux.size() / base::kRandomTile;
    HWY_DYNAMIC_DISPATCH(gaussianTiles)(stream.key(), 0, tiles, inverseGain, flux.data());
    const auto rest = flux.subspan(tiles * base::kRandomTile);
    if (rest.empty())
        return;
    float buffer[base::kRandomTile] = {};
    std::copy(rest.begin(), rest.end(), buffer);
    HWY_DYNAMIC_DISPATCH(gaussianTiles)(stream.key(), tiles, 1, inverseGain, buffer);
    std::copy_n(buffer, rest.size(), rest.begin());
}

} // namespace maury::dataset
#endif

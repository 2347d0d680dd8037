#include "core/dataset/noise.h"

#include "core/base/contract.h"
#include "core/base/random_block.h"
#include "core/dataset/poisson.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/dataset/noise_poisson.cpp"
#include <hwy/foreach_target.h>

#include "core/base/random_block-inl.h"

#include <algorithm>
#include <cstddef>

#ifndef MAURY_CORE_DATASET_NOISE_POISSON_ONCE
#define MAURY_CORE_DATASET_NOISE_POISSON_ONCE
namespace maury::dataset {
namespace {

// Pixels of a tile that the vectors could not settle, with what they had drawn.
struct OpenPixels {
    std::size_t count = 0;
    std::uint8_t pixel[base::kRandomTile];
    float lambda[base::kRandomTile];
    float proposal[base::kRandomTile];
    std::uint32_t uniformBits[base::kRandomTile];
};

// Means that the vectors propose for: beyond 2^22 photons float32 does not hold every count.
constexpr float kProposedFrom = static_cast<float>(kPoissonNormalFrom);
constexpr float kProposedBelow = 0x1p22F;
bool isProposed(double lambda)
{
    return lambda >= kProposedFrom && lambda < kProposedBelow;
}

} // namespace
} // namespace maury::dataset
#endif

HWY_BEFORE_NAMESPACE();
namespace maury::dataset::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
namespace vec = base::HWY_NAMESPACE;

// Algorithm PD (see poisson.h) up to its squeeze, on one vector. The proposal is made from the
// integer and the fractional part of λ apart, because λ + √λ T would lose the fraction to float32
// at large λ.
HWY_INLINE void proposeAndSqueeze(vec::RandomFloats normal, vec::RandomBits uniformBits, float gain,
    float inverseGain, std::size_t pixel, float* flux, OpenPixels& open)
{
    const vec::RandomFloatTag d;
    const hn::RebindToSigned<vec::RandomFloatTag> di;
    const auto lambda = hn::Mul(hn::LoadU(d, flux + pixel), hn::Set(d, gain));
    const auto whole = hn::Floor(lambda);
    const auto part = hn::Sub(lambda, whole);
    const auto shift = hn::Floor(hn::MulAdd(hn::Sqrt(lambda), normal, part));
    const auto proposal = hn::Add(whole, shift);
    const auto below = hn::Sub(part, shift); // λ − k
    // The upper 24 bits: rounded down, the squeeze stays on the safe side.
    const auto uniform = hn::Mul(
        hn::ConvertTo(d, hn::BitCast(di, hn::ShiftRight<8>(uniformBits))), hn::Set(d, 0x1p-24F));
    const auto right = hn::Mul(hn::Mul(hn::Mul(lambda, lambda), hn::Set(d, 6.0F)), uniform);
    const auto cube = hn::Mul(hn::Mul(below, below), below);
    const auto inRange = hn::And(
        hn::Ge(lambda, hn::Set(d, kProposedFrom)), hn::Lt(lambda, hn::Set(d, kProposedBelow)));
    const auto settled = hn::And(inRange, hn::Le(cube, right));
    hn::StoreU(hn::Mul(proposal, hn::Set(d, inverseGain)), d, flux + pixel);
    if (HWY_LIKELY(hn::AllTrue(d, settled)))
        return;

    HWY_ALIGN float lambdas[vec::kTileBlocks];
    HWY_ALIGN float proposals[vec::kTileBlocks];
    HWY_ALIGN std::uint32_t uniforms[vec::kTileBlocks];
    std::uint8_t settledBits[8] = {}; // StoreMaskBits may write that much
    hn::Store(lambda, d, lambdas);
    hn::Store(proposal, d, proposals);
    hn::Store(uniformBits, vec::RandomBitsTag(), uniforms);
    hn::StoreMaskBits(d, settled, settledBits);
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
        if ((settledBits[lane / 8] >> (lane % 8) & 1U) != 0U)
            continue;
        open.pixel[open.count] = static_cast<std::uint8_t>(pixel + lane);
        open.lambda[open.count] = lambdas[lane];
        open.proposal[open.count] = proposals[lane];
        open.uniformBits[open.count] = uniforms[lane];
        ++open.count;
    }
}

void poissonTile(std::uint64_t key, std::size_t tile, float gain, float inverseGain, float* flux,
    OpenPixels& open)
{
    const vec::RandomFloatTag d;
    for (std::size_t b = 0; b < vec::kTileBlocks; b += hn::Lanes(d)) {
        const auto block = static_cast<std::uint32_t>(tile * vec::kTileBlocks + b);
        vec::RandomFloats normal0 = hn::Zero(d);
        vec::RandomFloats normal1 = normal0;
        vec::RandomFloats normal2 = normal0;
        vec::RandomFloats normal3 = normal0;
        vec::normalBlocks(key, 0, block, normal0, normal1, normal2, normal3);
        vec::RandomBits bits0 = hn::Zero(vec::RandomBitsTag());
        vec::RandomBits bits1 = bits0;
        vec::RandomBits bits2 = bits0;
        vec::RandomBits bits3 = bits0;
        vec::philoxBlocks(key, 1, block, bits0, bits1, bits2, bits3);
        constexpr std::size_t kStep = vec::kTileBlocks;
        proposeAndSqueeze(normal0, bits0, gain, inverseGain, b, flux, open);
        proposeAndSqueeze(normal1, bits1, gain, inverseGain, b + kStep, flux, open);
        proposeAndSqueeze(normal2, bits2, gain, inverseGain, b + 2 * kStep, flux, open);
        proposeAndSqueeze(normal3, bits3, gain, inverseGain, b + 3 * kStep, flux, open);
    }
}

} // namespace maury::dataset::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::dataset {

HWY_EXPORT(poissonTile);

namespace {

void poissonTileWithRest(
    float* flux, std::size_t tile, double gain, const base::RandomStream& stream)
{
    OpenPixels open;
    HWY_DYNAMIC_DISPATCH(poissonTile)
    (stream.key(), tile, static_cast<float>(gain), static_cast<float>(1.0 / gain), flux, open);
    for (std::size_t i = 0; i < open.count; ++i) {
        // A stream for each pixel: what one draws does not move the others.
        base::RandomStream own = stream.split(tile * base::kRandomTile + open.pixel[i]);
        const double lambda = open.lambda[i];
        const double count = isProposed(lambda)
            ? settlePoisson(lambda, open.proposal[i], open.uniformBits[i] * 0x1p-32, own)
            : poissonNumber(lambda, own);
        flux[open.pixel[i]] = static_cast<float>(count / gain);
    }
}

} // namespace

void addPoissonNoise(std::span<float> flux, double gain, const base::RandomStream& stream)
{
    EXPECTS(gain > 0.0);
    const std::size_t tiles = flux.size() / base::kRandomTile;
    for (std::size_t tile = 0; tile < tiles; ++tile)
        poissonTileWithRest(flux.data() + tile * base::kRandomTile, tile, gain, stream);
    const auto rest = flux.subspan(tiles * base::kRandomTile);
    if (rest.empty())
        return;
    float buffer[base::kRandomTile] = {};
    std::copy(rest.begin(), rest.end(), buffer);
    poissonTileWithRest(buffer, tiles, gain, stream);
    std::copy_n(buffer, rest.size(), rest.begin());
}

} // namespace maury::dataset
#endif

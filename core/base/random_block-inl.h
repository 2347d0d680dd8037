// Vectorised Philox4x32-10 and standard normals, compiled once for each instruction set (Highway):
// included by .cpp files after <hwy/foreach_target.h>, hence the toggled guard instead of #pragma
// once.

#if defined(MAURY_CORE_BASE_RANDOM_BLOCK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MAURY_CORE_BASE_RANDOM_BLOCK_INL_H
#undef MAURY_CORE_BASE_RANDOM_BLOCK_INL_H
#else
#define MAURY_CORE_BASE_RANDOM_BLOCK_INL_H
#endif

#include "core/base/random.h"

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace maury::base::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

inline constexpr std::size_t kTileBlocks = 16;

// At most 16 lanes, so that a tile is a whole number of vectors on every machine.
using RandomFloatTag = hn::CappedTag<float, kTileBlocks>;
using RandomBitsTag = hn::RebindToUnsigned<RandomFloatTag>;
using RandomBits = hn::Vec<RandomBitsTag>;
using RandomFloats = hn::Vec<RandomFloatTag>;

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void philoxBlocks(std::uint64_t key, std::uint64_t stream, std::uint32_t block,
    RandomBits& word0, RandomBits& word1, RandomBits& word2, RandomBits& word3)
{
    const RandomBitsTag bits;
    const auto words = philox4x32(
        { block, 0, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32U) },
        { static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U) });
    word0 = hn::Set(bits, words[0]);
    word1 = hn::Set(bits, words[1]);
    word2 = hn::Set(bits, words[2]);
    word3 = hn::Set(bits, words[3]);
}
#else
using RandomWideTag = hn::Repartition<std::uint64_t, RandomBitsTag>;
using RandomWide = hn::Vec<RandomWideTag>;

// One round on counters held in the low halves of 64-bit lanes. The high halves hold leftovers of
// products, which the 32 × 32-bit multiplication does not read: no masking, no shuffling.
HWY_INLINE void philoxRound(RandomWide key0, RandomWide key1, RandomWide& c0, RandomWide& c1,
    RandomWide& c2, RandomWide& c3)
{
    const RandomBitsTag bits;
    const RandomWide first
        = hn::MulEven(hn::BitCast(bits, c0), hn::Set(bits, std::uint32_t { 0xD2511F53U }));
    const RandomWide second
        = hn::MulEven(hn::BitCast(bits, c2), hn::Set(bits, std::uint32_t { 0xCD9E8D57U }));
    c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(second), c1), key0);
    c1 = second;
    c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(first), c3), key1);
    c3 = first;
}

// The four words of blocks block … block + lanes − 1, one block a lane.
HWY_INLINE void philoxBlocks(std::uint64_t key, std::uint64_t stream, std::uint32_t block,
    RandomBits& word0, RandomBits& word1, RandomBits& word2, RandomBits& word3)
{
    const RandomBitsTag bits;
    const RandomWideTag wide;
    // Iota of a constant: with a variable start Highway goes through memory.
    const RandomWide lanes = hn::Iota(wide, 0);
    RandomWide a0 = hn::Add(lanes, hn::Set(wide, std::uint64_t { block }));
    RandomWide b0 = hn::Add(a0, hn::Set(wide, std::uint64_t { hn::Lanes(wide) }));
    RandomWide a1 = hn::Zero(wide);
    RandomWide b1 = a1;
    RandomWide a2 = hn::Set(wide, stream & 0xFFFFFFFFU);
    RandomWide b2 = a2;
    RandomWide a3 = hn::Set(wide, stream >> 32U);
    RandomWide b3 = a3;
    RandomWide key0 = hn::Set(wide, key & 0xFFFFFFFFU);
    RandomWide key1 = hn::Set(wide, key >> 32U);
    constexpr int kRounds = 10;
    for (int round = 0; round < kRounds; ++round) {
        philoxRound(key0, key1, a0, a1, a2, a3);
        philoxRound(key0, key1, b0, b1, b2, b3);
        key0 = hn::Add(key0, hn::Set(wide, std::uint64_t { 0x9E3779B9U }));
        key1 = hn::Add(key1, hn::Set(wide, std::uint64_t { 0xBB67AE85U }));
    }
    word0 = hn::ConcatEven(bits, hn::BitCast(bits, b0), hn::BitCast(bits, a0));
    word1 = hn::ConcatEven(bits, hn::BitCast(bits, b1), hn::BitCast(bits, a1));
    word2 = hn::ConcatEven(bits, hn::BitCast(bits, b2), hn::BitCast(bits, a2));
    word3 = hn::ConcatEven(bits, hn::BitCast(bits, b3), hn::BitCast(bits, a3));
}
#endif

// −2 ln((x + ½) / 2^31) of 31-bit numbers, by the polynomial of Cephes' logf (Moshier 1992).
// Converting the whole number keeps 24 significant bits of the small ones, which make the tail.
HWY_INLINE RandomFloats minusTwoLog(RandomBits bits31)
{
    const RandomFloatTag d;
    const hn::RebindToSigned<RandomFloatTag> di;
    const RandomFloats x = hn::Add(hn::ConvertTo(d, hn::BitCast(di, bits31)), hn::Set(d, 0.5F));
    // x = m 2^e with m in [√½, √2)
    constexpr std::int32_t kSqrtHalf = 0x3F3504F3;
    const auto shifted = hn::Sub(hn::BitCast(di, x), hn::Set(di, kSqrtHalf));
    const RandomFloats e = hn::ConvertTo(d, hn::Sub(hn::ShiftRight<23>(shifted), hn::Set(di, 31)));
    const RandomFloats m = hn::BitCast(
        d, hn::Add(hn::And(shifted, hn::Set(di, 0x007FFFFF)), hn::Set(di, kSqrtHalf)));
    const RandomFloats t = hn::Sub(m, hn::Set(d, 1.0F));
    RandomFloats p = hn::Set(d, 7.0376836292e-2F);
    p = hn::MulAdd(p, t, hn::Set(d, -1.1514610310e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, 1.1676998740e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, -1.2420140846e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, 1.4249322787e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, -1.6668057665e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, 2.0000714765e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, -2.4999993993e-1F));
    p = hn::MulAdd(p, t, hn::Set(d, 3.3333331174e-1F));
    const RandomFloats square = hn::Mul(t, t);
    // ln m = t − t²/2 + t³ p(t); all of it times −2
    const RandomFloats logMantissa = hn::MulAdd(
        square, hn::NegMulAdd(hn::Add(t, t), p, hn::Set(d, 1.0F)), hn::Mul(t, hn::Set(d, -2.0F)));
    constexpr float kMinusTwoLn2 = -1.38629436F;
    return hn::MulAdd(e, hn::Set(d, kMinusTwoLn2), logMantissa);
}

// Two independent standard normals a lane (Box & Muller 1958): radius from 31 bits, angle from 32.
// Thirty bits of the angle choose a point of one quarter circle about the x axis; one bit mirrors
// it and one swaps the coordinates, which covers the circle without range reduction. Polynomials of
// Cephes' sinf and cosf.
HWY_INLINE void boxMuller(
    RandomBits radiusBits, RandomBits angleBits, RandomFloats& first, RandomFloats& second)
{
    const RandomFloatTag d;
    const RandomBitsTag bits;
    const hn::RebindToSigned<RandomFloatTag> di;
    // Rounding can leave the logarithm of numbers next to 1 a hair below zero.
    const RandomFloats radius
        = hn::Sqrt(hn::Max(minusTwoLog(hn::ShiftRight<1>(radiusBits)), hn::Zero(d)));

    const auto fraction = hn::ShiftRight<2>(hn::BitCast(di, hn::ShiftLeft<2>(angleBits)));
    constexpr float kQuarterPiOver2To29 = 1.46291808e-9F;
    const RandomFloats x = hn::Mul(hn::ConvertTo(d, fraction), hn::Set(d, kQuarterPiOver2To29));
    const RandomFloats z = hn::Mul(x, x);
    RandomFloats s = hn::Set(d, -1.9515295891e-4F);
    s = hn::MulAdd(s, z, hn::Set(d, 8.3321608736e-3F));
    s = hn::MulAdd(s, z, hn::Set(d, -1.6666654611e-1F));
    const RandomFloats sine = hn::MulAdd(hn::Mul(s, z), x, x);
    RandomFloats c = hn::Set(d, 2.443315711809948e-5F);
    c = hn::MulAdd(c, z, hn::Set(d, -1.388731625493765e-3F));
    c = hn::MulAdd(c, z, hn::Set(d, 4.166664568298827e-2F));
    c = hn::MulAdd(c, z, hn::Set(d, -0.5F));
    const RandomFloats mirror
        = hn::BitCast(d, hn::And(angleBits, hn::Set(bits, std::uint32_t { 0x80000000U })));
    const RandomFloats cosine = hn::Xor(hn::MulAdd(c, z, hn::Set(d, 1.0F)), mirror);

    const auto swap
        = hn::RebindMask(d, hn::TestBit(angleBits, hn::Set(bits, std::uint32_t { 0x40000000U })));
    first = hn::Mul(radius, hn::IfThenElse(swap, sine, cosine));
    second = hn::Mul(radius, hn::IfThenElse(swap, cosine, sine));
}

// The normals of fillStandardNormals() for the lanes from `block` on: word j of a block made normal
// j.
HWY_INLINE void normalBlocks(std::uint64_t key, std::uint64_t stream, std::uint32_t block,
    RandomFloats& normal0, RandomFloats& normal1, RandomFloats& normal2, RandomFloats& normal3)
{
    const RandomBitsTag bits;
    RandomBits word0 = hn::Zero(bits);
    RandomBits word1 = word0;
    RandomBits word2 = word0;
    RandomBits word3 = word0;
    philoxBlocks(key, stream, block, word0, word1, word2, word3);
    boxMuller(word0, word2, normal0, normal2);
    boxMuller(word1, word3, normal1, normal3);
}

} // namespace maury::base::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

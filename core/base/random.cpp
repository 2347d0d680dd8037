#include "core/base/random.h"

#include "core/base/contract.h"

#include <cmath>
#include <numbers>

namespace maury::base {
namespace {

// SplitMix64's finaliser (Steele, Lea & Flood 2014): decorrelates consecutive seeds and ids.
std::uint64_t mix(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

struct Product {
    std::uint32_t high;
    std::uint32_t low;
};

Product multiply(std::uint32_t a, std::uint32_t b)
{
    const std::uint64_t product = std::uint64_t { a } * b;
    return { static_cast<std::uint32_t>(product >> 32U), static_cast<std::uint32_t>(product) };
}

} // namespace

std::array<std::uint32_t, 4> philox4x32(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key)
{
    constexpr std::uint32_t kMultiplier0 = 0xD2511F53U;
    constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57U;
    constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
    constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;
    constexpr int kRounds = 10;
    for (int round = 0; round < kRounds; ++round) {
        const Product first = multiply(kMultiplier0, counter[0]);
        const Product second = multiply(kMultiplier1, counter[2]);
        counter = { second.high ^ counter[1] ^ key[0], second.low,
            first.high ^ counter[3] ^ key[1], first.low };
        key[0] += kWeyl0;
        key[1] += kWeyl1;
    }
    return counter;
}

RandomStream::RandomStream(std::uint64_t seed)
    : m_key(mix(seed))
{
}

RandomStream RandomStream::split(std::uint64_t id) const
{
    RandomStream child(0);
    child.m_key = mix(m_key ^ mix(id));
    return child;
}

std::uint32_t RandomStream::nextBits()
{
    if (m_used == m_block.size()) {
        m_block = philox4x32({ static_cast<std::uint32_t>(m_counter),
                                 static_cast<std::uint32_t>(m_counter >> 32U), 0, 0 },
            { static_cast<std::uint32_t>(m_key), static_cast<std::uint32_t>(m_key >> 32U) });
        ++m_counter;
        m_used = 0;
    }
    return m_block[m_used++];
}

double RandomStream::uniform()
{
    const std::uint64_t high = nextBits() >> 5U;
    const std::uint64_t low = nextBits() >> 6U;
    return static_cast<double>((high << 26U) | low) * 0x1.0p-53;
}

std::uint32_t RandomStream::below(std::uint32_t bound)
{
    EXPECTS(bound > 0);
    // Lemire 2019: multiply, and reject the few values that would bias the result.
    const std::uint32_t threshold = (0U - bound) % bound;
    for (;;) {
        const std::uint64_t product = std::uint64_t { nextBits() } * bound;
        if (static_cast<std::uint32_t>(product) >= threshold)
            return static_cast<std::uint32_t>(product >> 32U);
    }
}

double RandomStream::normal()
{
    if (m_hasSpareNormal) {
        m_hasSpareNormal = false;
        return m_spareNormal;
    }
    const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
    const double angle = 2.0 * std::numbers::pi * uniform();
    m_spareNormal = radius * std::sin(angle);
    m_hasSpareNormal = true;
    return radius * std::cos(angle);
}

} // namespace maury::base

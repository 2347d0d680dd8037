#include "core/base/hash64.h"

#include <array>
#include <bit>
#include <cstring>

namespace maury::base {
namespace {

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87U;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4FU;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9U;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63U;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5U;

template <typename Unsigned> std::uint64_t load(const std::byte* at)
{
    Unsigned value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::uint64_t mixed(std::uint64_t lane, std::uint64_t input)
{
    return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

std::uint64_t merged(std::uint64_t hash, std::uint64_t lane)
{
    return (hash ^ mixed(0, lane)) * kPrime1 + kPrime4;
}

/// What is left over of the stripes of 32 bytes.
std::uint64_t tail(std::uint64_t hash, std::span<const std::byte> rest)
{
    for (; rest.size() >= 8; rest = rest.subspan(8))
        hash = std::rotl(hash ^ mixed(0, load<std::uint64_t>(rest.data())), 27) * kPrime1 + kPrime4;
    if (rest.size() >= 4) {
        hash = std::rotl(hash ^ (load<std::uint32_t>(rest.data()) * kPrime1), 23) * kPrime2
            + kPrime3;
        rest = rest.subspan(4);
    }
    for (const std::byte byte : rest)
        hash = std::rotl(hash ^ (std::to_integer<std::uint64_t>(byte) * kPrime5), 11) * kPrime1;
    return hash;
}

} // namespace

std::uint64_t hash64(std::span<const std::byte> bytes)
{
    constexpr std::size_t kStripe = 32;
    const std::uint64_t length = bytes.size();
    std::uint64_t hash = kPrime5;
    if (length >= kStripe) {
        std::array<std::uint64_t, 4> lanes { kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1 };
        for (; bytes.size() >= kStripe; bytes = bytes.subspan(kStripe))
            for (std::size_t lane = 0; lane < lanes.size(); ++lane)
                lanes[lane] = mixed(lanes[lane], load<std::uint64_t>(bytes.data() + 8 * lane));
        hash = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12)
            + std::rotl(lanes[3], 18);
        for (const std::uint64_t lane : lanes)
            hash = merged(hash, lane);
    }
    hash = tail(hash + length, bytes);
    hash = (hash ^ (hash >> 33)) * kPrime2;
    hash = (hash ^ (hash >> 29)) * kPrime3;
    return hash ^ (hash >> 32);
}

} // namespace maury::base

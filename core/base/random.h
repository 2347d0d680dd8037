#pragma once

#include <array>
#include <cstdint>

namespace maury::base {

/// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): a pure function of
/// key and counter, so that any number of any stream can be had in any order, on the CPU and on a GPU.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// A seeded random stream that can be split into independent streams by name (a number): the numbers of
/// `stream.split(a).split(b)` depend on the seed, a and b alone, never on what was drawn elsewhere.
class RandomStream {
public:
    explicit RandomStream(std::uint64_t seed);

    /// An independent stream; the same id always gives the same stream.
    [[nodiscard]] RandomStream split(std::uint64_t id) const;
    /// The 64-bit key of this stream, for vectorised or device generators that count by themselves.
    [[nodiscard]] std::uint64_t key() const { return m_key; }

    [[nodiscard]] std::uint32_t nextBits();
    /// Uniform in [0, 1), 53 bits.
    [[nodiscard]] double uniform();
    /// Uniform integer in [0, bound), without modulo bias. Precondition: bound > 0.
    [[nodiscard]] std::uint32_t below(std::uint32_t bound);
    /// Standard normal (Box–Muller).
    [[nodiscard]] double normal();

    // UniformRandomBitGenerator, for <random> and std::shuffle-like algorithms.
    using result_type = std::uint32_t;
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return 0xFFFFFFFFU; }
    result_type operator()() { return nextBits(); }

private:
    std::uint64_t m_key;
    std::uint64_t m_counter = 0;
    std::array<std::uint32_t, 4> m_block {};
    unsigned m_used = 4;
    double m_spareNormal = 0.0;
    bool m_hasSpareNormal = false;
};

} // namespace maury::base

#pragma once

#include <cstdint>
#include <span>

namespace maury::base {

/// Numbers come in tiles of this many, made by sixteen Philox blocks.
inline constexpr std::size_t kRandomTile = 64;

/// Fills `bits` with Philox4x32-10 of the counters {block, 0, low word of stream, high word} under
/// `key`, vectorised. bits[64 t + 16 j + b] is word j of block 16 t + b, whatever the vector width;
/// so stream 0 holds the numbers of the RandomStream with that key, transposed within each tile.
void fillRandomBits(std::uint64_t key, std::uint64_t stream, std::span<std::uint32_t> bits);

/// Fills `normals` with standard normals (Box & Muller 1958) made from the bits above: words 0 and
/// 2, 1 and 3 of a block give two each. The radius r has 31 bits and the arithmetic is float32:
/// values end at 6.66 σ (2.7e-11 of the law lies beyond) and are off by about 1e-7 (r + 1/r).
void fillStandardNormals(std::uint64_t key, std::uint64_t stream, std::span<float> normals);

} // namespace maury::base

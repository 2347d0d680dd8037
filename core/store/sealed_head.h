#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace maury::store {

/// The first bytes of a sealed file: they say how long the file is and hold a checksum (hash64) of
/// every block behind them, and one of themselves.
struct SealedHead {
    static constexpr std::uint64_t kBytes = std::uint64_t { 1 } << 16;
    static constexpr std::size_t kMostBlocks = (kBytes - 64) / 8;
    static constexpr std::array<unsigned char, 8> kMagic
        = { 0x89, 'M', 'A', 'U', 'R', 'Y', '\r', '\n' };
    static constexpr std::uint32_t kVersion = 1;
    static constexpr std::uint32_t kFirstBlockBits = 16;
    static constexpr std::uint32_t kMostBlockBits = 40;

    std::uint32_t version = kVersion;
    std::uint32_t blockBits = kFirstBlockBits; ///< blocks of 2^blockBits bytes, from kBytes on
    std::uint64_t size = kBytes; ///< of the file, in bytes
    std::uint64_t generation = 0; ///< how often the file was changed
    std::vector<std::uint64_t> digests; ///< one a block; the last block may be shorter

    [[nodiscard]] std::uint64_t blockBytes() const { return std::uint64_t { 1 } << blockBits; }
    [[nodiscard]] std::uint64_t blockOf(std::uint64_t address) const
    {
        return (address - kBytes) >> blockBits;
    }
    [[nodiscard]] std::uint64_t blockStart(std::uint64_t block) const
    {
        return kBytes + (block << blockBits);
    }
    [[nodiscard]] std::uint64_t blocks() const { return blocksFor(size, blockBits); }
    [[nodiscard]] static std::uint64_t blocksFor(std::uint64_t size, std::uint32_t bits)
    {
        return (size - kBytes + (std::uint64_t { 1 } << bits) - 1) >> bits;
    }
    bool operator==(const SealedHead&) const = default;
};

/// [kBytes] bytes. Precondition: digests for all blocks, at most kMostBlocks.
[[nodiscard]] std::vector<std::byte> encode(const SealedHead& head);

/// Nothing when the bytes are no head, or a damaged one. A head of a newer version is returned with
/// nothing but its version. `bytes` holds at least kBytes.
[[nodiscard]] std::optional<SealedHead> decodeHead(std::span<const std::byte> bytes);

/// Whether a file that begins with these bytes means to be a sealed one.
[[nodiscard]] bool startsSealed(std::span<const std::byte> bytes);

/// The number at the start of the bytes, and the bytes of a number; little endian as in memory on
/// every machine that Maury is built for.
[[nodiscard]] std::uint64_t loadNumber(std::span<const std::byte> bytes);
void storeNumber(std::span<std::byte> bytes, std::uint64_t number);

} // namespace maury::store

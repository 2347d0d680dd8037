#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace maury::base {

/// SHA-256 (FIPS 180-4) of bytes given piece by piece.
class Sha256 {
public:
    Sha256();
    void update(std::span<const std::byte> bytes);
    /// The bytes of an array of numbers or characters as they lie in memory (little endian on every
    /// machine that Maury is built for).
    template <typename T> void updateValues(std::span<const T> values)
    {
        update(std::as_bytes(values));
    }
    /// 64 lower-case hexadecimal digits. Ends the computation: afterwards only a new object may be
    /// used.
    [[nodiscard]] std::string hexDigest();

private:
    void compress(const std::byte* block);

    std::array<std::uint32_t, 8> m_state;
    std::array<std::byte, 64> m_buffer {};
    std::size_t m_buffered = 0;
    std::uint64_t m_length = 0;
};

/// SHA-256 of one piece of memory, as 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::span<const std::byte> bytes);

/// SHA-256 of a file's contents. Errors: FileMissing, FileUnreadable.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& file);

} // namespace maury::base

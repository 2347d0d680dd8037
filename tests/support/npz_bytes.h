#pragma once

#include <string>
#include <string_view>

namespace maury::test {

/// What NumPy 2 wrote for numpy.savez_compressed(file, a=numpy.arange(12, dtype="<f4").reshape(3, 4)).
inline std::string compressedNpz()
{
    constexpr std::string_view kHex
        = "504b03042d0000000800000021002d6f2226ffffffffffffffff05001400612e6e707901001000b000000000"
          "00000066000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a2aea3a09e965f5452"
          "9498179f5f94920a12774bcc294e058a17672416a402f91ac63a0a269a3a0ab50a64032e063068b007120e40"
          "04c40d40bc00880f00f1032066706460100062052036700400504b01022d032d0000000800000021002d6f22"
          "2666000000b0000000050000000000000000000000800100000000612e6e7079504b05060000000001000100"
          "330000009d0000000000";
    const auto digit = [](char letter) { return letter <= '9' ? letter - '0' : letter - 'a' + 10; };
    std::string bytes;
    for (std::size_t at = 0; at < kHex.size(); at += 2)
        bytes += static_cast<char>(16 * digit(kHex[at]) + digit(kHex[at + 1]));
    return bytes;
}

} // namespace maury::test

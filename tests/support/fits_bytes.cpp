#include "tests/support/fits_bytes.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace maury::test {
namespace {

constexpr std::size_t kBlock = 2880;
constexpr std::size_t kCard = 80;

void pad(std::string& bytes, char filler)
{
    bytes.resize((bytes.size() + kBlock - 1) / kBlock * kBlock, filler);
}

void addCard(std::string& bytes, const std::string& text)
{
    std::string card = text;
    card.resize(kCard, ' ');
    bytes += card;
}

void addLittleEndian(std::string& bytes, std::uint32_t value, int count)
{
    for (int i = 0; i < count; ++i)
        bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::uint32_t crc32(const std::string& bytes)
{
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

} // namespace

std::string fitsBytes(const std::vector<FitsHduText>& hdus)
{
    std::string bytes;
    for (std::size_t i = 0; i < hdus.size(); ++i) {
        const FitsHduText& hdu = hdus[i];
        addCard(bytes, i == 0 ? "SIMPLE  =                    T" : "XTENSION= 'IMAGE   '");
        addCard(bytes, "BITPIX  =                  -32");
        addCard(bytes, "NAXIS   = " + std::to_string(hdu.axes.size()));
        for (std::size_t axis = 0; axis < hdu.axes.size(); ++axis)
            addCard(bytes,
                "NAXIS" + std::to_string(axis + 1) + "  = " + std::to_string(hdu.axes[axis]));
        if (i == 0 && hdus.size() > 1)
            addCard(bytes, "EXTEND  =                    T");
        if (i > 0) {
            addCard(bytes, "PCOUNT  =                    0");
            addCard(bytes, "GCOUNT  =                    1");
        }
        for (const std::string& card : hdu.cards)
            addCard(bytes, card);
        addCard(bytes, "END");
        pad(bytes, ' ');
        for (const float pixel : hdu.pixels) {
            const auto bits = std::bit_cast<std::uint32_t>(pixel);
            for (int shift = 24; shift >= 0; shift -= 8)
                bytes += static_cast<char>((bits >> shift) & 0xFFU);
        }
        pad(bytes, '\0');
    }
    return bytes;
}

std::string gzipBytes(const std::string& bytes)
{
    std::string result("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03", 10);
    constexpr std::size_t kLongestBlock = 65535;
    for (std::size_t start = 0; start < bytes.size(); start += kLongestBlock) {
        const std::size_t length = std::min(kLongestBlock, bytes.size() - start);
        result += start + length == bytes.size() ? '\x01' : '\x00';
        addLittleEndian(result, static_cast<std::uint32_t>(length), 2);
        addLittleEndian(result, ~static_cast<std::uint32_t>(length), 2);
        result += bytes.substr(start, length);
    }
    addLittleEndian(result, crc32(bytes), 4);
    addLittleEndian(result, static_cast<std::uint32_t>(bytes.size()), 4);
    return result;
}

} // namespace maury::test

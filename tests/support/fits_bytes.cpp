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

template <typename Unsigned> void addBigEndian(std::string& bytes, Unsigned value)
{
    for (int shift = 8 * static_cast<int>(sizeof value) - 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>((value >> shift) & 0xFFU);
}

/// A number as FITS stores it; `kind` is the letter of TFORM.
void addNumber(std::string& bytes, double value, char kind)
{
    if (kind == 'D')
        addBigEndian(bytes, std::bit_cast<std::uint64_t>(value));
    else if (kind == 'E')
        addBigEndian(bytes, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
    else if (kind == 'J')
        addBigEndian(bytes, static_cast<std::uint32_t>(static_cast<std::int64_t>(value)));
    else
        addBigEndian(bytes, static_cast<std::uint16_t>(static_cast<std::int64_t>(value)));
}

char kindOf(int bitpix)
{
    return bitpix == -64 ? 'D' : bitpix == -32 ? 'E' : bitpix == 32 ? 'J' : 'I';
}

std::size_t repeatOf(const FitsColumnText& column)
{
    return column.form.size() == 1 ? 1 : std::stoul(column.form);
}

std::size_t cellBytes(const FitsColumnText& column)
{
    const char kind = column.form.back();
    const std::size_t size = kind == 'A' ? 1 : kind == 'I' ? 2 : kind == 'D' ? 8 : 4;
    return size * repeatOf(column);
}

std::size_t rowsOf(const FitsHduText& hdu)
{
    const FitsColumnText& first = hdu.columns.front();
    return first.form.back() == 'A' ? first.texts.size() : first.values.size() / repeatOf(first);
}

void addTableCards(std::string& bytes, const FitsHduText& hdu)
{
    std::size_t rowBytes = 0;
    for (const FitsColumnText& column : hdu.columns)
        rowBytes += cellBytes(column);
    addCard(bytes, "XTENSION= 'BINTABLE'");
    addCard(bytes, "BITPIX  =                    8");
    addCard(bytes, "NAXIS   =                    2");
    addCard(bytes, "NAXIS1  = " + std::to_string(rowBytes));
    addCard(bytes, "NAXIS2  = " + std::to_string(rowsOf(hdu)));
    addCard(bytes, "PCOUNT  =                    0");
    addCard(bytes, "GCOUNT  =                    1");
    addCard(bytes, "TFIELDS = " + std::to_string(hdu.columns.size()));
    for (std::size_t i = 0; i < hdu.columns.size(); ++i) {
        const FitsColumnText& column = hdu.columns[i];
        const auto add = [&](std::string keyword, const std::string& value) {
            keyword += std::to_string(i + 1);
            keyword.resize(8, ' ');
            if (!value.empty())
                addCard(bytes, keyword + "= '" + value + "'");
        };
        add("TTYPE", column.name);
        add("TFORM", column.form);
        add("TUNIT", column.unit);
        add("TUCD", column.ucd);
        add("TUTYP", column.utype);
    }
}

void addImageCards(std::string& bytes, const FitsHduText& hdu, bool isPrimary)
{
    addCard(bytes, isPrimary ? "SIMPLE  =                    T" : "XTENSION= 'IMAGE   '");
    addCard(bytes, "BITPIX  = " + std::to_string(hdu.bitpix));
    addCard(bytes, "NAXIS   = " + std::to_string(hdu.axes.size()));
    for (std::size_t axis = 0; axis < hdu.axes.size(); ++axis)
        addCard(
            bytes, "NAXIS" + std::to_string(axis + 1) + "  = " + std::to_string(hdu.axes[axis]));
    if (isPrimary)
        return;
    addCard(bytes, "PCOUNT  =                    0");
    addCard(bytes, "GCOUNT  =                    1");
}

void addRows(std::string& bytes, const FitsHduText& hdu)
{
    for (std::size_t row = 0; row < rowsOf(hdu); ++row)
        for (const FitsColumnText& column : hdu.columns) {
            const std::size_t repeat = repeatOf(column);
            if (column.form.back() == 'A') {
                std::string text = column.texts[row];
                text.resize(repeat, ' ');
                bytes += text;
                continue;
            }
            for (std::size_t i = 0; i < repeat; ++i)
                addNumber(bytes, column.values[row * repeat + i], column.form.back());
        }
}

} // namespace

std::string fitsBytes(const std::vector<FitsHduText>& hdus)
{
    std::string bytes;
    for (std::size_t i = 0; i < hdus.size(); ++i) {
        const FitsHduText& hdu = hdus[i];
        if (hdu.columns.empty())
            addImageCards(bytes, hdu, i == 0);
        else
            addTableCards(bytes, hdu);
        if (i == 0 && hdus.size() > 1)
            addCard(bytes, "EXTEND  =                    T");
        for (const std::string& card : hdu.cards)
            addCard(bytes, card);
        addCard(bytes, "END");
        pad(bytes, ' ');
        if (hdu.columns.empty())
            for (const double pixel : hdu.pixels)
                addNumber(bytes, pixel, kindOf(hdu.bitpix));
        else
            addRows(bytes, hdu);
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

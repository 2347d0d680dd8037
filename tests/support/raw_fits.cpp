#include "tests/support/raw_fits.h"

#include "core/base/contract.h"
#include "core/base/text.h"
#include "core/io/file_bytes.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace maury::test {
namespace {

constexpr std::size_t kBlock = 2880;
constexpr std::size_t kCard = 80;

std::size_t sizeOf(char kind)
{
    return kind == 'D' || kind == 'K' ? 8 : kind == 'I' ? 2 : 4;
}

std::size_t wholeBlocks(std::size_t bytes)
{
    return (bytes + kBlock - 1) / kBlock * kBlock;
}

std::string valueOf(const std::string& card)
{
    std::string value = card.substr(10);
    const std::size_t open = value.find('\'');
    if (open != std::string::npos && open < 3)
        value = value.substr(open + 1, value.find('\'', open + 1) - open - 1);
    else
        value = value.substr(0, value.find('/'));
    return std::string(base::trim(value));
}

} // namespace

double RawHdu::number(const std::string& key) const
{
    const auto card = cards.find(key);
    return card == cards.end() ? std::nan("") : std::atof(card->second.c_str());
}

std::size_t RawHdu::axis(int i) const
{
    return static_cast<std::size_t>(number("NAXIS" + std::to_string(i)));
}

double RawHdu::valueAt(std::size_t byte, char kind) const
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeOf(kind); ++i)
        bits = bits << 8 | static_cast<unsigned char>(data.at(byte + i));
    switch (kind) {
    case 'D':
        return std::bit_cast<double>(bits);
    case 'E':
        return double(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    case 'I':
        return double(static_cast<std::int16_t>(bits));
    case 'K':
        return double(static_cast<std::int64_t>(bits));
    default:
        return double(static_cast<std::int32_t>(bits));
    }
}

double RawHdu::pixel(std::size_t i) const
{
    const double bitpix = number("BITPIX");
    const char kind = bitpix == -64 ? 'D' : bitpix == -32 ? 'E' : bitpix == 16 ? 'I' : 'J';
    return valueAt(i * sizeOf(kind), kind);
}

double RawHdu::cell(const std::string& name, std::size_t row, std::size_t i) const
{
    std::size_t offset = 0;
    for (int column = 1;; ++column) {
        const std::string& form = cards.at("TFORM" + std::to_string(column));
        const char kind = form.back();
        const std::size_t repeat = form.size() == 1 ? 1 : std::stoul(form);
        if (cards.at("TTYPE" + std::to_string(column)) == name)
            return valueAt(row * axis(1) + offset + i * sizeOf(kind), kind);
        offset += sizeOf(kind) * repeat;
    }
}

std::vector<RawHdu> rawHdus(const std::filesystem::path& file)
{
    const auto bytes = io::readBytes(file);
    EXPECTS(bytes.has_value());
    std::vector<RawHdu> hdus;
    for (std::size_t at = 0; at + kCard <= bytes->size();) {
        RawHdu hdu;
        for (std::string card; !card.starts_with("END     "); at += kCard) {
            card = bytes->substr(at, kCard);
            if (card.size() == kCard && card[8] == '=')
                hdu.cards.emplace(base::trim(std::string_view(card).substr(0, 8)), valueOf(card));
        }
        at = wholeBlocks(at);
        double size = hdu.number("NAXIS") > 0 ? std::abs(hdu.number("BITPIX")) / 8.0 : 0.0;
        for (int axis = 1; axis <= int(hdu.number("NAXIS")); ++axis)
            size *= hdu.number("NAXIS" + std::to_string(axis));
        hdu.data = bytes->substr(at, static_cast<std::size_t>(size));
        at += wholeBlocks(static_cast<std::size_t>(size));
        hdus.push_back(std::move(hdu));
    }
    return hdus;
}

} // namespace maury::test

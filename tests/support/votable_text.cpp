#include "tests/support/votable_text.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace maury::test {
namespace {

constexpr int kPixels = 5;
constexpr int kMissing = 3;

std::string document(const std::string& data, const std::string& arraysize)
{
    const std::string size = arraysize.empty() ? "" : " arraysize=\"" + arraysize + "\"";
    return "<?xml version=\"1.0\"?>\n<VOTABLE version=\"1.4\"><RESOURCE>"
           "<PARAM name=\"TARGETNAME\" datatype=\"char\" arraysize=\"*\" value=\"Vega\"/>"
           "<PARAM name=\"RA\" ucd=\"pos.eq.ra\" value=\"279.25\"/>"
           "<PARAM name=\"DEC\" ucd=\"pos.eq.dec\" value=\"38.75\"/>"
           "<PARAM name=\"p\" utype=\"spec:Spectrum.CoordSys.SpectralFrame.RefPos\" "
           "value=\"BARYCENTER\"/>"
           "<TABLE><FIELD name=\"note\" datatype=\"double\"/></TABLE>"
           "<TABLE><FIELD name=\"x\" ucd=\"em.wl;obs.atmos\" unit=\"nm\" datatype=\"double\""
        + size
        + "/><FIELD name=\"y\" ucd=\"phot.flux.density;em.wl\" unit=\"Jy\" datatype=\"double\""
        + size + "/><FIELD name=\"s\" ucd=\"stat.error;phot.flux.density\" datatype=\"double\""
        + size + "/><DATA>" + data + "</DATA></TABLE></RESOURCE></VOTABLE>\n";
}

std::string wavelength(int pixel)
{
    return "500." + std::to_string(pixel);
}

std::string base64(const std::string& bytes)
{
    constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8
                | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j < bytes.size() + 1 ? kLetters[group >> (18 - 6 * j) & 63U] : '=';
        if (i % 48 == 45)
            text += '\n';
    }
    return text;
}

void addDouble(std::string& bytes, double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += static_cast<char>(bits >> shift & 0xFFU);
}

} // namespace

std::string votableText()
{
    std::string rows;
    for (int pixel = 0; pixel < kPixels; ++pixel)
        rows += "<TR><TD>" + wavelength(pixel) + "</TD><TD>"
            + (pixel == kMissing ? "" : std::to_string(pixel + 1)) + "</TD><TD>0.5</TD></TR>\n";
    return document("<TABLEDATA>" + rows + "</TABLEDATA>", "");
}

std::string votableBinary(bool hasNullBits)
{
    std::string bytes;
    for (int pixel = 0; pixel < kPixels; ++pixel) {
        const bool isMissing = pixel == kMissing;
        if (hasNullBits)
            bytes += isMissing ? '\x40' : '\0';
        addDouble(bytes, std::stod(wavelength(pixel)));
        addDouble(bytes, isMissing && !hasNullBits ? std::nan("") : pixel + 1.0);
        addDouble(bytes, 0.5);
    }
    const std::string kind = hasNullBits ? "BINARY2" : "BINARY";
    return document(
        "<" + kind + "><STREAM encoding=\"base64\">" + base64(bytes) + "</STREAM></" + kind + ">",
        "");
}

std::string votableArrays()
{
    std::string cells[3];
    for (int pixel = 0; pixel < kPixels; ++pixel) {
        cells[0] += wavelength(pixel) + " ";
        cells[1] += pixel == kMissing ? "NaN " : std::to_string(pixel + 1) + " ";
        cells[2] += "0.5 ";
    }
    std::string text = document("<TABLEDATA><TR><TD>" + cells[0] + "</TD><TD>" + cells[1]
            + "</TD><TD>" + cells[2] + "</TD></TR></TABLEDATA>",
        "*");
    for (const char* name :
        { "VOTABLE", "RESOURCE", "PARAM", "TABLEDATA", "TABLE", "FIELD", "DATA", "TR", "TD" })
        for (const std::string start : { "<", "</" })
            for (const char end : { ' ', '>' })
                for (std::size_t at = 0;
                     (at = text.find(start + name + end, at)) != std::string::npos; ++at)
                    text.insert(at + start.size(), "vo:");
    return text;
}

} // namespace maury::test

#include "tests/support/survey_files.h"

#include <array>
#include <cstdio>

namespace maury::test {
namespace {

FitsHduText header(std::vector<std::string> cards)
{
    return { std::move(cards), {}, {} };
}

FitsHduText image(
    std::vector<double> row, std::size_t rows, std::vector<std::string> cards, int bitpix = -32)
{
    FitsHduText hdu { std::move(cards), { row.size() }, {}, bitpix };
    if (rows > 1)
        hdu.axes.push_back(rows);
    for (std::size_t i = 0; i < rows; ++i)
        hdu.pixels.insert(hdu.pixels.end(), row.begin(), row.end());
    return hdu;
}

std::vector<double> constant(double value, std::size_t count)
{
    return std::vector<double>(count, value);
}

std::vector<std::string> with(std::vector<std::string> cards, const std::string& card)
{
    cards.push_back(card);
    return cards;
}

const std::vector<std::string> kApogeeScale { "CRVAL1  = 4.179", "CDELT1  = 6.0E-06", "CRPIX1  = 1",
    "CTYPE1  = 'LOG-LINEAR'", "DC-FLAG = 1" };

/// CRVAL1 and CDELT1 of the cameras.
constexpr std::array kCameras { std::array { 4713.5, 0.046 }, std::array { 5649.0, 0.0547 },
    std::array { 6477.3, 0.0631 }, std::array { 7585.1, 0.0735 } };

std::vector<std::string> scaleCards(double first, double step)
{
    return { "CRVAL1  = " + std::to_string(first), "CDELT1  = " + std::to_string(step),
        "CRPIX1  = 1.", "CUNIT1  = 'Angstroms'" };
}

constexpr std::size_t kCameraPixels = 128;

} // namespace

std::vector<double> steps(double first, double step, std::size_t count)
{
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = first + step * static_cast<double>(i);
    return values;
}

Hdus apStar(std::size_t rows)
{
    Hdus hdus { header({ "TELESCOP= 'apo25m'", "OBJID   = '2M00000001+0000001'", "RA      = 10.5",
        "DEC     = -20.25", "VHELIO  = 12.5", "VHELIO1 = 12.25", "VHELIO2 = 12.75",
        "NWAVE   = 8575" }) };
    const std::string unit = "BUNIT   = 'Flux (10^-17 erg/s/cm^2/Ang)'";
    hdus.push_back(image(steps(1.0, 0.001, kApStarPixels), rows, with(kApogeeScale, unit)));
    hdus.push_back(image(constant(0.1, kApStarPixels), rows, kApogeeScale));
    hdus.push_back(image(constant(0.0, kApStarPixels), rows, kApogeeScale, 16));
    for (int sky = 0; sky < 4; ++sky)
        hdus.push_back(image(constant(0.0, kApStarPixels), rows, kApogeeScale));
    return hdus;
}

Hdus aspcapStar()
{
    Hdus hdus { header(
        { "OBJ     = '2M00000001+0000001'", "RA      = 10.5", "DEC     = -20.25" }) };
    hdus.push_back(image(steps(1.0, 0.00001, kApStarPixels), 1, kApogeeScale));
    hdus.push_back(image(constant(0.02, kApStarPixels), 1, kApogeeScale));
    hdus.push_back(image(constant(1.0, kApStarPixels), 1, kApogeeScale));
    return hdus;
}

Hdus apVisit()
{
    constexpr std::size_t kPixels = 64;
    Hdus hdus { header({ "TELESCOP= 'apo25m'", "OBJID   = '2M00000001+0000001'", "BC      = 10.0",
        "VRAD    = 5.0", "VHELIO  = 15.0" }) };
    hdus.push_back(image(steps(1.0, 0.001, kPixels), 3, {}));
    hdus.push_back(image(constant(0.1, kPixels), 3, {}));
    hdus.push_back(image(constant(0.0, kPixels), 3, {}, 16));
    FitsHduText wavelengths { { "BUNIT   = 'Wavelength (Ang)'" }, { kPixels, 3 }, {}, -64 };
    for (const double first : { 16950.0, 16430.0, 15810.0 })
        for (const double value : steps(first, -0.2, kPixels))
            wavelengths.pixels.push_back(value);
    hdus.push_back(std::move(wavelengths));
    return hdus;
}

Hdus galahCamera(int camera, std::size_t normalised)
{
    constexpr double kStretch = 1.0 + 50.0 / 299792.458;
    const auto [first, step] = kCameras[static_cast<std::size_t>(camera) - 1];
    auto cards = scaleCards(first, step);
    for (const char* card : { "ORIGIN  = 'GALAH DR3'", "OBJECT  = '140101000101001'",
             "INSTRUME= 'HERMES-2dF'", "SLITMASK= 'OUT'", "BARYEFF = -7.5" })
        cards.emplace_back(card);
    Hdus hdus { image(steps(1.0, 0.001, kCameraPixels), 1, cards) };
    for (int hdu = 0; hdu < 3; ++hdu)
        hdus.push_back(image(constant(0.01, kCameraPixels), 1, scaleCards(first, step)));
    const double start = first + step * static_cast<double>(kCameraPixels - normalised);
    hdus.push_back(image(steps(0.9, 0.0001, normalised), 1,
        with(scaleCards(0.0, 0.0), "EXTNAME = 'normalised spectra'"), -64));
    char value[32];
    std::snprintf(value, sizeof value, "%.12f", start / kStretch);
    hdus.back().cards[0] = std::string("CRVAL1  = ") + value;
    std::snprintf(value, sizeof value, "%.15f", step / kStretch);
    hdus.back().cards[1] = std::string("CDELT1  = ") + value;
    return hdus;
}

Hdus galahCamera6(int camera)
{
    const auto [first, step] = kCameras[static_cast<std::size_t>(camera) - 1];
    const auto scale = scaleCards(first, step);
    auto cards = scale;
    for (const char* card :
        { "INSTRUME= 'HERMES-2dF'", "OBJECT  = 'galah'", "RV      = 50.0", "BARYEFF = -7.5" })
        cards.emplace_back(card);
    Hdus hdus { image(steps(1.0, 0.001, kCameraPixels), 1, cards) };
    hdus.push_back(
        image(steps(0.9, 0.0001, kCameraPixels), 1, with(scale, "EXTNAME = 'normalized'")));
    hdus.push_back(
        image(constant(0.01, kCameraPixels), 1, with(scale, "EXTNAME = 'relative_error'")));
    for (const char* name : { "sky", "teluric", "scattered", "cross_talk" })
        hdus.push_back(image(
            constant(0.0, kCameraPixels), 1, with(scale, std::string("EXTNAME = '") + name + "'")));
    hdus.push_back(image(constant(0.2, 16), 1, with(scale, "EXTNAME = 'resolution_profile'")));
    return hdus;
}

} // namespace maury::test

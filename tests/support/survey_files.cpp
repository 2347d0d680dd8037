#include "tests/support/survey_files.h"

#include <array>
#include <cmath>
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

namespace {

constexpr std::size_t kTablePixels = 50;

std::vector<double> powersOfTen(const std::vector<double>& logarithms)
{
    std::vector<double> values;
    for (const double logarithm : logarithms)
        values.push_back(std::pow(10.0, logarithm));
    return values;
}

FitsHduText table(std::string name, std::vector<FitsColumnText> columns)
{
    FitsHduText hdu;
    hdu.cards = { "EXTNAME = '" + name + "'" };
    hdu.columns = std::move(columns);
    return hdu;
}

const std::vector<std::string> kCorrected { "HELIO_RV= 12.5", "VACUUM  = T" };

std::vector<std::string> lamostCards(const std::string& rows)
{
    return { "TELESCOP= 'LAMOST'", "DESIG   = 'LAMOST J000000.00+000000.0'", "RA      = 10.5",
        "DEC     = 20.25", "HELIO   = T", "VACUUM  = T", "CLASS   = 'STAR'", "SUBCLASS= 'A0'",
        "EXTEN0  = '" + rows + "'", "COEFF0  = 3.6", "COEFF1  = 0.0001" };
}

} // namespace

Hdus sdssSpec()
{
    auto cards = kCorrected;
    for (const char* card : { "RA      = 1.0", "DEC     = 2.0", "PLUG_RA = 10.5", "PLUG_DEC= 20.25",
             "BUNIT   = '1E-17 erg/cm^2/s/Ang'" })
        cards.emplace_back(card);
    return { header(cards),
        table("COADD",
            { { "flux", "E", steps(1.0, 0.001, kTablePixels) },
                { "loglam", "D", steps(3.6, 1e-4, kTablePixels) },
                { "ivar", "E", constant(4.0, kTablePixels) },
                { "and_mask", "J", constant(0.0, kTablePixels) },
                { "or_mask", "J", constant(1.0, kTablePixels) } }),
        table("SPECOBJ",
            { { "CLASS", "6A", {}, { "STAR" } }, { "SUBCLASS", "10A", {}, { "G2V" } } }) };
}

Hdus sdssSpSpec()
{
    auto cards = kCorrected;
    for (const char* card : { "ARRAY1  = 'SPECTRUM'", "COEFF0  = 3.6", "COEFF1  = 0.0001",
             "RA      = 1.0", "RAOBJ   = 10.5", "DECOBJ  = 20.25" })
        cards.emplace_back(card);
    FitsHduText hdu { cards, { kTablePixels, 4 }, {} };
    for (const auto& row : { steps(1.0, 0.001, kTablePixels), constant(0.0, kTablePixels),
             constant(0.5, kTablePixels), constant(0.0, kTablePixels) })
        hdu.pixels.insert(hdu.pixels.end(), row.begin(), row.end());
    return { hdu };
}

Hdus lamostImage(bool firstRelease)
{
    auto wavelengths = powersOfTen(steps(3.6, 1e-4, kTablePixels));
    for (double& wavelength : wavelengths)
        wavelength += 1.0;
    FitsHduText hdu { lamostCards(firstRelease ? "Flux Inverse Subcontinuum Andmask Ormask"
                                               : "Flux, Inverse, Wavelength, Andmask, Ormask"),
        { kTablePixels, 5 }, {} };
    const auto none = constant(0.0, kTablePixels);
    for (const auto& row : { steps(1.0, 0.001, kTablePixels), constant(4.0, kTablePixels),
             firstRelease ? constant(0.9, kTablePixels) : wavelengths, none, none })
        hdu.pixels.insert(hdu.pixels.end(), row.begin(), row.end());
    return { hdu };
}

Hdus lamostTable()
{
    return { header(lamostCards("")),
        table("COADD",
            { { "FLUX", "50E", steps(1.0, 0.001, kTablePixels) },
                { "IVAR", "50E", constant(4.0, kTablePixels) },
                { "WAVELENGTH", "50D", steps(4000.0, 1.0, kTablePixels) },
                { "ANDMASK", "50I", constant(0.0, kTablePixels) },
                { "ORMASK", "50I", constant(1.0, kTablePixels) } }) };
}

Hdus lamostMrs()
{
    Hdus hdus { header(lamostCards("")) };
    const auto add = [&hdus](const char* name, double first, double step, const char* mask) {
        hdus.push_back(table(name,
            { { "FLUX", "E", steps(1.0, 0.001, kTablePixels) },
                { "IVAR", "E", constant(4.0, kTablePixels) },
                { "LOGLAM", "D", steps(first, step, kTablePixels) },
                { mask, "I", constant(0.0, kTablePixels) } }));
    };
    add("COADD_B", 3.69, 1e-5, "ANDMASK");
    add("COADD_R", 3.80, 1e-5, "ANDMASK");
    add("B-84107311", 3.69, 1e-5, "PIXMASK");
    add("R-84107311", 3.81, -1e-5, "PIXMASK");
    return hdus;
}

Hdus esoPhase3(std::size_t rows)
{
    constexpr std::size_t kPixels = 60;
    const std::string cells = std::to_string(kPixels);
    FitsHduText hdu = table("SPECTRUM", {});
    std::vector<double> wavelengths;
    for (std::size_t row = 0; row < rows; ++row)
        for (const double value : steps(5000.0 - 400.0 * static_cast<double>(row), 0.05, kPixels))
            wavelengths.push_back(value);
    const std::string ofFlux = "phot.flux.density;em.wl;src.net";
    hdu.columns = { { "A", cells + "D", wavelengths, {}, "angstrom", "em.wl;obs.atmos",
                        "spec:Data.SpectralAxis.Value" },
        { "B", cells + "E", constant(9.0, rows * kPixels), {}, "adu", ofFlux + ";stat.uncalib",
            "eso:Data.FluxAxis.Value" },
        { "C", cells + "E", constant(8.0, rows * kPixels), {}, "adu",
            "stat.error;" + ofFlux + ";stat.uncalib", "eso:Data.FluxAxis.Accuracy.StatError" },
        { "D", cells + "E", steps(1.0, 0.001, rows * kPixels), {}, "erg/s", ofFlux + ";meta.main",
            "spec:Data.FluxAxis.Value" },
        { "E", cells + "E", constant(0.5, rows * kPixels), {}, "erg/s",
            "stat.error;" + ofFlux + ";meta.main", "spec:Data.FluxAxis.Accuracy.StatError" } };
    return { header({ "PRODCATG= 'SCIENCE.SPECTRUM'", "OBJECT  = 'star'", "RA      = 10.5",
                 "DEC     = 20.25", "SPECSYS = 'TOPOCENT'", "CONTNORM= F", "SPEC_RES= 47000.0",
                 "HIERARCH ESO QC VRAD BARYCOR = -18.5" }),
        hdu };
}

Hdus multispec(const std::vector<std::string>& scales)
{
    constexpr std::size_t kPixels = 40;
    std::string attributes = "wtype=multispec";
    for (std::size_t i = 0; i < scales.size(); ++i)
        attributes += " spec" + std::to_string(i + 1) + " = \"" + scales[i] + "\"";
    FitsHduText hdu {
        { "CTYPE1  = 'MULTISPE'", "CTYPE2  = 'MULTISPE'", "WAT0_001= 'system=multispec'",
            "WAT1_001= 'wtype=multispec label=Wavelength units=angstroms'",
            "BANDID1 = 'spectrum - background fit'", "BANDID2 = 'sigma - background'" },
        { kPixels, scales.size(), 2 }, {}
    };
    constexpr std::size_t kCardText = 68;
    for (std::size_t card = 0; card * kCardText < attributes.size(); ++card) {
        char name[32];
        std::snprintf(name, sizeof name, "WAT2_%03d= '", static_cast<int>(card) + 1);
        hdu.cards.push_back(name + attributes.substr(card * kCardText, kCardText) + "'");
    }
    for (std::size_t row = 0; row < scales.size(); ++row)
        for (const double value : steps(1.0 + static_cast<double>(row), 0.001, kPixels))
            hdu.pixels.push_back(value);
    hdu.pixels.resize(2 * hdu.pixels.size(), 0.5);
    return { hdu };
}

} // namespace maury::test

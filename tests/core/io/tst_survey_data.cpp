// The real files of the surveys against what their headers say, worked out here from the bytes of
// the file: cards and arrays are read without any library and without our readers.

#include "core/io/file_bytes.h"
#include "core/io/reader_registry.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <Eigen/Dense>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

using namespace maury;
using spectrum::Frame;
using spectrum::Medium;

namespace {

constexpr std::size_t kBlock = 2880;
constexpr double kLightKms = 299792.458;

/// An HDU as its bytes are.
struct RawHdu {
    std::map<std::string, std::string> cards;
    std::string data;

    [[nodiscard]] double number(const std::string& key) const
    {
        const auto card = cards.find(key);
        return card == cards.end() ? std::nan("") : std::atof(card->second.c_str());
    }
    [[nodiscard]] std::size_t axis(int i) const
    {
        return static_cast<std::size_t>(number("NAXIS" + std::to_string(i)));
    }
    [[nodiscard]] double valueAt(std::size_t byte, char kind) const
    {
        const std::size_t size = kind == 'D' ? 8 : kind == 'I' ? 2 : 4;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < size; ++i)
            bits = bits << 8 | static_cast<unsigned char>(data.at(byte + i));
        if (kind == 'D')
            return std::bit_cast<double>(bits);
        if (kind == 'E')
            return double(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
        if (kind == 'I')
            return double(static_cast<std::int16_t>(bits));
        return double(static_cast<std::int32_t>(bits));
    }
    /// Pixel i of an image.
    [[nodiscard]] double pixel(std::size_t i) const
    {
        const double bitpix = number("BITPIX");
        const char kind = bitpix == -64 ? 'D' : bitpix == -32 ? 'E' : bitpix == 16 ? 'I' : 'J';
        return valueAt(i * static_cast<std::size_t>(std::abs(bitpix)) / 8, kind);
    }
    /// Cell i of the column of that name, in a table of cells of one kind.
    [[nodiscard]] double cell(const std::string& name, std::size_t row, std::size_t i) const
    {
        std::size_t offset = 0;
        for (int column = 1;; ++column) {
            const std::string& form = cards.at("TFORM" + std::to_string(column));
            const char kind = form.back();
            const std::size_t repeat = form.size() == 1 ? 1 : std::stoul(form);
            const std::size_t size = kind == 'D' ? 8 : kind == 'I' ? 2 : 4;
            if (cards.at("TTYPE" + std::to_string(column)) == name)
                return valueAt(row * axis(1) + offset + i * size, kind);
            offset += size * repeat;
        }
    }
};

std::vector<RawHdu> rawHdus(const std::filesystem::path& file)
{
    const auto bytes = io::readBytes(file);
    EXPECTS(bytes.has_value());
    std::vector<RawHdu> hdus;
    for (std::size_t at = 0; at + 80 <= bytes->size();) {
        RawHdu hdu;
        for (std::string card; !card.starts_with("END     "); at += 80) {
            card = bytes->substr(at, 80);
            if (card.size() < 80 || card[8] != '=')
                continue;
            std::string value = card.substr(10);
            const std::size_t open = value.find('\'');
            if (open != std::string::npos && open < 3)
                value = value.substr(open + 1, value.find('\'', open + 1) - open - 1);
            else
                value = value.substr(0, value.find('/'));
            const auto trimmed = QString::fromStdString(value).trimmed().toStdString();
            hdu.cards.emplace(
                QString::fromStdString(card.substr(0, 8)).trimmed().toStdString(), trimmed);
        }
        at = (at + kBlock - 1) / kBlock * kBlock;
        double size = hdu.number("NAXIS") > 0 ? std::abs(hdu.number("BITPIX")) / 8.0 : 0.0;
        for (int axis = 1; axis <= int(hdu.number("NAXIS")); ++axis)
            size *= hdu.number("NAXIS" + std::to_string(axis));
        hdu.data = bytes->substr(at, static_cast<std::size_t>(size));
        at += (static_cast<std::size_t>(size) + kBlock - 1) / kBlock * kBlock;
        hdus.push_back(std::move(hdu));
    }
    return hdus;
}

std::filesystem::path survey()
{
    return test::dataFolder() / "survey";
}

std::vector<std::filesystem::path> filesIn(const std::string& folder, const std::string& start)
{
    const auto all = io::listFiles(survey() / folder);
    EXPECTS(all.has_value());
    std::vector<std::filesystem::path> chosen;
    for (const auto& file : *all)
        if (file.filename().string().starts_with(start))
            chosen.push_back(file);
    return chosen;
}

spectrum::SpectrumPtr read(const std::filesystem::path& file, const io::ReadOptions& options = {})
{
    const auto result = io::readSpectrum(file, options);
    EXPECTS(result.has_value());
    return *result;
}

/// The largest relative difference to `expected`.
template <typename Expected>
double worst(const std::vector<double>& wavelengths, Expected&& expected)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < wavelengths.size(); ++i)
        largest = std::max(largest, std::abs(wavelengths[i] / expected(i) - 1.0));
    return largest;
}

constexpr double kTolerance = 1e-6;

/// surveys.md: PIXMASK bits 0–7 and 12–14, flux exactly 0, errors that are none or huge.
bool isGoodApogee(double flux, double error, double mask)
{
    const auto bits = static_cast<unsigned>(static_cast<int>(mask)) & 0x70FFU;
    return bits == 0 && flux != 0.0 && error > 0.0 && error < 1e9;
}

/// The centre of a line: the vertex of the parabola through the flux within `halfWidth` of it.
double lineCentre(const spectrum::Segment& segment, double near, double halfWidth)
{
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        const double offset = segment.wavelengthAngstrom[i] - near;
        if (std::abs(offset) > halfWidth)
            continue;
        x.push_back(offset);
        y.push_back(segment.flux[i]);
    }
    Eigen::MatrixXd terms(Eigen::Index(x.size()), 3);
    Eigen::VectorXd flux(Eigen::Index(x.size()));
    for (Eigen::Index i = 0; i < flux.size(); ++i) {
        const double offset = x[std::size_t(i)];
        terms.row(i) << 1.0, offset, offset * offset;
        flux[i] = y[std::size_t(i)];
    }
    const Eigen::VectorXd parabola = terms.colPivHouseholderQr().solve(flux);
    return near - 0.5 * parabola[1] / parabola[2];
}

} // namespace

class TestSurveyData : public QObject {
    Q_OBJECT
private slots:
    void apogeeStars()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : filesIn("apogee", "apStar")) {
            const auto hdus = rawHdus(file);
            const std::size_t pixels = hdus[1].axis(1);
            const int rows = hdus[1].number("NAXIS") > 1 ? int(hdus[1].axis(2)) : 1;
            for (int row = 0; row < rows; ++row) {
                io::ReadOptions options;
                options.row = row;
                const auto star = read(file, options);
                const auto& segment = star->segments.at(0);
                QCOMPARE(star->rows, rows);
                QCOMPARE(segment.pixels(), pixels);
                QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Rest);
                const double first = hdus[1].number("CRVAL1");
                const double step = hdus[1].number("CDELT1");
                QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t i) {
                    return std::exp(std::log(10.0) * (first + double(i) * step));
                }) < kTolerance);
                std::size_t good = 0;
                for (std::size_t i = 0; i < pixels; ++i) {
                    const std::size_t at = std::size_t(row) * pixels + i;
                    const double flux = hdus[1].pixel(at);
                    const double error = hdus[2].pixel(at);
                    const bool isGood = isGoodApogee(flux, error, hdus[3].pixel(at));
                    good += isGood ? 1 : 0;
                    QCOMPARE(segment.isGood(i), isGood);
                    QCOMPARE(segment.flux[i], flux);
                    if (isGood)
                        QVERIFY(std::abs(segment.ivar[i] * error * error - 1.0) < 1e-12);
                }
                QCOMPARE(segment.goodPixels(), good);
            }
        }
    }

    void apogeeVisitsAndAspcap()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : filesIn("apogee", "apVisit")) {
            const auto hdus = rawHdus(file);
            const auto visit = read(file);
            QCOMPARE(visit->segments.size(), std::size_t { 3 });
            for (std::size_t chip = 0; chip < 3; ++chip) {
                const auto& segment = visit->segments[2 - chip];
                QVERIFY(segment.frame == Frame::Topocentric);
                const std::size_t last = chip * 4096 + 4095;
                QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t i) {
                    return hdus[4].pixel(last - i);
                }) < 1e-15);
                std::size_t good = 0;
                for (std::size_t i = chip * 4096; i <= last; ++i)
                    good += isGoodApogee(hdus[1].pixel(i), hdus[2].pixel(i), hdus[3].pixel(i));
                QCOMPARE(segment.goodPixels(), good);
            }
            // What the header states is the correction that is still to be applied: VHELIO = VRAD +
            // BC.
            QVERIFY(std::abs(hdus[0].number("VHELIO") - hdus[0].number("VRAD")
                        - *visit->barycentricCorrectionKms)
                < 1e-3);
        }
        for (const auto& file : filesIn("apogee", "aspcapStar")) {
            const auto hdus = rawHdus(file);
            const auto star = read(file);
            const auto& segment = star->segments.at(0);
            QCOMPARE(segment.rectified, std::optional(true));
            std::size_t good = 0;
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                good += hdus[1].pixel(i) != 0.0 && hdus[2].pixel(i) > 0.0 ? 1 : 0;
            QCOMPARE(segment.goodPixels(), good);
        }
    }

    void galah()
    {
        REQUIRE_TEST_DATA();
        for (const auto& files : io::groupFiles(*io::listFiles(survey() / "galah"))) {
            const auto star = io::readSpectrumFiles(files);
            QVERIFY_RESULT(star);
            io::ReadOptions options;
            options.normalised = true;
            const auto rest = io::readSpectrumFiles(files, options);
            QVERIFY_RESULT(rest);
            const bool lacksCamera4 = (*star)->object == "181222001801157";
            QCOMPARE(files.size(), std::size_t { lacksCamera4 ? 3U : 4U });
            QCOMPARE((*star)->segments.size(), files.size());
            for (std::size_t camera = 0; camera < files.size(); ++camera) {
                const auto hdus = rawHdus(files[camera]);
                const auto& segment = (*star)->segments[camera];
                const auto& normalised = (*rest)->segments[camera];
                QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Barycentric);
                QVERIFY(normalised.frame == Frame::Rest);
                const auto scaleOf = [](const RawHdu& hdu) {
                    return [&hdu](std::size_t i) {
                        return hdu.number("CRVAL1") + double(i) * hdu.number("CDELT1");
                    };
                };
                QVERIFY(worst(segment.wavelengthAngstrom, scaleOf(hdus[0])) < kTolerance);
                QVERIFY(worst(normalised.wavelengthAngstrom, scaleOf(hdus[4])) < kTolerance);
                std::size_t good = 0;
                for (std::size_t i = 0; i < segment.pixels(); ++i)
                    good += hdus[0].pixel(i) > 0.0 && hdus[1].pixel(i) > 0.0 ? 1 : 0;
                QCOMPARE(segment.goodPixels(), good);
                // One velocity brings the barycentric scale to that at rest, at both ends.
                const auto velocityAt = [&](std::size_t i) {
                    return kLightKms
                        * (segment.wavelengthAngstrom[i] / normalised.wavelengthAngstrom[i] - 1.0);
                };
                QVERIFY(std::abs(velocityAt(0) - *(*star)->radialVelocityKms) < 0.1);
                QVERIFY(std::abs(velocityAt(4095) - *(*star)->radialVelocityKms) < 0.1);
            }
        }
    }

    // Hβ 4861.323 and Hα 6562.797 Å (air): at rest after the star's own velocity.
    void galahBalmerLines()
    {
        REQUIRE_TEST_DATA();
        for (const auto& files : io::groupFiles(*io::listFiles(survey() / "galah"))) {
            const auto star = io::readSpectrumFiles(files);
            QVERIFY_RESULT(star);
            const double velocity = *(*star)->radialVelocityKms;
            for (const auto& [camera, rest] : { std::pair(std::size_t { 0 }, 4861.323),
                     std::pair(std::size_t { 2 }, 6562.797) }) {
                const auto& segment = (*star)->segments.at(camera);
                const double expected = rest * (1.0 + velocity / kLightKms);
                // In the coolest of these stars metal lines stand on both sides of Hβ.
                const bool isBlended = (*star)->object == "140311006601089" && camera == 0;
                const double found = lineCentre(segment, expected, isBlended ? 0.5 : 1.2);
                const double off = kLightKms * (found / expected - 1.0);
                QVERIFY2(
                    std::abs(off) < 3.0, qPrintable(QString("%1 km/s at %2 Å").arg(off).arg(rest)));
            }
        }
    }

    void sdss()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : filesIn("sdss", "spec-")) {
            const auto hdus = rawHdus(file);
            const auto star = read(file);
            const auto& segment = star->segments.at(0);
            QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Heliocentric);
            QCOMPARE(segment.pixels(), hdus[1].axis(2));
            QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t i) {
                return std::exp(std::log(10.0) * hdus[1].cell("loglam", i, 0));
            }) < kTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < segment.pixels(); ++i) {
                // No data, no sky, fully rejected, combination rejected, bright sky.
                const auto bits = static_cast<unsigned>(
                    static_cast<std::int64_t>(hdus[1].cell("and_mask", i, 0)));
                const bool rejected = (bits & 0x03C40000U) != 0;
                good += !rejected && hdus[1].cell("ivar", i, 0) > 0.0
                        && hdus[1].cell("flux", i, 0) != 0.0
                    ? 1
                    : 0;
            }
            QCOMPARE(segment.goodPixels(), good);
        }
        for (const auto& file : filesIn("sdss", "spSpec")) {
            const auto hdus = rawHdus(file);
            const auto star = read(file);
            const auto& segment = star->segments.at(0);
            QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t i) {
                return std::exp(std::log(10.0)
                    * (hdus[0].number("COEFF0") + double(i) * hdus[0].number("COEFF1")));
            }) < kTolerance);
            QVERIFY(std::abs(segment.ivar[2000] * std::pow(hdus[0].pixel(2 * 3820 + 2000), 2) - 1.0)
                < 1e-6);
        }
    }

    void lamost()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : filesIn("lamost", "spec-")) {
            const auto hdus = rawHdus(file);
            const auto star = read(file);
            const auto& segment = star->segments.at(0);
            const std::size_t pixels = hdus[0].axis(1);
            QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Heliocentric);
            QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t i) {
                return std::exp(std::log(10.0)
                    * (hdus[0].number("COEFF0") + double(i) * hdus[0].number("COEFF1")));
            }) < kTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < pixels; ++i)
                good += hdus[0].pixel(i) != 0.0 && hdus[0].pixel(pixels + i) > 0.0
                        && hdus[0].pixel(3 * pixels + i) == 0.0
                    ? 1
                    : 0;
            QCOMPARE(segment.goodPixels(), good);
        }
        for (const auto& file : filesIn("lamost", "med-")) {
            const auto hdus = rawHdus(file);
            const auto star = read(file);
            QCOMPARE(star->segments.size(), hdus.size() - 1);
            for (std::size_t i = 0; i < star->segments.size(); ++i) {
                const auto& hdu = hdus[i + 1];
                const auto& segment = star->segments[i];
                const bool descends = hdu.cell("LOGLAM", 0, 0) > hdu.cell("LOGLAM", 1, 0);
                QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t pixel) {
                    const std::size_t row = descends ? segment.pixels() - 1 - pixel : pixel;
                    return std::exp(std::log(10.0) * hdu.cell("LOGLAM", row, 0));
                }) < kTolerance);
            }
        }
    }

    void eso()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : filesIn("eso", "ADP")) {
            const auto hdus = rawHdus(file);
            const auto star = read(file);
            const auto& segment = star->segments.at(0);
            QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Topocentric);
            QVERIFY(star->barycentricCorrectionKms.has_value());
            QVERIFY(worst(segment.wavelengthAngstrom, [&](std::size_t i) {
                return hdus[1].cell("WAVE", 0, i);
            }) < kTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < segment.pixels(); ++i) {
                const double error = hdus[1].cell("ERR", 0, i);
                good += hdus[1].cell("FLUX", 0, i) != 0.0 && error > 0.0 ? 1 : 0;
            }
            QCOMPARE(segment.goodPixels(), good);
        }
    }
};

QTEST_GUILESS_MAIN(TestSurveyData)
#include "tst_survey_data.moc"

// The real files of the surveys against what their headers say, worked out from the bytes of the
// file without any library and without our readers (tests/support/raw_fits.h).

#include "tests/support/raw_fits.h"
#include "tests/support/survey_folder.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;
using spectrum::Frame;
using spectrum::Medium;

namespace {

/// 10^(first + i · step).
double logWavelength(double first, double step, std::size_t i)
{
    return std::exp(std::log(10.0) * (first + double(i) * step));
}

/// APOGEE's PIXMASK bits 0–7 and 12–14, flux exactly 0, errors that are none or huge.
bool isGoodApogee(double flux, double error, double mask)
{
    const auto bits = static_cast<unsigned>(static_cast<int>(mask)) & 0x70FFU;
    return bits == 0 && flux != 0.0 && error > 0.0 && error < 1e9;
}

} // namespace

class TestSurveyData : public QObject {
    Q_OBJECT
private slots:
    void apogeeStars()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : surveyFiles("apogee", "apStar")) {
            const auto hdus = rawHdus(file);
            const std::size_t pixels = hdus[1].axis(1);
            const int rows = hdus[1].number("NAXIS") > 1 ? int(hdus[1].axis(2)) : 1;
            for (int row = 0; row < rows; ++row) {
                io::ReadOptions options;
                options.row = row;
                const auto star = readSurvey(file, options);
                const auto& segment = star->segments.at(0);
                QCOMPARE(star->rows, rows);
                QCOMPARE(segment.pixels(), pixels);
                QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Rest);
                const double first = hdus[1].number("CRVAL1");
                const double step = hdus[1].number("CDELT1");
                QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                    return logWavelength(first, step, i);
                }) < kWavelengthTolerance);
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
        for (const auto& file : surveyFiles("apogee", "apVisit")) {
            const auto hdus = rawHdus(file);
            const auto visit = readSurvey(file);
            QCOMPARE(visit->segments.size(), std::size_t { 3 });
            for (std::size_t chip = 0; chip < 3; ++chip) {
                const auto& segment = visit->segments[2 - chip];
                QVERIFY(segment.frame == Frame::Topocentric);
                const std::size_t last = chip * 4096 + 4095;
                QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
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
        for (const auto& file : surveyFiles("apogee", "aspcapStar")) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            const auto& segment = star->segments.at(0);
            QCOMPARE(segment.rectified, std::optional(true));
            QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Rest);
            QCOMPARE(segment.pixels(), hdus[1].axis(1));
            QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                return logWavelength(hdus[1].number("CRVAL1"), hdus[1].number("CDELT1"),
                    i + 1 - std::size_t(hdus[1].number("CRPIX1")));
            }) < kWavelengthTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                good += hdus[1].pixel(i) != 0.0 && hdus[2].pixel(i) > 0.0 ? 1 : 0;
            QCOMPARE(segment.goodPixels(), good);
        }
    }

    void sdss()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : surveyFiles("sdss", "spec-")) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            const auto& segment = star->segments.at(0);
            QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Heliocentric);
            QCOMPARE(segment.pixels(), hdus[1].axis(2));
            QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                return std::exp(std::log(10.0) * hdus[1].cell("loglam", i, 0));
            }) < kWavelengthTolerance);
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
        for (const auto& file : surveyFiles("sdss", "spSpec")) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            const auto& segment = star->segments.at(0);
            QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                return logWavelength(hdus[0].number("COEFF0"), hdus[0].number("COEFF1"), i);
            }) < kWavelengthTolerance);
            QVERIFY(std::abs(segment.ivar[2000] * std::pow(hdus[0].pixel(2 * 3820 + 2000), 2) - 1.0)
                < 1e-6);
        }
    }

    void lamost()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : surveyFiles("lamost", "spec-")) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            const auto& segment = star->segments.at(0);
            const std::size_t pixels = hdus[0].axis(1);
            QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Heliocentric);
            QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                return logWavelength(hdus[0].number("COEFF0"), hdus[0].number("COEFF1"), i);
            }) < kWavelengthTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < pixels; ++i)
                good += hdus[0].pixel(i) != 0.0 && hdus[0].pixel(pixels + i) > 0.0
                        && hdus[0].pixel(3 * pixels + i) == 0.0
                    ? 1
                    : 0;
            QCOMPARE(segment.goodPixels(), good);
        }
        for (const auto& file : surveyFiles("lamost", "med-")) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            QCOMPARE(star->segments.size(), hdus.size() - 1);
            for (std::size_t i = 0; i < star->segments.size(); ++i) {
                const auto& hdu = hdus[i + 1];
                const auto& segment = star->segments[i];
                const bool descends = hdu.cell("LOGLAM", 0, 0) > hdu.cell("LOGLAM", 1, 0);
                QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t pixel) {
                    const std::size_t row = descends ? segment.pixels() - 1 - pixel : pixel;
                    return std::exp(std::log(10.0) * hdu.cell("LOGLAM", row, 0));
                }) < kWavelengthTolerance);
            }
        }
    }

    void eso()
    {
        REQUIRE_TEST_DATA();
        for (const auto& file : surveyFiles("eso", "ADP")) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            const auto& segment = star->segments.at(0);
            QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Topocentric);
            QVERIFY(star->barycentricCorrectionKms.has_value());
            QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                return hdus[1].cell("WAVE", 0, i);
            }) < kWavelengthTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < segment.pixels(); ++i) {
                const double error = hdus[1].cell("ERR", 0, i);
                good += hdus[1].cell("FLUX", 0, i) != 0.0 && error > 0.0 ? 1 : 0;
            }
            QCOMPARE(segment.goodPixels(), good);
        }
    }

    // CRVAL1 + (i + 1 − CRPIX1) · CDELT1; zeros are padding.
    void harps()
    {
        REQUIRE_TEST_DATA();
        const auto files = surveyFiles("echelle1d", "HARPS");
        QCOMPARE(files.size(), std::size_t { 2 });
        for (const auto& file : files) {
            const auto hdus = rawHdus(file);
            const auto star = readSurvey(file);
            const auto& segment = star->segments.at(0);
            QCOMPARE(segment.pixels(), hdus[0].axis(1));
            QVERIFY(worstRelative(segment.wavelengthAngstrom, [&](std::size_t i) {
                return hdus[0].number("CRVAL1")
                    + (double(i) + 1.0 - hdus[0].number("CRPIX1")) * hdus[0].number("CDELT1");
            }) < kWavelengthTolerance);
            std::size_t good = 0;
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                good += hdus[0].pixel(i) != 0.0 ? 1 : 0;
            QCOMPARE(segment.goodPixels(), good);
        }
    }
};

QTEST_GUILESS_MAIN(TestSurveyData)
#include "tst_survey_data.moc"

#include "core/io/multispec_scale.h"
#include "core/io/reader_registry.h"
#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;
using base::ErrorCode;

namespace {

base::Result<spectrum::SpectrumPtr> readScales(
    const std::vector<std::string>& scales, const io::ReadOptions& options = {})
{
    const TemporaryFolder folder;
    return io::readSpectrum(folder.write("a.fits", fitsBytes(multispec(scales))), options);
}

double wavelengthAt(const char* text, double pixel)
{
    const auto scale = io::parseMultispecScale(text, "here");
    EXPECTS(scale.has_value());
    return scale->wavelength(pixel);
}

} // namespace

class TestMultispecReader : public QObject {
    Q_OBJECT
private slots:
    // By hand from IRAF's help on specwcs.
    void laws()
    {
        const char* linear = "1 1 0 4000.0 0.5 40 0.0 1 2";
        QCOMPARE(wavelengthAt(linear, 11.0), 4005.0);
        const char* redshifted = "1 1 0 4000.0 0.5 40 0.25 1 2";
        QCOMPARE(wavelengthAt(redshifted, 1.0), 3200.0);
        const char* logarithmic = "1 1 1 3.6 0.0001 40 0.0 1 2";
        QVERIFY(std::abs(wavelengthAt(logarithmic, 11.0) - std::pow(10.0, 3.601)) < 1e-9);
        // Chebyshev of order 3 over pixels 1 to 41: n = (p − 21)/20; T2 = 2n² − 1.
        const char* chebyshev = "1 1 2 0 0 40 0 1 2 1.0 0.0 1 3 1 41 4000 10 2";
        QVERIFY(std::abs(wavelengthAt(chebyshev, 31.0) - (4000.0 + 5.0 + 2.0 * -0.5)) < 1e-9);
        // Legendre: P2 = (3n² − 1)/2.
        const char* legendre = "1 1 2 0 0 40 0 1 2 1.0 0.0 2 3 1 41 4000 10 2";
        QVERIFY(std::abs(wavelengthAt(legendre, 31.0) - (4000.0 + 5.0 + 2.0 * -0.125)) < 1e-9);
        // A linear spline of two pieces between pixels 1 and 41.
        const char* spline = "1 1 2 0 0 40 0 1 2 1.0 0.0 4 2 1 41 4000 4010 4040";
        QVERIFY(std::abs(wavelengthAt(spline, 11.0) - 4005.0) < 1e-9);
        QVERIFY(std::abs(wavelengthAt(spline, 31.0) - 4025.0) < 1e-9);
        // A cubic spline with equal coefficients is 6 times them: its basis adds up to 6.
        const char* cubic = "1 1 2 0 0 40 0 1 2 1.0 0.0 3 1 1 41 700 700 700 700";
        QVERIFY(std::abs(wavelengthAt(cubic, 17.0) - 4200.0) < 1e-9);
        // Two terms with weights and offsets.
        const char* sum = "1 1 2 0 0 40 0 1 2 0.5 10.0 1 1 1 41 4000 0.5 20.0 1 1 1 41 4000";
        QVERIFY(std::abs(wavelengthAt(sum, 5.0) - 4015.0) < 1e-9);
    }

    void damagedScales_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("short") << "1 1 0 4000.0 0.5";
        QTest::newRow("no pixels") << "1 1 0 4000.0 0.5 0 0.0 1 2";
        QTest::newRow("a million coefficients") << "1 1 2 0 0 40 0 1 2 1 0 1 1000000 1 41 4000";
        QTest::newRow("too few coefficients") << "1 1 2 0 0 40 0 1 2 1 0 1 5 1 41 4000";
        QTest::newRow("unknown function") << "1 1 2 0 0 40 0 1 2 1 0 9 1 1 41 4000";
        QTest::newRow("over no pixels") << "1 1 2 0 0 40 0 1 2 1 0 1 1 7 7 4000";
        QTest::newRow("words") << "1 1 0 four 0.5 40 0.0 1 2";
    }
    void damagedScales()
    {
        QFETCH(QString, text);
        const auto scale = io::parseMultispecScale(text.toStdString(), "here");
        QVERIFY(!scale && scale.error().code == ErrorCode::ValueInvalid);
    }

    // Orders follow each other: segments of one spectrum, by wavelength.
    void orders()
    {
        const auto read
            = readScales({ "1 113 0 5000.0 0.5 40 0 1 2", "2 112 0 4000.0 0.5 30 0 1 2" });
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("iraf-multispec"));
        const auto& segments = (*read)->segments;
        QCOMPARE(segments.size(), std::size_t { 2 });
        QCOMPARE((*read)->rows, 1);
        QCOMPARE((*read)->planes, 2);
        QCOMPARE(segments[0].wavelengthAngstrom[0], 4000.0);
        QCOMPARE(segments[0].pixels(), std::size_t { 30 }); // as many as the scale says
        QCOMPARE(segments[0].flux[0], 2.0);
        QCOMPARE(segments[1].wavelengthAngstrom[0], 5000.0);
        QCOMPARE(segments[1].ivar[0], 4.0); // from the plane called sigma
    }

    // Fibres share their range: they are other stars.
    void fibres()
    {
        const std::vector<std::string> scales { "1 1 0 5000.0 0.5 40 0 1 2",
            "2 2 0 5001.0 0.5 40 0 1 2", "3 3 0 5000.5 0.5 40 0 1 2" };
        io::ReadOptions options;
        options.row = 2;
        const auto read = readScales(scales, options);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->rows, 3);
        QCOMPARE((*read)->segments.size(), std::size_t { 1 });
        QCOMPARE((*read)->segments[0].wavelengthAngstrom[0], 5000.5);
        QCOMPARE((*read)->segments[0].flux[0], 3.0);
        options.row = 3;
        const auto none = readScales(scales, options);
        QVERIFY(!none && none.error().code == ErrorCode::OptionInvalid);
    }

    void planes()
    {
        io::ReadOptions options;
        options.plane = 1;
        const auto read = readScales({ "1 1 0 5000.0 0.5 40 0 1 2" }, options);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments[0].flux[0], 0.5);
        QVERIFY((*read)->segments[0].ivar.empty());
        options.plane = 2;
        const auto none = readScales({ "1 1 0 5000.0 0.5 40 0 1 2" }, options);
        QVERIFY(!none && none.error().code == ErrorCode::OptionInvalid);
    }

    void missingScale()
    {
        auto hdus = multispec({ "1 1 0 5000.0 0.5 40 0 1 2", "2 2 0 6000.0 0.5 40 0 1 2" });
        std::erase_if(
            hdus[0].cards, [](const std::string& card) { return card.starts_with("WAT2_"); });
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY(!read && read.error().code == ErrorCode::ValueMissing);
        QVERIFY(read.error().place.find("HDU 1: WAT2_") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestMultispecReader)
#include "tst_multispec_reader.moc"

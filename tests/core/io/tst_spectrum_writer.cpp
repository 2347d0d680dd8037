#include "core/io/spectrum_writer.h"

#include "core/io/csv_table.h"
#include "core/io/file_bytes.h"
#include "core/io/fits_file.h"
#include "core/io/reader_registry.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::io;
using maury::test::TemporaryFolder;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;

namespace {

Segment segmentOf(double first, Medium medium)
{
    Segment segment;
    for (std::size_t i = 0; i < 40; ++i) {
        const auto x = static_cast<double>(i);
        segment.wavelengthAngstrom.push_back(first + x / 3.0);
        segment.flux.push_back(1.0 + 0.1 * std::sin(x));
        segment.ivar.push_back(100.0 + x);
        segment.mask.push_back(0);
    }
    segment.ivar[7] = 0.0;
    segment.mask[7] = spectrum::mask::kCosmicRay | spectrum::mask::kBadPixel;
    segment.mask[9] = spectrum::mask::kSuspect;
    segment.medium = medium;
    segment.frame = Frame::Barycentric;
    segment.rectified = true;
    segment.resolvingPower = 28000.0;
    return segment;
}

/// Two segments of which the second begins before the first ends, as exposures do.
SpectrumToWrite twoSegments()
{
    SpectrumToWrite spectrum;
    spectrum.star.object = "HD 1 x";
    spectrum.star.raDeg = 12.25;
    spectrum.star.decDeg = -3.5;
    spectrum.star.radialVelocityKms = 41.5;
    spectrum.star.barycentricCorrectionKms = -7.25;
    spectrum.star.spectralType = "G2V";
    spectrum.star.file = "folder/source.fits";
    spectrum.segments = { { segmentOf(5000.0, Medium::Vacuum) },
        { segmentOf(5005.0, Medium::Vacuum),
            { { "bad_fraction", std::vector<double>(40, 0.25) } } } };
    spectrum.segments[0].more = { { "bad_fraction", std::vector<double>(40, 0.125) } };
    spectrum.recipe = "{\"steps\":[\"" + std::string(300, 'x') + "\"]}";
    return spectrum;
}

} // namespace

class TestSpectrumWriter : public QObject {
    Q_OBJECT
private slots:
    void whatIsWrittenIsReadBack_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : { "a.fits", "a.ecsv", "a.csv", "A.FITS" })
            QTest::newRow(name) << name;
    }
    void whatIsWrittenIsReadBack()
    {
        QFETCH(QString, name);
        const TemporaryFolder folder;
        const auto file = folder / name.toStdString();
        const SpectrumToWrite given = twoSegments();
        QVERIFY_RESULT(writeSpectrum(file, given));
        const auto read = readSpectrum(file);
        QVERIFY_RESULT(read);
        const bool isFits = name.toLower() == "a.fits";
        QCOMPARE((*read)->object, given.star.object);
        QCOMPARE((*read)->segments.size(), std::size_t { 2 });
        for (std::size_t i = 0; i < 2; ++i) {
            const Segment& before = given.segments[i].segment;
            const Segment& after = (*read)->segments[i];
            QCOMPARE(after.mask, before.mask);
            QVERIFY(after.medium == Medium::Vacuum && after.frame == Frame::Barycentric);
            QCOMPARE(after.rectified, std::optional(true));
            QCOMPARE(after.resolvingPower, std::optional(28000.0));
            for (std::size_t pixel = 0; pixel < before.pixels(); ++pixel) {
                QVERIFY(std::abs(after.wavelengthAngstrom[pixel] - before.wavelengthAngstrom[pixel])
                    < (isFits ? 1e-300 : 1e-11));
                QVERIFY(std::abs(after.flux[pixel] - before.flux[pixel]) < 1e-14);
                QVERIFY(std::abs(after.ivar[pixel] - before.ivar[pixel]) < 1e-12);
            }
        }
        QCOMPARE((*read)->raDeg, given.star.raDeg);
        QCOMPARE((*read)->decDeg, given.star.decDeg);
        QCOMPARE((*read)->radialVelocityKms, given.star.radialVelocityKms);
        QCOMPARE((*read)->barycentricCorrectionKms, given.star.barycentricCorrectionKms);
        QCOMPARE((*read)->spectralType, given.star.spectralType);
        const auto bytes = readBytes(file);
        QVERIFY(bytes->find("bad_fraction") != std::string::npos);
        QVERIFY(bytes->find("xxxxxxxxxx") != std::string::npos); // the recipe
    }

    // Each segment keeps what is known of it, and of it alone.
    void segmentsOfOtherKinds_data() { whatIsWrittenIsReadBack_data(); }
    void segmentsOfOtherKinds()
    {
        QFETCH(QString, name);
        const TemporaryFolder folder;
        const auto file = folder / name.toStdString();
        SpectrumToWrite given = twoSegments();
        Segment& first = given.segments[0].segment;
        Segment& second = given.segments[1].segment;
        first.medium = Medium::Air;
        first.frame = Frame::Topocentric;
        first.rectified = false;
        first.resolvingPower = 1234.5678901;
        second.frame = Frame::Rest;
        second.rectified.reset();
        second.resolvingPower.reset();
        QVERIFY_RESULT(writeSpectrum(file, given));
        const auto read = readSpectrum(file);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments.size(), std::size_t { 2 });
        for (std::size_t i = 0; i < 2; ++i) {
            const Segment& before = given.segments[i].segment;
            const Segment& after = (*read)->segments[i];
            QVERIFY(after.medium == before.medium);
            QVERIFY(after.frame == before.frame);
            QCOMPARE(after.rectified, before.rectified);
            QCOMPARE(after.resolvingPower, before.resolvingPower);
        }
    }

    // No errors are no column, and an unknown medium stays unknown.
    void nothingIsInvented_data() { whatIsWrittenIsReadBack_data(); }
    void nothingIsInvented()
    {
        QFETCH(QString, name);
        const TemporaryFolder folder;
        const auto file = folder / name.toStdString();
        SpectrumToWrite given = twoSegments();
        given.segments.pop_back();
        given.star.raDeg.reset();
        Segment& segment = given.segments[0].segment;
        segment.ivar.clear();
        segment.medium = Medium::Unknown;
        segment.frame = Frame::Unknown;
        segment.rectified.reset();
        segment.resolvingPower.reset();
        QVERIFY_RESULT(writeSpectrum(file, given));
        const auto read = readSpectrum(file);
        QVERIFY_RESULT(read);
        const Segment& after = (*read)->segments.at(0);
        QVERIFY(after.ivar.empty());
        QVERIFY(after.medium == Medium::Unknown && after.frame == Frame::Unknown);
        QVERIFY(!after.rectified && !after.resolvingPower && !(*read)->raDeg);
    }

    void fitsHeaders()
    {
        const TemporaryFolder folder;
        QVERIFY_RESULT(writeSpectrum(folder / "a.fits", twoSegments()));
        auto fits = FitsFile::open(folder / "a.fits");
        QVERIFY_RESULT(fits);
        QCOMPARE(fits->hdus()->size(), std::size_t { 3 });
        QVERIFY_RESULT(fits->moveTo(2));
        QCOMPARE(fits->text("EXTNAME"), std::optional<std::string>("SEGMENT1"));
        QCOMPARE(fits->text("TUCD1"), std::optional<std::string>("em.wl"));
        QCOMPARE(fits->text("SPECSYS"), std::optional<std::string>("BARYCENT"));
        QCOMPARE(readBytes(folder / "a.fits")->size() % 2880, std::size_t { 0 });
    }

    void tables()
    {
        const TemporaryFolder folder;
        const TableToWrite table { "t",
            { { "x", { 1.5, std::nan("") }, "Angstrom" }, { "n", { 3, 4 }, {}, true } },
            { { "object", "a\nb" } } };
        for (const char* name : { "t.csv", "t.ecsv", "t.fits" })
            QVERIFY_RESULT(writeTable(folder / name, table));
        QCOMPARE(*readBytes(folder / "t.csv"), std::string("x,n\n1.5,3\n,4\n"));
        const auto ecsv = readBytes(folder / "t.ecsv");
        QVERIFY(ecsv->starts_with("# %ECSV 1.0\n# ---\n# datatype:\n"
                                  "# - {name: x, unit: 'Angstrom', datatype: float64}\n"
                                  "# - {name: n, datatype: int64}\n"));
        QVERIFY(ecsv->ends_with("\nx n\n1.5 3\nnan 4\n"));
        QVERIFY(ecsv->find("# - {object: 'a b'}\n") != std::string::npos);
    }

    void failures()
    {
        const TemporaryFolder folder;
        const auto unknown = writeSpectrum(folder / "a.txt", twoSegments());
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, base::ErrorCode::OptionInvalid);
        for (const char* name : { "/nowhere/a.fits", "/nowhere/a.csv" }) {
            const auto nowhere = writeSpectrum(name, twoSegments());
            QVERIFY(!nowhere);
            QCOMPARE(nowhere.error().code, base::ErrorCode::WriteFailed);
            QVERIFY(base::describe(nowhere.error()).find("/nowhere") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestSpectrumWriter)
#include "tst_spectrum_writer.moc"

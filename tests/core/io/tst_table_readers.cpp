// The layouts that keep spectra in tables, or in rows of an image: SDSS, LAMOST, ESO, any table.

#include "core/io/reader_registry.h"
#include "core/io/sdss_reader.h"
#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;
namespace mask = spectrum::mask;

namespace {

base::Result<spectrum::SpectrumPtr> readHdus(const Hdus& hdus)
{
    const TemporaryFolder folder;
    return io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
}

/// Whether the message names all these.
bool names(const base::Error& error, std::initializer_list<const char*> parts)
{
    const std::string message = base::describe(error);
    return std::all_of(parts.begin(), parts.end(),
        [&message](const char* part) { return message.find(part) != std::string::npos; });
}

} // namespace

class TestTableReaders : public QObject {
    Q_OBJECT
private slots:
    void sdss()
    {
        auto hdus = sdssSpec();
        hdus[1].columns[3].values[3] = 1 << 23; // BRIGHTSKY
        hdus[1].columns[3].values[4] = 1 << 19; // PARTIALREJECT
        hdus[1].columns[2].values[5] = 0.0;
        const auto read = readHdus(hdus);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("sdss-spec"));
        QCOMPARE((*read)->spectralType, std::string("G2V"));
        QCOMPARE((*read)->raDeg, std::optional(10.5)); // not the telescope's
        QVERIFY((*read)->warnings.empty());
        const auto& segment = (*read)->segments[0];
        QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Heliocentric);
        QVERIFY(std::abs(segment.wavelengthAngstrom[10] / std::pow(10.0, 3.601) - 1.0) < 1e-12);
        QCOMPARE(segment.ivar[0], 4.0);
        QCOMPARE(segment.mask[3], mask::kSkyLine);
        QCOMPARE(segment.mask[4], mask::kSuspect);
        QCOMPARE(segment.mask[5], mask::kBadPixel);
        QCOMPARE(segment.goodPixels(), std::size_t { 48 });
        QCOMPARE(segment.fluxUnit, std::string("1E-17 erg/cm^2/s/Ang"));
    }

    // MANYBADCOLUMNS marks half of a fibre's pixels: it says nothing of one of them.
    void sdssFlagsOfFibres() { QCOMPARE(io::maskOfSdss(0xFFFFU), 0U); }

    void spSpec()
    {
        auto hdus = sdssSpSpec();
        hdus[0].pixels[2 * 50 + 7] = 0.0; // error
        hdus[0].pixels[3 * 50 + 8] = 1 << 24; // NODATA
        const auto read = readHdus(hdus);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("sdss-spspec"));
        const auto& segment = (*read)->segments[0];
        QVERIFY(std::abs(segment.wavelengthAngstrom[10] / std::pow(10.0, 3.601) - 1.0) < 1e-12);
        QCOMPARE(segment.ivar[0], 4.0);
        QCOMPARE(segment.goodPixels(), std::size_t { 48 });
        QCOMPARE(segment.mask[8], mask::kNoData);
        QCOMPARE((*read)->raDeg, std::optional(10.5));
    }

    void lamostReleases()
    {
        const auto first = readHdus(lamostImage(true));
        const auto later = readHdus(lamostImage(false));
        QVERIFY_RESULT(first);
        QVERIFY_RESULT(later);
        QCOMPARE((*first)->format, std::string("lamost-lrs"));
        QCOMPARE((*first)->spectralType, std::string("A0"));
        const double expected = std::pow(10.0, 3.601);
        QVERIFY(std::abs((*first)->segments[0].wavelengthAngstrom[10] - expected) < 1e-9);
        QVERIFY(std::abs((*later)->segments[0].wavelengthAngstrom[10] - expected - 1.0) < 1e-3);
        QVERIFY((*first)->segments[0].medium == Medium::Vacuum);
        QVERIFY((*first)->segments[0].frame == Frame::Heliocentric);
        QCOMPARE((*first)->segments[0].ivar[0], 4.0);
    }

    void lamostMasks()
    {
        auto hdus = lamostImage(false);
        hdus[0].pixels[3 * 50 + 8] = 4;
        hdus[0].pixels[4 * 50 + 9] = 4; // the or-mask says nothing of the sum
        const auto read = readHdus(hdus);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments[0].mask[8], mask::kBadPixel);
        QCOMPARE((*read)->segments[0].mask[9], 0U);
    }

    void lamostRelease8()
    {
        const auto read = readHdus(lamostTable());
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("lamost-lrs"));
        const auto& segment = (*read)->segments.at(0);
        QCOMPARE(segment.wavelengthAngstrom[10], 4010.0);
        QCOMPARE(segment.goodPixels(), std::size_t { 50 });
        QVERIFY(segment.medium == Medium::Vacuum);
    }

    void lamostMediumResolution()
    {
        const auto read = readHdus(lamostMrs());
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("lamost-mrs"));
        const auto& segments = (*read)->segments;
        QCOMPARE(segments.size(), std::size_t { 4 });
        QCOMPARE(segments[0].origin, std::string("HDU 2 (COADD_B)"));
        QVERIFY(segments[3].flux.front() > segments[3].flux.back()); // it was descending
        QVERIFY(std::abs(segments[1].wavelengthAngstrom[0] - std::pow(10.0, 3.80)) < 1e-9);
        QCOMPARE(segments[3].resolvingPower, std::optional(7500.0));
    }

    void esoByDescriptors()
    {
        const auto read = readHdus(esoPhase3());
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("eso-phase3"));
        QCOMPARE((*read)->barycentricCorrectionKms, std::optional(-18.5));
        const auto& segment = (*read)->segments.at(0);
        QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Topocentric);
        QCOMPARE(segment.rectified, std::optional(false));
        QCOMPARE(segment.resolvingPower, std::optional(47000.0));
        QCOMPARE(segment.fluxUnit, std::string("erg/s"));
        QVERIFY(std::abs(segment.flux[10] - 1.01) < 1e-6);
        QCOMPARE(segment.ivar[0], 4.0);
    }

    void esoVacuum()
    {
        auto hdus = esoPhase3();
        hdus[1].columns[0].ucd = "em.wl";
        const auto read = readHdus(hdus);
        QVERIFY_RESULT(read);
        QVERIFY((*read)->segments[0].medium == Medium::Vacuum);
    }

    void esoSegments()
    {
        const auto read = readHdus(esoPhase3(3));
        QVERIFY_RESULT(read);
        const auto& segments = (*read)->segments;
        QCOMPARE(segments.size(), std::size_t { 3 });
        QCOMPARE(segments[0].wavelengthAngstrom[0], 4200.0);
        QCOMPARE(segments[2].wavelengthAngstrom[0], 5000.0);
        QCOMPARE(segments[0].origin, std::string("HDU 2, row 2"));
    }

    void anyTable()
    {
        const FitsHduText empty { {}, {}, {} };
        FitsHduText table;
        table.columns = { { "index", "J", steps(0, 1, 40) },
            { "Wave_air", "D", steps(500.0, 0.1, 40), {}, "nm" },
            { "Flux", "E", steps(1.0, 0.001, 40) }, { "Flux_err", "E", steps(0.5, 0.0, 40) } };
        const auto read = readHdus({ empty, table });
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("fits-table"));
        const auto& segment = (*read)->segments.at(0);
        QVERIFY(std::abs(segment.wavelengthAngstrom[10] - 5010.0) < 1e-9);
        QVERIFY(segment.medium == Medium::Air);
        QCOMPARE(segment.ivar[3], 4.0);
        QVERIFY(!segment.rectified.has_value());
    }

    void unitsThatAreNone()
    {
        auto hdus = esoPhase3();
        hdus[1].columns[0].unit = "furlong";
        const auto read = readHdus(hdus);
        QVERIFY(!read && read.error().code == ErrorCode::ValueInvalid);
        QVERIFY(names(read.error(), { "a.fits: HDU 2", "furlong", "Å" }));
    }

    void missingColumns()
    {
        const FitsHduText empty { {}, {}, {} };
        FitsHduText table;
        table.columns
            = { { "wave", "D", steps(5000.0, 0.1, 40) }, { "teff", "E", steps(1.0, 0.001, 40) } };
        const auto read = readHdus({ empty, table });
        QVERIFY(!read && read.error().code == ErrorCode::FormatUnknown);
        QVERIFY2(names(read.error(), { "HDU 2", "table of 40 rows" }),
            base::describe(read.error()).c_str());
    }

    void damagedNumbers()
    {
        auto hdus = sdssSpec();
        hdus[1].columns[0].values[3] = std::nan("");
        hdus[1].columns[0].values[4] = INFINITY;
        hdus[1].columns[2].values[5] = std::nan("");
        const auto read = readHdus(hdus);
        QVERIFY_RESULT(read);
        const auto& segment = (*read)->segments[0];
        QCOMPARE(segment.goodPixels(), std::size_t { 47 });
        QCOMPARE(segment.flux[4], 0.0);
        hdus[1].columns[1].values[6] = std::nan("");
        const auto none = readHdus(hdus);
        QVERIFY(!none && none.error().code == ErrorCode::WavelengthsInvalid);
        QVERIFY(names(none.error(), { "HDU 2", "pixel 7" }));
    }

    void zeroVariance()
    {
        auto hdus = sdssSpec();
        hdus[1].columns[2].values.assign(50, 0.0);
        const auto read = readHdus(hdus);
        QVERIFY_RESULT(read); // a column without any error says nothing
        QVERIFY((*read)->segments[0].ivar.empty());
    }

    void hugeTablesInShortFiles()
    {
        auto hdus = esoPhase3();
        hdus[1].columns[0].form = "60D";
        std::string bytes = fitsBytes(hdus);
        const std::size_t at = bytes.find("NAXIS2  = 1");
        bytes.replace(at, 22, "NAXIS2  = 999999999999");
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", bytes));
        QVERIFY(!read.has_value());
        QVERIFY2(read.error().code == ErrorCode::FileTruncated
                || read.error().code == ErrorCode::FileDamaged,
            base::describe(read.error()).c_str());
    }

    // Cut anywhere, a table is refused or whole.
    void truncatedTables()
    {
        const std::string bytes = fitsBytes(sdssSpec());
        const TemporaryFolder folder;
        for (std::size_t length = 1000; length < bytes.size(); length += 500) {
            const auto read = io::readSpectrum(folder.write("cut.fits", bytes.substr(0, length)));
            if (read)
                QCOMPARE((*read)->segments[0].pixels(), std::size_t { 50 });
        }
    }
};

QTEST_GUILESS_MAIN(TestTableReaders)
#include "tst_table_readers.moc"

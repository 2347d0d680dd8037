// The FITS readers on files of real archives.

#include "core/io/csv_table.h"
#include "core/io/reader_registry.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;

class TestFitsRealFiles : public QObject {
    Q_OBJECT
private slots:
    // STELIB in degrees against the Bright Star Catalogue: headers hold radians or hours, B1950 or
    // J2000.
    void stelib()
    {
        REQUIRE_TEST_DATA();
        const auto folder = test::dataFolder() / "stelib";
        const auto index = io::CsvTable::read(folder / "STELIB_index.csv");
        QVERIFY_RESULT(index);
        for (std::size_t row = 0; row < index->rows(); ++row) {
            const auto read = io::readSpectrum(folder / index->cell(row, *index->column("file")));
            QVERIFY_RESULT(read);
            const auto& segment = (*read)->segments.at(0);
            QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Rest);
            QCOMPARE(
                double(segment.pixels()), index->number(row, *index->column("naxis1")).value());
            QVERIFY(std::abs(segment.wavelengthAngstrom[0]
                        - *index->number(row, *index->column("crval1")))
                < 1e-6);
            QCOMPARE((*read)->spectralType, index->cell(row, *index->column("sptype")));
        }
    }

    // Against the Bright Star Catalogue: headers hold radians or hours, B1950 or J2000.
    void stelibPositions()
    {
        REQUIRE_TEST_DATA();
        const auto folder = test::dataFolder() / "stelib";
        const auto matches = io::CsvTable::read(folder / "STELIB_x_BSC5.csv");
        QVERIFY_RESULT(matches);
        for (std::size_t row = 0; row < matches->rows(); ++row) {
            const auto read
                = io::readSpectrum(folder / matches->cell(row, *matches->column("file")));
            QVERIFY_RESULT(read);
            QVERIFY((*read)->raDeg.has_value());
            const double ra = *matches->number(row, *matches->column("ra_J2000_deg"));
            const double dec = *matches->number(row, *matches->column("dec_J2000_deg"));
            const double east
                = std::remainder(*(*read)->raDeg - ra, 360.0) * std::cos(dec / 57.29578);
            const double distance = std::hypot(east, *(*read)->decDeg - dec);
            // Proper motions of up to 4″ a year over half a century.
            QVERIFY2(distance < 0.1, qPrintable(QString::number(distance)));
        }
    }

    // mk.md: 41 of the 166 stars that agree with the Bright Star Catalogue have gaps inside
    // 3850–4600 Å.
    void stelibGaps()
    {
        REQUIRE_TEST_DATA();
        const auto folder = test::dataFolder() / "stelib";
        const auto matches = io::CsvTable::read(folder / "STELIB_x_BSC5.csv");
        QVERIFY_RESULT(matches);
        int agreeing = 0;
        int gappy = 0;
        for (std::size_t row = 0; row < matches->rows(); ++row) {
            if (matches->cell(row, *matches->column("same_subtype")) != "1"
                || matches->cell(row, *matches->column("same_lum")) != "1")
                continue;
            ++agreeing;
            const auto read
                = io::readSpectrum(folder / matches->cell(row, *matches->column("file")));
            QVERIFY_RESULT(read);
            const auto& segment = (*read)->segments[0];
            bool gap = false;
            for (std::size_t i = 0; i < segment.pixels(); ++i) {
                const double wavelength = segment.wavelengthAngstrom[i];
                gap = gap || (wavelength > 3850.0 && wavelength < 4600.0 && !segment.isGood(i));
            }
            gappy += gap ? 1 : 0;
        }
        QCOMPARE(agreeing, 166);
        QCOMPARE(gappy, 41);
    }

    void harpsSpectra()
    {
        REQUIRE_TEST_DATA();
        const auto folder = test::dataFolder() / "survey" / "echelle1d";
        const auto procyon = io::readSpectrum(folder / "HARPS.GBOG_Procyon.fits");
        QVERIFY_RESULT(procyon);
        QVERIFY((*procyon)->segments[0].medium == Medium::Air);
        QVERIFY(std::abs((*procyon)->segments[0].wavelengthAngstrom[0] - 4800.0) < 1e-9);
        QVERIFY_RESULT(io::readSpectrum(folder / "HARPS.2010-09-18T23_42_36.178_s1d_A.fits"));
    }
};

QTEST_GUILESS_MAIN(TestFitsRealFiles)
#include "tst_fits_real_files.moc"

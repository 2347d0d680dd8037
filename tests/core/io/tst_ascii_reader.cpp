#include "core/io/ascii_reader.h"

#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;

class TestAsciiReader : public QObject {
    Q_OBJECT
private slots:
    void headerlessTextSaysNothingOfMediumAndFrame()
    {
        const auto read = io::readAscii("5000 1\n5001 2\n5002 3\n", "dir/star.txt");
        QVERIFY_RESULT(read);
        const auto& segment = read->segments.at(0);
        QVERIFY(segment.medium == Medium::Unknown);
        QVERIFY(segment.frame == Frame::Unknown);
        QVERIFY(segment.ivar.empty());
        QVERIFY(!segment.rectified.has_value());
        QCOMPARE(segment.pixels(), std::size_t { 3 });
        QCOMPARE(read->format, std::string("ascii"));
        QCOMPARE(read->object, std::string("star"));
        QVERIFY(read->warnings.empty());
    }

    void libraryFilesAreInAirAndAtRest()
    {
        const auto read = io::readAscii("3800 0\n3800.5 0\n3801 0.9\n3801.5 1\n", "t160l50p00.rbn");
        QVERIFY_RESULT(read);
        const auto& segment = read->segments.at(0);
        QVERIFY(segment.medium == Medium::Air);
        QVERIFY(segment.frame == Frame::Rest);
        const std::vector<std::uint32_t> mask { 1, 1, 0, 0 };
        QCOMPARE(segment.mask, mask);
    }

    void errorsBecomeInverseVariance()
    {
        const auto read = io::readAscii("5000 1 0.5\n5001 2 0\n5002 3 NaN\n5003 4 0.1\n", "a.txt");
        QVERIFY_RESULT(read);
        const auto& segment = read->segments.at(0);
        QCOMPARE(segment.ivar[0], 4.0);
        QCOMPARE(segment.ivar[1], 0.0);
        QCOMPARE(segment.ivar[2], 0.0);
        QVERIFY(std::abs(segment.ivar[3] - 100.0) < 1e-9);
        const std::vector<std::uint32_t> mask { 0, 2, 2, 0 };
        QCOMPARE(segment.mask, mask);
    }

    void anErrorColumnWithoutErrorsIsNone()
    {
        const auto read = io::readAscii("5000 1 0\n5001 2 0\n", "a.txt");
        QVERIFY_RESULT(read);
        QVERIFY(read->segments[0].ivar.empty());
        QCOMPARE(read->segments[0].goodPixels(), std::size_t { 2 });
    }

    void columnsAreFoundByName()
    {
        // As maury-cli writes it, with the columns in another order.
        const auto read = io::readAscii(
            "mask,ivar,flux,wavelength_angstrom\n0,4,1.5,5000\n1,,2.5,5001\n", "a.csv");
        QVERIFY_RESULT(read);
        const auto& segment = read->segments.at(0);
        QCOMPARE(segment.wavelengthAngstrom[1], 5001.0);
        QCOMPARE(segment.flux[0], 1.5);
        QCOMPARE(segment.ivar[0], 4.0);
        QCOMPARE(segment.ivar[1], 0.0);
        const std::vector<std::uint32_t> mask { 0, 3 };
        QCOMPARE(segment.mask, mask);
    }

    void notFiniteFluxIsMasked()
    {
        const auto read = io::readAscii("5000 1\n5001 NaN\n5002 Inf\n5003 -Inf\n5004 2\n", "a.txt");
        QVERIFY_RESULT(read);
        const std::vector<double> flux { 1, 0, 0, 0, 2 };
        const std::vector<std::uint32_t> mask { 0, 1, 1, 1, 0 };
        QCOMPARE(read->segments[0].flux, flux);
        QCOMPARE(read->segments[0].mask, mask);
        QVERIFY(!read->warnings.empty());
    }

    void edgesOfZerosAreMasked()
    {
        const auto read = io::readAscii("5000 0\n5001 1\n5002 0\n5003 2\n5004 0\n", "a.txt");
        QVERIFY_RESULT(read);
        const std::vector<std::uint32_t> mask { 1, 0, 1, 0, 1 };
        QCOMPARE(read->segments[0].mask, mask);
        // The gap inside is worth a warning, padding is not.
        QCOMPARE(read->warnings.size(), std::size_t { 1 });
        QVERIFY(read->warnings[0].starts_with("1 pixels inside"));
    }

    void descendingWavelengthsAreTurnedRound()
    {
        const auto read = io::readAscii("5002 3 0.1\n5001 2 0.2\n5000 1 0.5\n", "a.txt");
        QVERIFY_RESULT(read);
        const std::vector<double> wavelengths { 5000, 5001, 5002 };
        const std::vector<double> flux { 1, 2, 3 };
        QCOMPARE(read->segments[0].wavelengthAngstrom, wavelengths);
        QCOMPARE(read->segments[0].flux, flux);
        QCOMPARE(read->segments[0].ivar[0], 4.0);
        QCOMPARE(read->warnings.size(), std::size_t { 1 });
    }

    void unitsOtherThanAngstromAreConvertedWithAWarning_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nm by range") << QByteArray("500 1\n501 2\n");
        QTest::newRow("µm by range") << QByteArray("0.5 1\n0.501 2\n");
        QTest::newRow("nm by name") << QByteArray("wavelength_nm flux\n500 1\n501 2\n");
        QTest::newRow("nm in brackets") << QByteArray("Wavelength(nm),Flux\n500,1\n501,2\n");
        QTest::newRow("µm by name") << QByteArray("lambda(\xC2\xB5m),flux\n0.5,1\n0.501,2\n");
        QTest::newRow("log by name")
            << QByteArray("loglam flux\n3.698970004336019 1\n3.6998377258672459 2\n");
    }
    void unitsOtherThanAngstromAreConvertedWithAWarning()
    {
        QFETCH(QByteArray, text);
        const auto read = io::readAscii(text.toStdString(), "a.txt");
        QVERIFY_RESULT(read);
        QVERIFY(std::abs(read->segments[0].wavelengthAngstrom[0] - 5000.0) < 1e-6);
        QVERIFY(std::abs(read->segments[0].wavelengthAngstrom[1] - 5010.0) < 1e-6);
        QCOMPARE(read->warnings.size(), std::size_t { 1 });
        QVERIFY(read->warnings[0].find("converted to Å") != std::string::npos);
    }

    void angstromsByNameAreLeftAlone()
    {
        const auto read = io::readAscii("wavelength_angstrom flux\n912 1\n913 2\n", "a.txt");
        QVERIFY_RESULT(read);
        QCOMPARE(read->segments[0].wavelengthAngstrom[0], 912.0);
        QVERIFY(read->warnings.empty());
    }

    void statedMediumIsTaken_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("medium");
        QTest::newRow("air") << QByteArray("wavelength_air flux\n5000 1\n5001 1\n")
                             << int(Medium::Air);
        QTest::newRow("vacuum") << QByteArray("# vacuum wavelengths\n5000 1\n5001 1\n")
                                << int(Medium::Vacuum);
        QTest::newRow("both") << QByteArray("# wavelengths: air above 2000, else vacuum\n"
                                            "5000 1\n5001 1\n")
                              << int(Medium::Unknown);
        QTest::newRow("airmass") << QByteArray("# airmass 1.2\n5000 1\n5001 1\n")
                                 << int(Medium::Unknown);
    }
    void statedMediumIsTaken()
    {
        QFETCH(QByteArray, text);
        const auto read = io::readAscii(text.toStdString(), "a.txt");
        QVERIFY_RESULT(read);
        QTEST(int(read->segments[0].medium), "medium");
    }

    void badWavelengths_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("twice") << QByteArray("5000 1\n5001 1\n5001 1\n") << "line 3";
        QTest::newRow("back") << QByteArray("# x\n5000 1\n5002 1\n5001 1\n5003 1\n") << "line 4";
        QTest::newRow("not a number") << QByteArray("5000 1\nNaN 1\n5002 1\n") << "line 2";
        QTest::newRow("infinite") << QByteArray("5000 1\n1e999 1\n") << "line 2";
        QTest::newRow("one pixel") << QByteArray("5000 1\n") << "a.txt";
        QTest::newRow("negative") << QByteArray("-5000 1\n-4999 1\n") << "a.txt";
        QTest::newRow("no unit fits") << QByteArray("10 1\n11 1\n") << "a.txt";
        QTest::newRow("log without a name") << QByteArray("3.6 1\n3.7 1\n") << "a.txt";
    }
    void badWavelengths()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        const auto read = io::readAscii(text.toStdString(), "a.txt");
        QVERIFY(!read.has_value());
        QVERIFY(read.error().code == ErrorCode::WavelengthsInvalid);
        QVERIFY2(
            QString::fromStdString(read.error().place).endsWith(place), read.error().place.c_str());
    }

    void nothingUsableIsAnError()
    {
        for (const char* text : { "5000 0\n5001 0\n5002 0\n", "5000 NaN\n5001 NaN\n" }) {
            const auto read = io::readAscii(text, "a.txt");
            QVERIFY(!read.has_value());
            QVERIFY(read.error().code == ErrorCode::ValueInvalid);
        }
    }

    // A file cut anywhere is either refused or shorter, never different.
    void cutAnywhere()
    {
        std::string whole;
        for (int row = 0; row < 60; ++row)
            whole += std::to_string(5000 + row) + " " + std::to_string(1.0 + 0.01 * row) + "\n";
        const auto full = io::readAscii(whole, "a.txt");
        QVERIFY_RESULT(full);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto cut = io::readAscii(std::string_view(whole).substr(0, length), "a.txt");
            if (!cut)
                continue;
            const auto& wavelengths = cut->segments[0].wavelengthAngstrom;
            QVERIFY(wavelengths.size() <= full->segments[0].pixels());
            for (std::size_t i = 0; i + 1 < wavelengths.size(); ++i) {
                QCOMPARE(wavelengths[i], full->segments[0].wavelengthAngstrom[i]);
                QCOMPARE(cut->segments[0].flux[i], full->segments[0].flux[i]);
            }
        }
    }

    // As astropy writes it: units and descriptors in the preamble, missing values as "".
    void ecsv()
    {
        const std::string preamble
            = "# %ECSV 1.0\n# ---\n# datatype:\n"
              "# - {name: flux, unit: 'erg / (Angstrom cm2 s)', datatype: float64,\n"
              "#   description: 'counts, corrected'}\n"
              "# - name: lambda\n#   unit: nm\n#   datatype: float64\n"
              "# - {name: flux_err, datatype: float64}\n"
              "# meta: !!omap\n# - {OBJECT: Vega}\n# schema: astropy-2.0\n";
        const auto read = io::readAscii(
            preamble + "flux lambda flux_err\n1.5 500.0 0.5\n\"\" 500.1 0.5\n2.5 500.2 0.25\n",
            "a.ecsv");
        QVERIFY2(!read, "a row has to begin with a number");
        const auto good = io::readAscii(
            preamble + "flux lambda flux_err\n1.5 500.0 0.5\n2.0 500.1 \"\"\n2.5 500.2 0.25\n",
            "a.ecsv");
        QVERIFY_RESULT(good);
        const auto& segment = good->segments[0];
        QVERIFY(std::abs(segment.wavelengthAngstrom[1] - 5001.0) < 1e-9);
        QCOMPARE(segment.flux[2], 2.5);
        QCOMPARE(segment.ivar[0], 4.0);
        QCOMPARE(segment.ivar[1], 0.0);
        QCOMPARE(segment.fluxUnit, std::string("erg / (Angstrom cm2 s)"));
    }
};

QTEST_GUILESS_MAIN(TestAsciiReader)
#include "tst_ascii_reader.moc"

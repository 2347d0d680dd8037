#include "core/io/file_bytes.h"
#include "core/io/reader_registry.h"
#include "core/spectrum/air_vacuum.h"
#include "tests/support/cli.h"
#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;

class TestVerbExport : public QObject {
    Q_OBJECT
private slots:
    void aSpectrumAsRead()
    {
        const TemporaryFolder folder;
        const auto file
            = folder.write("a.txt", "5000.12345678901 1.5 0.5\n5001 NaN 0.5\n5002 3 0.1\n");
        const auto out = folder / "out.csv";
        const auto result = runCli({ "export", argument(file), "--out", argument(out), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["rows"].toInt(), 3);
        QCOMPARE(io::readBytes(out).value(),
            std::string("wavelength_angstrom,flux,ivar,mask\n5000.12345678901,1.5,4,0\n"
                        "5001,0,4,1\n5002,3,100,0\n"));
    }

    void noErrorsIsAnEmptyField()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("a.txt", "5000 1\n5001 2\n");
        const auto out = folder / "out.csv";
        QCOMPARE(runCli({ "export", argument(file), "--out", argument(out) }).status, 0);
        QCOMPARE(io::readBytes(out).value(),
            std::string("wavelength_angstrom,flux,ivar,mask\n5000,1,,0\n5001,2,,0\n"));
    }

    void whatIsWrittenReadsBack()
    {
        const TemporaryFolder folder;
        std::vector<double> pixels(500);
        for (std::size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = 1.0F + 0.1F * std::sin(0.1F * static_cast<float>(i));
        pixels[0] = 0.0F;
        const auto file = folder.write("a.fits",
            fitsBytes(
                { { { "CRVAL1  = 3.6", "CDELT1  = 0.0001", "DC-FLAG = 1" }, { 500 }, pixels } }));
        const auto out = folder / "out.csv";
        QCOMPARE(runCli({ "export", argument(file), "--out", argument(out) }).status, 0);
        const auto first = io::readSpectrum(file);
        const auto second = io::readSpectrum(out);
        QVERIFY_RESULT(first);
        QVERIFY_RESULT(second);
        const auto& before = (*first)->segments[0];
        const auto& after = (*second)->segments[0];
        QCOMPARE(after.mask, before.mask);
        for (std::size_t i = 0; i < before.pixels(); ++i) {
            QVERIFY(
                std::abs(after.wavelengthAngstrom[i] / before.wavelengthAngstrom[i] - 1.0) < 1e-14);
            QVERIFY(std::abs(after.flux[i] - before.flux[i]) < 1e-14);
        }
    }

    void mediaAreConverted()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", "5000 1\n5001 2\n"));
        const auto out = folder / "out.csv";
        QCOMPARE(runCli({ "export", file, "--out", argument(out), "--vacuum", "--medium", "air" })
                     .status,
            0);
        const auto read = io::readSpectrum(out);
        QVERIFY_RESULT(read);
        QVERIFY(
            std::abs((*read)->segments[0].wavelengthAngstrom[0] - spectrum::airFromVacuum(5000.0))
            < 1e-10);
    }

    // 29.9792458 km/s are c/10000.
    void framesAreConverted()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", "5000.5 1\n5001 2\n"));
        const auto out = folder / "out.csv";
        const QStringList toRest { "export", file, "--out", argument(out), "--to-frame", "rest" };
        const auto unknown = runCli(toRest);
        QCOMPARE(unknown.status, 1);
        QVERIFY(unknown.err.contains("--frame"));
        const QStringList frame { "--frame", "barycentric" };
        QCOMPARE(runCli(toRest + frame).status, 1); // nor is its velocity known
        const auto moved = runCli(toRest + frame + QStringList { "--velocity", "29.9792458" });
        QVERIFY2(moved.status == 0, moved.err.constData());
        const auto read = io::readSpectrum(out);
        QVERIFY_RESULT(read);
        QVERIFY(std::abs((*read)->segments[0].wavelengthAngstrom[0] - 5000.0) < 1e-9);
    }

    // GALAH: the normalised spectrum, and the cameras of a star as one.
    void camerasAndNormalisedSpectra()
    {
        const TemporaryFolder folder;
        QStringList files;
        for (const int camera : { 1, 3 })
            files << argument(folder.write("140101000101001" + std::to_string(camera) + ".fits",
                fitsBytes(galahCamera(camera))));
        const auto out = folder / "out.csv";
        const QStringList options { "--out", argument(out), "--normalised", "--json" };
        const auto both = runCli(QStringList { "export" } + files + options);
        QVERIFY2(both.status == 0, both.err.constData());
        QCOMPARE(both.json()["segments"].toInt(), 2);
        QCOMPARE(both.json()["frame"].toString(), QString("rest"));
        const auto second
            = runCli(QStringList { "export" } + files + options + QStringList { "--segment", "1" });
        QCOMPARE(second.json()["rows"].toInt(), 128);
        files << argument(folder.write("b.txt", "5000 1\n5001 2\n"));
        QCOMPARE(runCli(QStringList { "export" } + files + options).status, 2);
    }

    void visitsByRow()
    {
        const TemporaryFolder folder;
        auto hdus = apStar(3);
        for (std::size_t i = 0; i < kApStarPixels; ++i)
            hdus[1].pixels[2 * kApStarPixels + i] = 7.0;
        const auto file = argument(folder.write("a.fits", fitsBytes(hdus)));
        const auto out = folder / "out.csv";
        const QStringList visit { "export", file, "--out", argument(out), "--row", "2" };
        QCOMPARE(runCli(visit).status, 0);
        const auto read = io::readSpectrum(out);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments[0].flux[5], 7.0);
        QCOMPARE(runCli({ "export", file, "--out", argument(out), "--row", "3" }).status, 2);
    }

    void anUnknownMediumCannotBeConverted()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", "5000 1\n5001 2\n"));
        const auto out = folder / "out.csv";
        const auto result
            = runCli({ "export", file, "--out", argument(out), "--medium", "air", "--json" });
        QCOMPARE(result.status, 1);
        QVERIFY(result.out.isEmpty());
        QVERIFY(result.err.contains("a.txt"));
        QVERIFY(result.err.contains("--vacuum"));
        QVERIFY(!std::filesystem::exists(out));
    }

    void wrongOptions_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        QTest::newRow("medium") << QStringList { "--medium", "water" } << 2 << "water";
        QTest::newRow("segment") << QStringList { "--segment", "1" } << 2 << "--segment";
        QTest::newRow("negative segment") << QStringList { "--segment", "-2" } << 2 << "--segment";
        QTest::newRow("row") << QStringList { "--row", "3" } << 2 << "--row";
        QTest::newRow("unknown") << QStringList { "--colour" } << 2 << "--colour";
        QTest::newRow("both media") << QStringList { "--air", "--vacuum" } << 2 << "--air";
    }
    void wrongOptions()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, says);
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", "5000 1\n5001 2\n"));
        const auto out = folder / "out.csv";
        const auto result
            = runCli(QStringList { "export", file, "--out", argument(out), "--json" } + options);
        QTEST(result.status, "status");
        QVERIFY(result.out.isEmpty());
        QVERIFY2(QString(result.err).contains(says), result.err.constData());
        QVERIFY(!std::filesystem::exists(out));
    }

    void failuresNameTheFile()
    {
        const TemporaryFolder folder;
        const auto out = argument(folder / "out.csv");
        const auto missing = runCli({ "export", "/nowhere/a.fits", "--out", out });
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.err.contains("/nowhere/a.fits"));
        const auto file = argument(folder.write("a.txt", "5000 1\n5001 2\n"));
        const auto unwritable = runCli({ "export", file, "--out", "/nowhere/out.csv" });
        QCOMPARE(unwritable.status, 1);
        QVERIFY(unwritable.err.contains("/nowhere/out.csv"));
        QCOMPARE(runCli({ "export", file }).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerbExport)
#include "tst_verb_export.moc"

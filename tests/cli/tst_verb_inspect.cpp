#include "tests/support/cli.h"
#include "tests/support/fits_bytes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;

class TestVerbInspect : public QObject {
    Q_OBJECT
private slots:
    void factsOfATextFile()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("star.txt", "5000 1 0.1\n5001 0 0.1\n5002 3 0.1\n");
        const auto result = runCli({ "inspect", argument(file), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QVERIFY(result.err.isEmpty());
        QCOMPARE(result.jsonArray().size(), 1);
        const QJsonObject entry = result.jsonArray()[0].toObject();
        QCOMPARE(entry["file"].toString(), argument(file));
        QCOMPARE(entry["format"].toString(), QString("ascii"));
        QCOMPARE(entry["object"].toString(), QString("star"));
        QVERIFY(entry["ra_deg"].isNull());
        QVERIFY(entry["dec_deg"].isNull());
        QCOMPARE(entry["sptype"].toString(), QString());
        QCOMPARE(entry["warnings"].toArray().size(), 1);
        const QJsonObject segment = entry["segments"].toArray()[0].toObject();
        QCOMPARE(segment["pixels"].toInt(), 3);
        QCOMPARE(segment["good_pixels"].toInt(), 2);
        QCOMPARE(segment["wavelength_min"].toDouble(), 5000.0);
        QCOMPARE(segment["wavelength_max"].toDouble(), 5002.0);
        QCOMPARE(segment["medium"].toString(), QString("unknown"));
        QCOMPARE(segment["frame"].toString(), QString("unknown"));
        QVERIFY(segment["rectified"].isNull());
        QVERIFY(segment.contains("flux_unit"));
    }

    void theMediumCanBeSaid()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("star.txt", "5000 1\n5001 2\n"));
        const auto medium = [&file](const char* flag) {
            const auto entry = runCli({ "inspect", file, flag, "--json" }).jsonArray()[0];
            return entry.toObject()["segments"].toArray()[0].toObject();
        };
        QCOMPARE(medium("--air")["medium"].toString(), QString("air"));
        QCOMPARE(medium("--vacuum")["medium"].toString(), QString("vacuum"));
        // Saying so changes no wavelength.
        QCOMPARE(medium("--vacuum")["wavelength_min"].toDouble(), 5000.0);
        QCOMPARE(runCli({ "inspect", file, "--air", "--vacuum" }).status, 2);
    }

    void everyFileIsTried()
    {
        const TemporaryFolder folder;
        const auto good = argument(folder.write("c.txt", "5000 1\n5001 2\n"));
        const auto junk = argument(folder.write("b.txt", std::string("\0\1\2\3", 4)));
        const auto missing = argument(folder / "a.txt");
        const auto result = runCli({ "inspect", missing, junk, good, "--json" });
        QCOMPARE(result.status, 1);
        const QJsonArray entries = result.jsonArray();
        QCOMPARE(entries.size(), 3);
        QVERIFY(entries[0].toObject()["error"].toString().contains("a.txt"));
        QVERIFY(entries[1].toObject()["error"].toString().contains("binary"));
        QVERIFY(!entries[2].toObject().contains("error"));
        QVERIFY(result.err.contains("a.txt"));
        QVERIFY(result.err.contains("b.txt"));
    }

    void foldersAreWalked()
    {
        const TemporaryFolder folder;
        folder.write("a.txt", "5000 1\n5001 2\n");
        folder.write("b.fits",
            fitsBytes({ { { "CRVAL1  = 4000.0", "CDELT1  = 1.0" }, { 3 }, { 1, 2, 3 } } }));
        const auto result = runCli({ "inspect", argument(folder.path()), "--json" });
        QCOMPARE(result.status, 0);
        QCOMPARE(result.jsonArray().size(), 2);
        QCOMPARE(result.jsonArray()[1].toObject()["format"].toString(), QString("fits-image"));
        const auto plain = runCli({ "inspect", argument(folder.path()) });
        QCOMPARE(plain.status, 0);
        QVERIFY(plain.out.contains("4000.000"));
    }

    void wrongUsage()
    {
        QCOMPARE(runCli({ "inspect" }).status, 2);
        const auto unknown = runCli({ "inspect", "a.txt", "--colour" });
        QCOMPARE(unknown.status, 2);
        QVERIFY(unknown.err.contains("--colour"));
        QVERIFY(unknown.out.isEmpty());
    }

    void stelib()
    {
        REQUIRE_TEST_DATA();
        const auto result = runCli({ "inspect",
            argument(dataFolder() / "stelib" / "STELIB_v3.2_HD005820.fits"), "--json" });
        QCOMPARE(result.status, 0);
        const QJsonObject entry = result.jsonArray()[0].toObject();
        QCOMPARE(entry["sptype"].toString(), QString("M2III"));
        // STELIB_x_BSC5.csv: 14.95708, 6.48306 (J2000).
        QVERIFY(std::abs(entry["ra_deg"].toDouble() - 14.957) < 0.01);
        QVERIFY(std::abs(entry["dec_deg"].toDouble() - 6.483) < 0.01);
        const QJsonObject segment = entry["segments"].toArray()[0].toObject();
        QCOMPARE(segment["medium"].toString(), QString("air"));
        QCOMPARE(segment["frame"].toString(), QString("rest"));
        QCOMPARE(segment["pixels"].toInt(), 6700);
        QCOMPARE(segment["wavelength_min"].toDouble(), 3201.376);
    }
};

QTEST_GUILESS_MAIN(TestVerbInspect)
#include "tst_verb_inspect.moc"

#include "tests/support/cli.h"
#include "tests/support/fits_bytes.h"
#include "tests/support/small_atlas.h"
#include "tests/support/survey_files.h"
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

    void camerasOfAStarAreOneEntry()
    {
        const TemporaryFolder folder;
        QStringList files;
        for (const int camera : { 2, 1 })
            files << argument(folder.write("140101000101001" + std::to_string(camera) + ".fits",
                fitsBytes(galahCamera(camera))));
        const auto star
            = runCli(QStringList { "inspect" } + files + QStringList { "--json" }).jsonArray();
        QCOMPARE(star.size(), 1);
        QCOMPARE(star[0].toObject()["segments"].toArray().size(), 2);
        QCOMPARE(star[0].toObject()["files"].toArray().size(), 2);
        QVERIFY(std::abs(star[0].toObject()["velocity_kms"].toDouble() - 50.0) < 1e-3);
        const auto alone = runCli({ "inspect", files[0], "--json" }).jsonArray()[0].toObject();
        QCOMPARE(alone["segments"].toArray().size(), 1);
        QVERIFY(!alone.contains("files"));
        QCOMPARE(alone["object"].toString(), QString("140101000101001"));
        const auto frame = runCli({ "inspect", files[0], "--frame", "topocentric", "--json" });
        QCOMPARE(
            frame.jsonArray()[0].toObject()["segments"].toArray()[0].toObject()["frame"].toString(),
            QString("topocentric"));
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

    // A network of 48 units trained for an epoch on nine made-up standards.
    void insideOfAModel()
    {
        const TemporaryFolder folder;
        const TemporaryFolder library;
        writeStandards(library,
            { "t160l00p00", "t160l30p00", "t160l50p00", "t230l00p00", "t230l30p00", "t230l50p00",
                "t300l00p00", "t300l30p00", "t300l50p00" });
        const auto model = argument(folder / "model.h5");
        const auto trained = runCli(
            { "train", "--atlas", argument(library.path()), "--hidden", "48,8", "--activation",
                "relu", "--per-spectrum", "20", "--batch", "20", "--epochs", "1", "--out", model });
        QVERIFY2(trained.status == 0, trained.err.constData());

        const auto result = runCli({ "inspect", model, "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject entry = result.jsonArray()[0].toObject();
        QCOMPARE(entry["format"].toString(), QString("maury-model"));
        QCOMPARE(entry["file"].toString(), model);
        QCOMPARE(entry["epochs"].toInt(), 1);
        QCOMPARE(entry["classes"].toArray().size(), 3);
        QCOMPARE(entry["probe_spectra"].toInt(), 9);
        QVERIFY(entry["probe_loss"].toDouble() > 0.0);
        const QJsonObject network = entry["network"].toObject();
        const int inputs = network["inputs"].toInt();
        QCOMPARE(network["parameters"].toInt(), (inputs + 1) * 48 + 49 * 8 + 9 * (3 + 3));
        const QJsonArray layers = entry["layers"].toArray();
        QCOMPARE(layers.size(), 4);
        const QStringList names { "hidden1", "hidden2", "sc", "lc" };
        int parameters = 0;
        for (qsizetype i = 0; i < layers.size(); ++i) {
            const QJsonObject layer = layers[i].toObject();
            QCOMPARE(layer["name"].toString(), names[i]);
            parameters += layer["parameters"].toInt();
            for (const char* part : { "weights", "initial_weights", "sums", "outputs" }) {
                const QJsonObject numbers = layer[part].toObject();
                double counted = 0.0;
                for (const auto& count : numbers["histogram"].toObject()["counts"].toArray())
                    counted += count.toDouble();
                QCOMPARE(counted, numbers["count"].toDouble());
                QVERIFY(numbers["min"].toDouble() <= numbers["mean"].toDouble());
                QVERIFY(numbers["mean"].toDouble() <= numbers["max"].toDouble());
            }
            QCOMPARE(layer["silent_units"].isNull(), i >= 2);
        }
        QCOMPARE(parameters, network["parameters"].toInt());
        // ReLU's outputs begin at 0; the paper's initial weights have a spread of 0.1.
        QCOMPARE(layers[0].toObject()["outputs"].toObject()["min"].toDouble(), 0.0);
        const double spread
            = layers[0].toObject()["initial_weights"].toObject()["standard_deviation"].toDouble();
        QVERIFY(std::abs(spread - 0.1) < 0.002);
        const QJsonArray filters = entry["filters"].toArray();
        QCOMPARE(filters.size(), 12);
        for (qsizetype i = 1; i < filters.size(); ++i)
            QVERIFY(filters[i].toObject()["influence"].toDouble()
                <= filters[i - 1].toObject()["influence"].toDouble());

        const auto plain = runCli({ "inspect", model });
        QCOMPARE(plain.status, 0);
        QVERIFY(plain.out.contains("hidden1"));
        QVERIFY(plain.out.contains("raises"));
        // The spectra are gone: what the file itself holds is told all the same.
        std::filesystem::remove_all(library.path());
        const auto alone = runCli({ "inspect", model, "--json" });
        QCOMPARE(alone.status, 0);
        QCOMPARE(alone.jsonArray()[0].toObject()["probe_spectra"].toInt(), 0);
        QVERIFY(alone.jsonArray()[0].toObject()["probe_loss"].isNull());
        QCOMPARE(runCli({ "inspect", model, "--atlas", "/no/such/folder" }).status, 1);
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

#include "core/base/sha256.h"
#include "core/io/csv_table.h"
#include "core/io/file_bytes.h"
#include "core/io/reader_registry.h"
#include "tests/support/cli.h"
#include "tests/support/small_atlas.h"
#include "tests/support/store_files.h"
#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QTest>

using namespace maury;
using namespace maury::test;

class TestStoreVerbs : public QObject {
    Q_OBJECT
private slots:
    void inspectTellsWhatAStoreHolds()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 12);
        const auto result = runCli({ "inspect", argument(folder / "s.h5"), "--where",
            "survey = galah and velocity > -46", "--verify", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject entry = result.jsonArray()[0].toObject();
        QCOMPARE(entry["format"].toString(), "maury-store");
        QCOMPARE(entry["kind"].toString(), "native");
        QCOMPARE(entry["spectra"].toInt(), 12);
        QCOMPARE(entry["surveys"].toObject()["galah"].toInt(), 4);
        QCOMPARE(entry["selected"].toInt(), 2);
        QCOMPARE(entry["verified"].toBool(), true);
        QVERIFY(entry["grid"].isNull());
        QCOMPARE(entry["runs"].toArray()[0].toObject()["spectra"].toInt(), 12);
    }

    void inspectTellsWhatAGridHolds()
    {
        const TemporaryFolder folder;
        writeGriddedStore(folder / "g.h5", 12);
        const auto result = runCli({ "inspect", argument(folder / "g.h5"), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject entry = result.jsonArray()[0].toObject();
        QCOMPARE(entry["kind"].toString(), "gridded");
        QCOMPARE(entry["grid"].toObject()["pixels"].toInt(), 400);
        QCOMPARE(entry["blocks"].toArray().size(), 6);
        QCOMPARE(entry["recipes"].toArray()[0].toObject()["recipe"].toInt(), 1);
    }

    void inspectShowsOneSpectrumOfAStore()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 5);
        const auto result
            = runCli({ "inspect", argument(folder / "s.h5"), "--row", "3", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject entry = result.jsonArray()[0].toObject();
        QCOMPARE(entry["object"].toString(), "star 3");
        QCOMPARE(entry["segments"].toArray().size(), 2);
        const auto beyond = runCli({ "inspect", argument(folder / "s.h5"), "--row", "5" });
        QCOMPARE(beyond.status, 1);
        QVERIFY2(beyond.err.contains("0 to 4"), beyond.err.constData());
    }

    void exportWritesOneSpectrum()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 5);
        const auto out = folder / "out.csv";
        const auto result = runCli({ "export", argument(folder / "s.h5"), "--row", "4",
            "--segment", "0", "--out", argument(out) });
        QVERIFY2(result.status == 0, result.err.constData());
        const auto table = io::CsvTable::read(out);
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t(40));
        const auto star = storedSpectrum(4);
        const auto& flux = star->segments[0].flux;
        for (std::size_t i = 0; i < flux.size(); ++i) // 15 digits
            QVERIFY(std::abs(table->number(i, 1).value() - flux[i]) < 1e-14);
    }

    void exportWritesTheCatalogue()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 12);
        const auto out = folder / "out.csv";
        const auto result = runCli({ "export", argument(folder / "s.h5"), "--catalogue", "--where",
            "survey=galah", "--out", argument(out), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["rows"].toInt(), 4);
        const auto table = io::CsvTable::read(out);
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t(4));
        QCOMPARE(table->cell(3, table->column("object").value()), std::string("star 10"));
        QCOMPARE(table->number(3, table->column("spectrum").value()).value(), 10.0);
        QCOMPARE(table->number(3, table->column("velocity_kms").value()).value(), -40.0);
        QCOMPARE(table->cell(0, table->column("ra_deg").value()), std::string());
    }

    void convertMakesAStore()
    {
        const TemporaryFolder folder;
        const auto star = folder.write("star.fits", fitsBytes(apStar(1)));
        const auto camera = folder.write("camera.fits", fitsBytes(galahCamera(1)));
        folder.write("bad.txt", "Dear reader\n");
        const auto out = folder / "s.h5";
        const auto result = runCli({ "convert", argument(star), argument(folder / "bad.txt"),
            argument(camera), "--out", argument(out), "--json" });
        QCOMPARE(result.status, 1); // the batch goes on and lists the failures
        QCOMPARE(result.json()["done"].toInt(), 2);
        QCOMPARE(result.json()["failed"].toArray().size(), 1);
        const auto opened = store::Store::open(out);
        QVERIFY_RESULT(opened);
        QCOMPARE((*opened)->size(), std::uint64_t(2));
        const auto entries = (*opened)->entries(0, 2).value();
        QCOMPARE(entries[0].survey, std::string("apogee"));
        QCOMPARE(entries[0].sha256, base::sha256OfFile(star).value());
        QCOMPARE(entries[1].survey, std::string("galah"));
        const auto direct = io::readSpectrum(camera);
        QVERIFY_RESULT(direct);
        const auto stored = (*opened)->spectrum(1);
        QVERIFY_RESULT(stored);
        QVERIFY((*stored)->segments[0].flux == (*direct)->segments[0].flux);
        QVERIFY((*stored)->segments[0].wavelengthAngstrom
            == (*direct)->segments[0].wavelengthAngstrom);
        QVERIFY((*stored)->segments[0].ivar == (*direct)->segments[0].ivar);
    }

    void convertAppends()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 3);
        const auto camera = folder.write("camera.fits", fitsBytes(galahCamera(2)));
        const auto result = runCli({ "convert", argument(camera), "--append", "--out",
            argument(folder / "s.h5"), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(store::Store::open(folder / "s.h5").value()->size(), std::uint64_t(4));
        // Spectra on a grid do not belong into it.
        const auto gridded = runCli({ "resample", argument(camera), "--grid", "survey-1e-4",
            "--append", "--out", argument(folder / "s.h5"), "--json" });
        QVERIFY(gridded.status != 0);
        QVERIFY2(gridded.err.contains("survey-1e-4"), gridded.err.constData());
    }

    void convertTakesPartsOfStores()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 12);
        const auto result = runCli({ "convert", argument(folder / "s.h5"), "--where",
            "survey = galah", "--out", argument(folder / "part.h5"), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["done"].toInt(), 4);
        const auto part = store::Store::open(folder / "part.h5");
        QVERIFY_RESULT(part);
        QCOMPARE((*part)->texts("object").value(),
            (std::vector<std::string> { "star 1", "star 4", "star 7", "star 10" }));
    }

    void resampleMakesAStoreOnAGrid()
    {
        const TemporaryFolder folder;
        const auto star = folder.write("star.fits", fitsBytes(apStar(1)));
        const auto result = runCli({ "resample", argument(star), "--grid", "survey", "--out",
            argument(folder / "g.h5"), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const auto opened = store::Store::open(folder / "g.h5");
        QVERIFY_RESULT(opened);
        QVERIFY((*opened)->kind() == store::StoreKind::Gridded);
        QCOMPARE((*opened)->grid()->name, std::string("survey"));
        QCOMPARE((*opened)->coverage().size(), std::size_t(1));
        QCOMPARE((*opened)->coverage().front().survey, std::string("apogee"));
        QCOMPARE((*opened)->recipes().value().size(), std::size_t(1));
        const auto stored = (*opened)->spectrum(0);
        QVERIFY_RESULT(stored);
        const auto& segment = (*stored)->segments.front();
        QVERIFY(segment.goodPixels() > 2000);
        QVERIFY(segment.wavelengthAngstrom.front() > 15000.0
            && segment.wavelengthAngstrom.back() < 17001.0);
        QVERIFY(segment.ivar.size() == segment.pixels());
    }

    // Neither spectrum reaches the atlas: that each is named with its reason is what counts.
    void classifyTakesTheSpectraOfAStoreOneByOne()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 6);
        const TemporaryFolder library;
        writeStandards(library, { "t160l10p00", "t160l30p00", "t160l50p00", "t310l10p00",
                                    "t310l30p00", "t310l50p00" });
        const auto atlas = mk::openAtlas(library.path().string());
        QVERIFY_RESULT(atlas);
        QVERIFY_RESULT(train::writeModel(untrainedModel(*atlas), folder / "model.h5"));
        const auto result = runCli({ "classify", argument(folder / "s.h5"), "--where",
            "survey = galah", "--model", argument(folder / "model.h5"), "--atlas",
            argument(library.path()), "--json" });
        const QJsonArray answers = result.jsonArray();
        QVERIFY2(answers.size() == 2, result.err.constData());
        QVERIFY(answers[0].toObject()["file"].toString().endsWith("s.h5#1"));
        QVERIFY(answers[1].toObject()["file"].toString().endsWith("s.h5#4"));
    }

    void badConditionsAreWrongUsage()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "s.h5", 2);
        const auto result
            = runCli({ "classify", argument(folder / "s.h5"), "--where", "colour = red" });
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("column colour"), result.err.constData());
    }

    void aDamagedStoreIsRefusedAndTheBatchGoesOn()
    {
        const TemporaryFolder folder;
        writeNativeStore(folder / "a.h5", 3);
        std::string bytes = io::readBytes(folder / "a.h5").value();
        char& byte = bytes[store::SealedHead::kBytes + 100];
        byte = static_cast<char>(byte ^ 1);
        folder.write("a.h5", bytes);
        writeNativeStore(folder / "b.h5", 3);
        const auto result
            = runCli({ "inspect", argument(folder / "a.h5"), argument(folder / "b.h5"), "--json" });
        QCOMPARE(result.status, 1);
        const QJsonArray entries = result.jsonArray();
        QCOMPARE(entries.size(), 2);
        QVERIFY(entries[0].toObject()["error"].toString().contains("a.h5: bytes "));
        QCOMPARE(entries[1].toObject()["spectra"].toInt(), 3);
    }
};

QTEST_GUILESS_MAIN(TestStoreVerbs)
#include "tst_store_verbs.moc"

#include "core/dataset/sample_set.h"
#include "core/io/csv_table.h"
#include "tests/support/cli.h"
#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"

#include <QJsonArray>
#include <QTest>

using namespace maury;
using namespace maury::test;

namespace {

// A0 and F5 with I, III and V; G2 without giants; every file in MKCLASS naming.
void writeSmallLibrary(const TemporaryFolder& folder)
{
    writeStandards(folder,
        { "t160l00p00", "t160l30p00", "t160l50p00", "t260l10p00", "t260l30p00", "t260l50p00",
            "t310l00p00", "t310l50p00" });
}

QString text(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

} // namespace

class TestVerbAugment : public QObject {
    Q_OBJECT
private slots:
    void bandsOfAStandard()
    {
        const TemporaryFolder library;
        writeSmallLibrary(library);
        const TemporaryFolder results;
        const QStringList arguments { "augment", "--atlas", text(library.path()), "--bands",
            "t160l50p00", "--per-spectrum", "400", "--out", text(results / "bands.csv"),
            "--json" };
        const auto result = runCli(arguments);
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["variations"].toInt(), 400);
        const auto table = io::CsvTable::read(results / "bands.csv");
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t { 1600 });
        QCOMPARE(table->names(),
            (std::vector<std::string> {
                "wavelength_angstrom", "p2.5", "p16", "p50", "p84", "p97.5" }));
        for (std::size_t row = 0; row < table->rows(); row += 100)
            for (std::size_t column = 2; column < table->names().size(); ++column)
                QVERIFY(*table->number(row, column) >= *table->number(row, column - 1));

        auto wrong = arguments;
        wrong.replace(wrong.indexOf("t160l50p00"), "nosuch.fits");
        const auto failed = runCli(wrong);
        QCOMPARE(failed.status, 1);
        QVERIFY(failed.err.contains("nosuch.fits"));
        auto none = arguments;
        none.replace(none.indexOf("400"), "0");
        QCOMPARE(runCli(none).status, 2);
    }

    void countsAndStoredSetAgree()
    {
        const TemporaryFolder library;
        writeSmallLibrary(library);
        const TemporaryFolder results;
        const QStringList arguments { "augment", "--atlas", text(library.path()), "--per-spectrum",
            "20", "--out", text(results / "set.h5"), "--seed", "5", "--gain", "100", "--json" };
        const auto result = runCli(arguments);
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        QCOMPARE(json["samples"].toInt(), 120);
        QCOMPARE(json["standards"].toInt(), 6);
        QCOMPARE(json["pixels"].toInt(), 1600);
        QCOMPARE(json["classes"].toArray(), (QJsonArray { "A0", "F5" }));
        QVERIFY(json["seconds"].toDouble() > 0.0);
        const auto set = dataset::readSampleSet(results / "set.h5");
        QVERIFY_RESULT(set);
        QCOMPARE((*set)->size(), std::size_t { 120 });
        QCOMPARE(QString::fromStdString((*set)->sha256), json["sha256"].toString());

        const auto again = runCli(arguments);
        QCOMPARE(again.json()["sha256"], json["sha256"]);
        auto threaded = arguments;
        threaded << "--threads"
                 << "3";
        QCOMPARE(runCli(threaded).json()["sha256"], json["sha256"]);
        auto seeded = arguments;
        seeded.replace(seeded.indexOf("5"), "6");
        QVERIFY(runCli(seeded).json()["sha256"] != json["sha256"]);
    }

    // All switched off: the stored rows are whole standards, alike among the variations of one.
    void everySigmaCanBeSwitchedOff()
    {
        const TemporaryFolder library;
        writeSmallLibrary(library);
        const TemporaryFolder results;
        QStringList arguments { "augment", "--atlas", text(library.path()), "--per-spectrum", "2",
            "--out", text(results / "set.h5"), "--gain", "0" };
        for (const char* sigma :
            { "registration-sigma", "registration-linear-sigma", "doppler-sigma",
                "continuum-sigma0", "continuum-sigma1", "continuum-sigma2", "broadening-sigma" })
            arguments << QStringLiteral("--") + sigma << "0";
        const auto result = runCli(arguments);
        QVERIFY2(result.status == 0, result.err.constData());
        QVERIFY(result.out.contains("12 samples"));
        const auto set = dataset::readSampleSet(results / "set.h5");
        QVERIFY_RESULT(set);
        for (std::size_t i = 0; i < (*set)->size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if ((*set)->standard[i] == (*set)->standard[j])
                    QVERIFY((*set)->flux.row(Eigen::Index(i)) == (*set)->flux.row(Eigen::Index(j)));
    }

    void wrongUsageNamesOptionValueAndRange_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArrayList>("named");
        const auto row = [](const char* option, const char* value, const char* range) {
            QTest::addRow("%s %s", option, value)
                << QStringList { option, value } << QByteArrayList { option, value, range };
        };
        row("--gain", "-1", "0 (no noise)");
        row("--registration-sigma", "-0.5", "100");
        row("--registration-linear-sigma", "2", "0.1");
        row("--doppler-sigma", "fast", "--doppler-sigma");
        row("--doppler-sigma", "-3", "10000");
        row("--continuum-sigma0", "7", "1");
        row("--continuum-sigma1", "nan", "1");
        row("--continuum-sigma2", "-2", "1");
        row("--broadening-sigma", "99", "10");
        row("--noise", "pink", "gaussian");
        row("--per-spectrum", "-3", "100000");
        row("--threads", "-2", "1024");
        row("--no-such-option", "1", "--no-such-option");
    }
    void wrongUsageNamesOptionValueAndRange()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArrayList, named);
        const TemporaryFolder results;
        const auto result = runCli(
            QStringList { "augment", "--atlas", "builtin", "--out", text(results / "set.h5") }
            + arguments);
        QCOMPARE(result.status, 2);
        QVERIFY(result.out.isEmpty());
        for (const QByteArray& word : named)
            QVERIFY2(result.err.contains(word), result.err.constData());
        QVERIFY(!std::filesystem::exists(results / "set.h5"));
    }

    void whatTheWorldRefusesExitsWithOne()
    {
        const TemporaryFolder library;
        writeSmallLibrary(library);
        const TemporaryFolder empty;
        const TemporaryFolder results;
        const auto missing
            = runCli({ "augment", "--atlas", "/nonexistent", "--out", text(results / "set.h5") });
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.err.contains("/nonexistent"));
        const auto hollow
            = runCli({ "augment", "--atlas", text(empty.path()), "--out", text(results / "s.h5") });
        QCOMPARE(hollow.status, 1);
        QVERIFY(hollow.err.contains(empty.path().c_str()));
        const auto unwritable = runCli({ "augment", "--atlas", text(library.path()),
            "--per-spectrum", "1", "--out", "/nonexistent/set.h5" });
        QCOMPARE(unwritable.status, 1);
        QVERIFY(unwritable.err.contains("/nonexistent/set.h5"));
    }

    // mk.md: 30 classes and 126 training spectra in libr18 ∩ libr18_27.
    void classesOfTheRealLibraries()
    {
        REQUIRE_TEST_DATA();
        const auto libraries = dataFolder() / "mkclass";
        const TemporaryFolder results;
        const auto result = runCli({ "augment", "--atlas", text(libraries / "libr18"), "--test",
            text(libraries / "libr18_27"), "--per-spectrum", "1", "--out", text(results / "set.h5"),
            "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["classes"].toArray().size(), 30);
        QCOMPARE(result.json()["samples"].toInt(), 126);
    }
};

QTEST_GUILESS_MAIN(TestVerbAugment)
#include "tst_verb_augment.moc"

#include "tests/support/cli.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <sstream>

using namespace maury;
using namespace maury::test;

namespace {

QString text(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

std::string tableOf(const spectrum::Spectrum& spectrum)
{
    std::ostringstream table;
    table.precision(9);
    const auto& segment = spectrum.segments.front();
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        table << segment.wavelengthAngstrom[i] << ' ' << segment.flux[i] << '\n';
    return table.str();
}

std::string starTable(double code, double luminosity, const Observation& observation = {})
{
    return tableOf(observeStar(code, luminosity, observation));
}

QJsonArray answersOf(const CliResult& result)
{
    return QJsonDocument::fromJson(result.out).array();
}

/// A library of nine made-up standards (A0, F0, G0 of I, III, V) and a network trained on it for
/// seconds.
struct TrainedLibrary {
    TemporaryFolder library;
    TemporaryFolder results;
    QString model = text(results / "model.h5");
    CliResult training;

    TrainedLibrary()
    {
        for (const int code : { 160, 230, 300 })
            for (const int luminosity : { 0, 30, 50 }) {
                char name[32];
                std::snprintf(name, sizeof name, "t%03dl%02dp00.rbn", code, luminosity);
                library.write(name, starTable(code / 10.0, luminosity / 10.0));
            }
        training = runCli({ "train", "--atlas", text(library.path()), "--edges", "filled",
            "--hidden", "48", "--init", "he", "--optimizer", "adamw", "--lr", "0.001", "--batch",
            "20", "--epochs", "4", "--out", model, "--json" });
    }
};

} // namespace

class TestVerbClassify : public QObject {
    Q_OBJECT
private:
    TrainedLibrary m_trained;

    CliResult classified(const QStringList& arguments)
    {
        return runCli(QStringList { "classify", "--model", m_trained.model } + arguments);
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_trained.training.status == 0, m_trained.training.err.constData());
    }

    void aStandardGetsItsTypeWithEveryField()
    {
        const auto file = text(m_trained.library / "t230l30p00.rbn");
        const auto result = classified({ file, "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(answersOf(result).size(), 1);
        const QJsonObject answer = answersOf(result).first().toObject();
        QCOMPARE(answer["file"].toString(), file);
        QCOMPARE(answer["type"].toString(), "F0 III");
        QCOMPARE(answer["spectral_class"].toString(), "F0");
        QCOMPARE(answer["luminosity_class"].toString(), "III");
        QCOMPARE(answer["decimal_subclass"].toDouble(), 30.0);
        QVERIFY(answer.contains("subclass_sigma") && answer["subclass_sigma"].isNull());
        QVERIFY(answer.contains("outside_atlas") && answer["outside_atlas"].isNull());
        QVERIFY(answer.contains("velocity_kms") && answer["velocity_kms"].isNull());
        QVERIFY(answer["sc_probability"].toDouble() > 0.5);
        QVERIFY(answer["lc_probability"].toDouble() > 0.5);
        QCOMPARE(answer["nearest_standard"].toObject()["name"].toString(), "t230l30p00");
        QVERIFY(answer["nearest_standard"].toObject()["chi2"].isDouble());
        QVERIFY(answer["warnings"].isArray());
        QVERIFY2(answer["conformity"].toObject()["ok"].toBool(), result.out.constData());
        QVERIFY(answer["conformity"].toObject()["reasons"].toArray().isEmpty());
        QVERIFY(answer["model"].toString().contains("model.h5"));
    }

    void aModelThatDoesNotFitIsRefusedWithBothListsOfClasses()
    {
        const TemporaryFolder other; // K0 alone: a class that the model does not know
        for (const int luminosity : { 0, 30, 50 }) {
            char name[32];
            std::snprintf(name, sizeof name, "t340l%02dp00.rbn", luminosity);
            other.write(name, starTable(34.0, luminosity / 10.0));
        }
        const QStringList model { "evaluate", "--model", m_trained.model };
        const QStringList foreign { text(other.path()) };
        const QStringList own { text(m_trained.library.path()) };
        for (const auto& arguments :
            { model + QStringList { "--atlas" } + own + QStringList { "--data" } + foreign,
                model + QStringList { "--atlas" } + foreign + QStringList { "--data" } + own }) {
            const auto result = runCli(arguments);
            QCOMPARE(result.status, 1);
            QVERIFY2(result.err.contains("1 classes K0"), result.err.constData());
            QVERIFY2(result.err.contains("the model's 3 classes A0 F0 G0"), result.err.constData());
        }
    }

    void doubtIsMarkedInEveryOutput()
    {
        Observation observation;
        observation.velocityKms = 180.0;
        observation.continuum = [](double w) { return std::pow(w / 4200.0, 3.0); };
        const TemporaryFolder stars;
        const auto file = text(stars.write("far, away.txt", starTable(23.0, 5.0, observation)));
        const QJsonObject answer = answersOf(classified({ file, "--json" })).first().toObject();
        QVERIFY(!answer["conformity"].toObject()["ok"].toBool());
        QVERIFY(answer["conformity"].toObject()["reasons"].toArray().size() >= 3);
        QVERIFY(std::abs(answer["velocity_kms"].toDouble() - 180.0) < 3.0);
        const auto words = classified({ file });
        QVERIFY(words.out.contains("UNRELIABLE: "));
        QVERIFY(words.out.contains("not rectified in the file"));
        QVERIFY(words.out.contains("air or vacuum unknown"));
        const auto lines = classified({ file, "--csv" }).out.split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].startsWith("file,type,spectral_class,decimal_subclass,subclass_sigma,"
                                    "luminosity_class,sc_probability,lc_probability,velocity_kms,"
                                    "conformity,outside_atlas,nearest_standard,"));
        QVERIFY2(lines[1].startsWith('"' + file.toUtf8() + '"'), lines[1].constData());
        QVERIFY(lines[1].contains("velocity frame unknown"));
    }

    void optionsTellWhatTheFileDoesNot()
    {
        const TemporaryFolder stars;
        const auto file = text(stars.write("star.txt", starTable(16.0, 5.0)));
        const auto answer = answersOf(classified({ file, "--json", "--air", "--frame", "rest" }))
                                .first()
                                .toObject();
        QVERIFY(answer["conformity"].toObject()["ok"].toBool());
        QVERIFY(answer["velocity_kms"].isNull());
        const auto still
            = answersOf(classified({ file, "--json", "--no-shift" })).first().toObject();
        QVERIFY(still["velocity_kms"].isNull());
        QVERIFY(!still["conformity"].toObject()["ok"].toBool());
        Observation slope;
        slope.continuum = [](double w) { return std::pow(w / 4200.0, 3.0); };
        const auto flux = text(stars.write("flux.txt", starTable(16.0, 5.0, slope)));
        const auto raw = classified({ flux, "--no-rectify", "--air", "--frame", "rest" });
        QVERIFY2(raw.out.contains("continuum slope"), raw.out.constData());
        QVERIFY(!raw.out.contains("rectified here"));
    }

    void theBatchGoesOnAfterABadFile()
    {
        const TemporaryFolder stars;
        (void)stars.write("a.txt", starTable(16.0, 5.0));
        (void)stars.write("b.txt", "this is no spectrum");
        (void)stars.write("c.txt", "");
        Observation red;
        red.firstAngstrom = 6400.0;
        red.lastAngstrom = 9200.0;
        (void)stars.write("d.txt", starTable(16.0, 5.0, red));
        (void)stars.write("e.txt", starTable(30.0, 0.0));
        const auto result = classified({ text(stars.path()), "/nonexistent.fits", "--json" });
        QCOMPARE(result.status, 1);
        const QJsonArray answers = answersOf(result);
        QCOMPARE(answers.size(), 6);
        QCOMPARE(answers[0].toObject()["type"].toString(), "A0 V");
        for (const int bad : { 1, 2, 3, 5 }) {
            QVERIFY(answers[bad].toObject()["error"].isString());
            QVERIFY(!answers[bad].toObject().contains("type"));
        }
        QVERIFY(answers[3].toObject()["error"].toString().contains("found 6400–9200 Å"));
        QVERIFY(answers[5].toObject()["error"].toString().contains("/nonexistent.fits"));
        QCOMPARE(answers[4].toObject()["type"].toString(), "G0 I");
        const auto csv = classified({ text(stars.path()), "--csv" });
        QCOMPARE(csv.status, 1);
        for (const QByteArray& line : csv.out.trimmed().split('\n'))
            if (line.contains("b.txt,"))
                QCOMPARE(line.count(",,"), 13); // the fields of an answer
    }

    void zeroEdgesAndGaps()
    {
        const TemporaryFolder stars;
        auto edge = observeStar(16.0, 5.0);
        auto gap = edge;
        for (std::size_t i = 0; i < edge.segments.front().pixels(); ++i) {
            const double w = edge.segments.front().wavelengthAngstrom[i];
            if (w < 3809.0)
                edge.segments.front().flux[i] = 0.0;
            if (w > 3910.0 && w < 3950.0)
                gap.segments.front().flux[i] = 0.0;
        }
        const QStringList known { "--air", "--frame", "rest" };
        const auto filled = classified(
            QStringList { text(stars.write("edge.txt", tableOf(edge))), "--json" } + known);
        const auto answer = answersOf(filled).first().toObject();
        QVERIFY2(answer["conformity"].toObject()["ok"].toBool(), filled.out.constData());
        QVERIFY(filled.out.contains("filled with the nearest good value"));
        const auto holed
            = classified(QStringList { text(stars.write("gap.txt", tableOf(gap))) } + known);
        QVERIFY2(holed.out.contains("UNRELIABLE: 5 % of 3800–4599.5 Å missing (3910.5–3949.5 Å)"),
            holed.out.constData());
    }

    void wrongUsageEndsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no file") << QStringList {};
        QTest::newRow("both media") << QStringList { "x", "--air", "--vacuum" };
        QTest::newRow("both outputs") << QStringList { "x", "--csv", "--json" };
        QTest::newRow("frame") << QStringList { "x", "--frame", "galactic" };
        QTest::newRow("unknown") << QStringList { "x", "--leave-standards-out" };
    }
    void wrongUsageEndsWithTwo()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(classified(arguments).status, 2);
    }

    void missingOrForeignModelsAreNamed()
    {
        const auto missing = runCli({ "classify", "--model", "/nonexistent.h5", "x" });
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.err.contains("/nonexistent.h5"));
        const TemporaryFolder folder;
        const auto junk = text(folder.write("junk.h5", "no model"));
        const auto damaged = runCli({ "classify", "--model", junk, "x" });
        QCOMPARE(damaged.status, 1);
        QVERIFY(damaged.err.contains("junk.h5"));
        const TemporaryFolder small;
        for (const char* name : { "t160l00p00.rbn", "t160l30p00.rbn", "t160l50p00.rbn" })
            (void)small.write(name, starTable(16.0, 5.0));
        const auto mismatch = classified({ "--atlas", text(small.path()), "x" });
        QCOMPARE(mismatch.status, 1);
        QVERIFY2(mismatch.err.contains("without F0 G0"), mismatch.err.constData());
    }

    void evaluateOnTheTrainingLibrary()
    {
        const auto result = runCli({ "evaluate", "--model", m_trained.model, "--data",
            text(m_trained.library.path()), "--augment", "5", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        QCOMPARE(json["samples"].toInt(), 45);
        QCOMPARE(json["typed"].toInt(), 45);
        QCOMPARE(json["refused"].toInt(), 0);
        QVERIFY(json["sc_accuracy"].toDouble() > 0.9);
        QVERIFY(json["lc_accuracy"].toDouble() > 0.9);
        QCOMPARE(json["classes"].toArray(), (QJsonArray { "A0", "F0", "G0" }));
        QCOMPARE(json["baseline"].toObject()["sc_accuracy"].toDouble(), 1.0);
        QCOMPARE(json["baseline"].toObject()["lc_accuracy"].toDouble(), 1.0);
        QCOMPARE(json["sc_confusion"].toArray().size(), 3);
        QCOMPARE(json["lc_confusion"].toArray().first().toArray().size(), 3);
        QCOMPARE(json["per_class"].toArray().size(), 3);
        QVERIFY(json["pull_width"].isNull());
        QVERIFY(json["ece_lc"].isDouble());
        for (const char* key : { "median", "sigma68", "rms3", "beyond3", "bias" })
            QVERIFY2(json["code"].toObject()[key].isDouble(), key);
        for (const char* key : { "median", "sigma68", "rms", "bias", "within1", "within2" })
            QVERIFY2(json["subclass"].toObject()[key].isDouble(), key);
        QVERIFY(json["note"].toString().contains("training stars"));
    }

    void evaluateOnLabelledStars()
    {
        const TemporaryFolder stars;
        (void)stars.write("one.txt", starTable(16.0, 5.0));
        (void)stars.write("two.txt", starTable(30.0, 0.0));
        (void)stars.write("bad.txt", "junk");
        const auto labels = text(stars.write("labels.csv",
            "file,type\none.txt,A0V\ntwo,G0Ib\nbad.txt,F0V\nthree.txt,F0V\none.txt,WC7\n"));
        const auto result = runCli({ "evaluate", "--model", m_trained.model, "--data",
            text(stars.path()), "--labels", labels, "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        QCOMPARE(json["samples"].toInt(), 3);
        QCOMPARE(json["typed"].toInt(), 2);
        QCOMPARE(json["refused"].toInt(), 1);
        QCOMPARE(json["left_out"].toArray().size(), 2);
        QVERIFY(json["left_out"].toArray()[0].toString().contains("line 5"));
        QCOMPARE(json["sc_accuracy"].toDouble(), 1.0);
        QCOMPARE(json["lc_accuracy"].toDouble(), 1.0);
        QCOMPARE(json["code"].toObject()["median"].toDouble(), 0.0);
        QCOMPARE(json["conforming"].toInt(), 0);
    }

    void evaluateRefusesWhatItCannotDo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::newRow("no data") << QStringList {} << 2;
        QTest::newRow("missing") << QStringList { "--data", "/nonexistent" } << 1;
        QTest::newRow("negative") << QStringList { "--data", "builtin", "--augment", "-1" } << 2;
        QTest::newRow("not offered yet")
            << QStringList { "--data", "builtin", "--leave-standards-out" } << 2;
        QTest::newRow("empty folder") << QStringList { "--data", "EMPTY" } << 1;
        QTest::newRow("labels missing")
            << QStringList { "--data", "EMPTY", "--labels", "/nonexistent.csv" } << 1;
        QTest::newRow("noise without stars")
            << QStringList { "--data", "EMPTY", "--if-snr", "20" } << 2;
        QTest::newRow("negative noise") << QStringList { "--data", "EMPTY", "--labels",
            "/nonexistent.csv", "--if-snr", "-3" } << 2;
    }
    void evaluateRefusesWhatItCannotDo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        const TemporaryFolder empty;
        arguments.replaceInStrings("EMPTY", text(empty.path()));
        const auto result
            = runCli(QStringList { "evaluate", "--model", m_trained.model } + arguments);
        QVERIFY2(result.status == status, result.err.constData());
        QVERIFY(result.out.isEmpty());
        QVERIFY(!result.err.isEmpty());
    }

    // Done to the spectrum before all else: zeros are the plain answer, the velocity is found again.
    void whatIfChangesTheSpectrum()
    {
        const TemporaryFolder folder;
        const auto file = text(folder.write("star.txt", starTable(23.0, 5.0)));
        const auto ask = [&](const QStringList& more) {
            return answersOf(classified(QStringList { file, "--json" } + more)).first().toObject();
        };
        const QJsonObject plain = ask({});
        QVERIFY(!plain["type"].toString().isEmpty());
        QCOMPARE(ask({ "--if-velocity", "0", "--if-blur", "0" }), plain);
        const double moved = ask({ "--if-velocity", "120" })["velocity_kms"].toDouble();
        QVERIFY(std::abs(moved - plain["velocity_kms"].toDouble() - 120.0) < 3.0);
        const CliResult refused
            = classified({ file, "--if-rotation", "-5" });
        QVERIFY(refused.status != 0);
        QVERIFY(refused.err.contains("--if-rotation"));
    }
};

QTEST_GUILESS_MAIN(TestVerbClassify)
#include "tst_verb_classify.moc"

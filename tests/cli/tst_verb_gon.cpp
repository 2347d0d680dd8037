// The verbs below `maury-cli gon`, on a library of a few made standards.

#include "tests/support/cli.h"
#include "tests/support/store_files.h"
#include "tests/support/test_data.h"

#include <QJsonArray>
#include <QTest>

#include <cmath>
#include <fstream>

using namespace maury::test;

namespace {

/// Standards t160 … with lines whose depths follow the temperature code, as MKCLASS files.
void writeLibrary(const TemporaryFolder& folder)
{
    std::filesystem::create_directory(folder / "lib");
    for (int i = 0; i < 15; ++i) {
        char name[64];
        std::snprintf(name, sizeof name, "lib/t%03dl50p00.rbn", 160 + 10 * i);
        std::ofstream file(folder / name);
        for (int p = 0; p < 1600; ++p) {
            const double wavelength = 3800.0 + 0.5 * p;
            double flux = 1.0;
            for (int line = 0; line < 30; ++line) {
                const double x = (wavelength - (3810.0 + 26.0 * line)) / 1.3;
                flux -= (0.1 + 0.02 * ((line * 7 + i) % 15)) * std::exp(-0.5 * x * x);
            }
            file << wavelength << ' ' << flux << '\n';
        }
    }
}

} // namespace

class TestVerbGon : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeLibrary(m_folder);
        const CliResult trained = runCli({ "gon", "train", "--data", library(), "--latent", "4",
            "--hidden", "16,16", "--train-steps", "20", "--batch", "8", "--threads", "1", "--out",
            model(), "--json" });
        QVERIFY2(trained.status == 0, trained.err.constData());
        const QJsonObject result = trained.json();
        QCOMPARE(result["protocol"].toString(), QString("gon"));
        QCOMPARE(result["train_spectra"].toInt(), 12);
        QVERIFY(result["loss"].toDouble() > 0.0);
        QVERIFY(result["test"].toObject()["chi2_per_dof_median"].toDouble() > 0.0);
    }

    void encode()
    {
        const CliResult done = runCli({ "gon", "encode", "--data", library(), "--model", model(),
            "--out", argument(m_folder / "codes.csv"), "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        QCOMPARE(done.json()["stars"].toArray().size(), 15);
        QCOMPARE(done.json()["stars"].toArray()[0].toObject()["code"].toArray().size(), 4);
        QVERIFY(std::filesystem::exists(m_folder / "codes.csv"));
    }

    // A store on a common grid is data as it stands: no atlas, its own pixels.
    void trainsOnAStore()
    {
        const auto store = argument(m_folder / "store.h5");
        const auto file = argument(m_folder / "of-store.h5");
        writeGriddedStore(m_folder / "store.h5", 40);
        const CliResult trained = runCli({ "gon", "train", "--data", store, "--where",
            "type ~ K", "--latent", "2", "--hidden", "8", "--train-steps", "10", "--batch", "8",
            "--threads", "1", "--out", file, "--json" });
        QVERIFY2(trained.status == 0, trained.err.constData());
        QCOMPARE(trained.json()["train_spectra"].toInt(), 24); // four fifths of the 30 of class K
        const CliResult coded
            = runCli({ "gon", "encode", "--data", store, "--model", file, "--json" });
        QVERIFY2(coded.status == 0, coded.err.constData());
        QCOMPARE(coded.json()["stars"].toArray().size(), 40);
        const CliResult same = runCli({ "gon", "transfer", "--data", store, "--model", file,
            "--target", store, "--json" });
        QVERIFY2(same.status == 0, same.err.constData());
        QVERIFY(same.json()["test_stars"].toInt() > 0);
    }

    void reconstructAndImpute()
    {
        for (const char* verb : { "reconstruct", "impute" }) {
            QStringList arguments { "gon", verb, "--data", library(), "--model", model(), "--out",
                argument(m_folder / "made.csv"), "--json" };
            if (QString(verb) == "impute")
                arguments << "--hide" << "4000:4020";
            const CliResult done = runCli(arguments);
            QVERIFY2(done.status == 0, done.err.constData());
            QVERIFY(done.json()["chi2_per_dof_median"].toDouble() > 0.0);
            if (QString(verb) == "impute")
                QVERIFY(done.json()["hidden"].toObject()["rms"].toDouble() < 0.3);
        }
        QVERIFY(runCli({ "gon", "impute", "--data", library(), "--model", model(), "--hide",
                           "4020:4000" })
                    .status
            == 2);
    }

    void score()
    {
        const CliResult done = runCli(
            { "gon", "score", "--data", library(), "--model", model(), "--json", "--probes" });
        QVERIFY2(done.status == 0, done.err.constData());
        const QJsonArray stars = done.json()["stars"].toArray();
        QCOMPARE(stars.size(), 15);
        for (int i = 1; i < stars.size(); ++i)
            QVERIFY(stars[i - 1].toObject()["score"].toDouble()
                >= stars[i].toObject()["score"].toDouble());
        QVERIFY(!done.json()["probes"].toArray().isEmpty());
    }

    void velocity()
    {
        const CliResult done = runCli({ "gon", "rv", "--data", library(), "--model", model(),
            "--range", "100", "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        for (const QJsonValue& star : done.json()["stars"].toArray())
            QVERIFY(std::abs(star.toObject()["velocity_kms"].toDouble()) < 30.0);
    }

    void sample()
    {
        const CliResult done = runCli({ "gon", "sample", "--model", model(), "--count", "5",
            "--components", "2", "--out", argument(m_folder / "new.csv"), "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        QCOMPARE(done.json()["samples"].toArray().size(), 5);
        QVERIFY(runCli({ "gon", "sample", "--model", model(), "--components", "99" }).status == 2);
    }

    void map()
    {
        const CliResult done = runCli({ "gon", "map", "--data", library(), "--model", model(),
            "--out", argument(m_folder / "map.csv"), "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        const QJsonArray stars = done.json()["stars"].toArray();
        QCOMPARE(stars.size(), 15);
        for (const QJsonValue& star : stars)
            for (const char* number : { "pca_x", "pca_y", "tsne_x", "tsne_y", "score" })
                QVERIFY(star.toObject()[number].isDouble());
        std::ifstream file(m_folder / "map.csv");
        std::string line;
        int lines = 0;
        while (std::getline(file, line))
            ++lines;
        QCOMPARE(lines, 16);
        const CliResult axes = runCli({ "gon", "map", "--data", library(), "--model", model(),
            "--no-tsne", "--json" });
        QVERIFY(axes.json()["stars"].toArray()[3].toObject()["tsne_x"].isNull());
        QCOMPARE(axes.json()["stars"].toArray()[3].toObject()["pca_x"].toDouble(),
            stars[3].toObject()["pca_x"].toDouble());
    }

    void twins()
    {
        const QString star = runCli({ "gon", "map", "--data", library(), "--model", model(),
            "--no-tsne", "--json" }).json()["stars"].toArray()[4].toObject()["star"].toString();
        const CliResult done = runCli({ "gon", "twins", "--data", library(), "--model", model(),
            "--star", star, "--count", "3", "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        const QJsonArray twins = done.json()["twins"].toArray();
        QCOMPARE(twins.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(twins[i].toObject()["star"].toString(), star);
            QVERIFY(twins[i].toObject()["twin"].toString() != star);
            QCOMPARE(twins[i].toObject()["rank"].toInt(), i + 1);
        }
        QVERIFY(twins[0].toObject()["difference_rms"].toDouble()
            <= twins[2].toObject()["difference_rms"].toDouble());
        QVERIFY(runCli({ "gon", "twins", "--data", library(), "--model", model() })
                    .out.count('\n')
            == 1 + 15 * 12);
        QCOMPARE(runCli({ "gon", "twins", "--data", library(), "--model", model(), "--star",
                            "nobody" })
                     .status,
            1);
    }

    void morph()
    {
        const CliResult done = runCli({ "gon", "morph", "--model", model(), "--from", "t170l50p00",
            "--to", "t290l50p00", "--steps", "5", "--out", argument(m_folder / "way.csv"),
            "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        QCOMPARE(done.json()["along"].toString(), QString("temperature"));
        const QJsonArray steps = done.json()["steps"].toArray();
        QCOMPARE(steps.size(), 5);
        QCOMPARE(steps[0].toObject()["before"].toString(), QString("t170l50p00"));
        QCOMPARE(steps[4].toObject()["after"].toString(), QString("t290l50p00"));
        QCOMPARE(steps[2].toObject()["position"].toDouble(), 23.0);
        QCOMPARE(steps[2].toObject()["flux"].toArray().size(), 1600);
        QVERIFY(steps[0].toObject()["supported"].toBool());
        QCOMPARE(runCli({ "gon", "morph", "--model", model(), "--from", "X9 V", "--to", "t290l50p00" })
                     .status,
            2);
    }

    void transfer()
    {
        const CliResult done = runCli({ "gon", "transfer", "--data", library(), "--model", model(),
            "--target", library(), "--json" });
        QVERIFY2(done.status == 0, done.err.constData());
        QVERIFY(done.json()["rms"].toDouble() > 0.0);
    }

    // Two surveys without a pixel or a name in common: their stars are known by their places, and
    // the judged ones are none that the models were trained on.
    void transferBetweenSurveys()
    {
        const auto apogee = argument(m_folder / "apogee.h5");
        const auto galah = argument(m_folder / "galah.h5");
        writeSurveyStore(m_folder / "apogee.h5", "apogee-star", 20, 60, 0.0);
        writeSurveyStore(m_folder / "galah.h5", "galah-dr3", 240, 60, 0.4);
        QStringList arguments { "gon", "transfer", "--data", apogee, "--target", galah, "--latent",
            "3", "--train-steps", "60", "--threads", "1", "--json" };
        const CliResult done = runCli(arguments);
        QVERIFY2(done.status == 0, done.err.constData());
        const QJsonObject score = done.json();
        QCOMPARE(score["test_stars"].toInt(), 15);
        QCOMPARE(score["train_stars"].toInt(), 45);
        QCOMPARE(score["matched_by_position"].toInt(), 60);
        QVERIFY(score["trained_here"].toBool());
        QVERIFY(score["rms"].toDouble() < 0.3 * score["mean_rms"].toDouble());
        QVERIFY(score["shuffled_rms"].toDouble() > 2.0 * score["rms"].toDouble());
        QVERIFY(score["code_r2"].toDouble() > 0.9);
        QVERIFY(score["shuffled_code_r2"].toDouble() < 0.5);
        // Farther apart than the radius they are not the same stars.
        arguments << "--radius-arcsec" << "0.1";
        const CliResult apart = runCli(arguments);
        QCOMPARE(apart.status, 1);
        QVERIFY(apart.err.contains("0 common stars among 60 and 60"));
    }

    void wrongUsage()
    {
        QCOMPARE(runCli({ "gon", "train", "--data", library(), "--latent", "1" }).status, 2);
        QCOMPARE(runCli({ "gon", "train", "--data", library(), "--decoder", "other" }).status, 2);
        QCOMPARE(runCli({ "gon", "train", "--data", library(), "--backend", "gpu" }).status, 2);
        QCOMPARE(runCli({ "gon", "encode", "--data", library(), "--model",
                            argument(m_folder / "lib/t160l50p00.rbn") })
                     .status,
            1);
    }

    /// A GPU is asked for by name, and why it cannot be had is told.
    void withoutAGpu()
    {
        qputenv("CUDA_VISIBLE_DEVICES", "-1"); // also where there is one
        const QStringList train { "gon", "train", "--data", library(), "--backend", "cuda" };
        const CliResult trained = runCli(train);
        QVERIFY(trained.status == 1 && trained.err.contains("cuda"));
        const CliResult siren = runCli(train + QStringList { "--decoder", "siren" });
        QVERIFY(siren.status == 1 && siren.err.contains("wavelength"));
        const QStringList encode { "gon", "encode", "--data", library(), "--model", model(),
            "--backend" };
        QCOMPARE(runCli(encode + QStringList { "cuda" }).status, 1);
        QCOMPARE(runCli(encode + QStringList { "cuda", "--steps", "2" }).status, 2);
        // What a GPU would take runs on the processor, with the same codes.
        const auto firstCode = [&](const char* backend) {
            const CliResult done = runCli(encode + QStringList { backend, "--json" });
            return done.json()["stars"].toArray()[0].toObject()["code"].toArray();
        };
        const QJsonArray a = firstCode("auto");
        const QJsonArray b = firstCode("cpu");
        QCOMPARE(a.size(), 4);
        for (qsizetype d = 0; d < a.size(); ++d)
            QVERIFY(std::abs(a[d].toDouble() - b[d].toDouble()) < 1e-4);
    }

private:
    [[nodiscard]] QString library() const { return argument(m_folder / "lib"); }
    [[nodiscard]] QString model() const { return argument(m_folder / "model.h5"); }

    TemporaryFolder m_folder;
};

QTEST_GUILESS_MAIN(TestVerbGon)
#include "tst_verb_gon.moc"

#include "tests/support/cli.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <functional>
#include <sstream>

using namespace maury;
using namespace maury::test;

namespace {

std::string starTable(double code, double luminosity, const Observation& observation = {})
{
    std::ostringstream table;
    table.precision(9);
    const auto star = observeStar(code, luminosity, observation);
    const auto& segment = star.segments.front();
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        table << segment.wavelengthAngstrom[i] << ' ' << segment.flux[i] << '\n';
    return table.str();
}

} // namespace

/// The robust protocol as a user runs it: train, classify, evaluate.
class TestTrainRobust : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        Observation wide;
        wide.lastAngstrom = 4619.5;
        for (const int code : { 160, 180, 200, 230, 260, 300 })
            for (const int luminosity : { 0, 30, 50 }) {
                char name[32];
                std::snprintf(name, sizeof name, "t%03dl%02dp00.rbn", code, luminosity);
                m_library.write(name, starTable(code / 10.0, luminosity / 10.0, wide));
            }
        m_model = argument(m_results / "model.h5");
        m_training = runCli(
            { "train", "--protocol", "robust", "--atlas", argument(m_library.path()), "--hidden",
                "48,24", "--steps", "200", "--batch", "64", "--lr", "0.005", "--warm-up", "40",
                "--members", "2", "--seed", "3", "--threads", "2", "--out", m_model, "--json" });
    }

    void trainingReports()
    {
        QVERIFY2(m_training.status == 0, m_training.err.constData());
        const QJsonObject json = m_training.json();
        QCOMPARE(json["protocol"].toString(), "robust");
        QCOMPARE(json["backend"].toString(), "cpu");
        QCOMPARE(json["members"].toInt(), 2);
        QCOMPARE(json["train_spectra"].toInt(), 18);
        QCOMPARE(json["classes"].toArray().size(), 6);
        QVERIFY(json["train"].toObject()["loss"].toDouble() < 4.0);
        const QJsonObject test = json["test"].toObject();
        QCOMPARE(test["samples"].toInt(), 512);
        QVERIFY(test["sc_accuracy"].toDouble() > 0.3);
        QVERIFY(json["test_note"].toString().contains("other variations"));
        QCOMPARE(json["calibration"].toObject()["folds"].toInt(), 5);
        QCOMPARE(json["calibration"].toObject()["observed_standards"].toInt(), 18);
        QVERIFY(std::filesystem::exists(m_results / "model.h5"));
    }

    // A finished checkpoint has nothing left to train and gives the same model again.
    void resumesAndTestsOnAnAtlas()
    {
        const QString library = argument(m_library.path());
        const QString checkpoint = argument(m_results / "run.h5");
        const auto first = runCli({ "train", "--protocol", "robust", "--atlas", library, "--test",
            library, "--hidden", "16", "--steps", "25", "--batch", "16", "--checkpoint", checkpoint,
            "--out", argument(m_results / "a.h5"), "--json" });
        QVERIFY2(first.status == 0, first.err.constData());
        QCOMPARE(first.json()["test"].toObject()["samples"].toInt(), 18);
        const auto again = runCli({ "train", "--protocol", "robust", "--atlas", library, "--test",
            library, "--resume", checkpoint, "--out", argument(m_results / "b.h5"), "--json" });
        QVERIFY2(again.status == 0, again.err.constData());
        QCOMPARE(again.json()["steps"].toInt(), 25);
        QCOMPARE(again.json()["test"].toObject()["loss"].toDouble(),
            first.json()["test"].toObject()["loss"].toDouble());
        const auto other = runCli(
            { "train", "--protocol", "robust", "--atlas", "builtin", "--resume", checkpoint });
        QCOMPARE(other.status, 1);
        const auto paper = runCli({ "train", "--atlas", library, "--resume", checkpoint });
        QCOMPARE(paper.status, 1);
        QVERIFY(paper.err.contains("maury-robust-checkpoint"));
    }

    void classifies()
    {
        Observation seen;
        seen.stepAngstrom = 0.8;
        const auto star = m_results.write("star.txt", starTable(23.0, 3.0, seen));
        const auto result = runCli({ "classify", argument(star), "--model", m_model, "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject answer = result.jsonArray().first().toObject();
        QVERIFY(std::abs(answer["decimal_subclass"].toDouble() - 30.0) < 3.0);
        QVERIFY(answer["subclass_sigma"].toDouble() > 0.0);
        QCOMPARE(answer["subclass_sigma_calibrated"].toBool(), true);
        QVERIFY(answer["model"].toString().contains("robust"));
        QVERIFY(!answer["luminosity_class"].toString().isEmpty());
        const auto plain = runCli({ "classify", argument(star), "--model", m_model });
        QVERIFY(!plain.out.contains("not calibrated"));
    }

    // Bad input is told by stable codes, never typed with confidence; the batch goes on, and the
    // status tells that a file could not be typed.
    void badInputIsToldAndTheBatchGoesOn()
    {
        const TemporaryFolder stars;
        Observation noisy;
        noisy.signalToNoise = 100.0;
        const auto changed = [&](const std::function<double(double, double)>& change) {
            std::ostringstream table;
            table.precision(9);
            const auto star = observeStar(20.0, 5.0, noisy);
            const auto& segment = star.segments.front();
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                table << segment.wavelengthAngstrom[i] << ' '
                      << change(segment.wavelengthAngstrom[i], segment.flux[i]) << '\n';
            return table.str();
        };
        stars.write("a-star.txt", starTable(20.0, 5.0));
        stars.write(
            "b-saturated.txt", changed([](double, double flux) { return std::min(flux, 0.97); }));
        stars.write("c-blank.txt", changed([](double, double) { return 0.0; }));
        stars.write("d-junk.txt", "this is no spectrum");
        stars.write("e-half.txt", changed([](double wavelength, double flux) {
            return wavelength < 4290.0 ? flux : 0.0;
        }));
        const auto result
            = runCli({ "classify", argument(stars.path()), "--model", m_model, "--json" });
        QCOMPARE(result.status, 1);
        const QJsonArray answers = result.jsonArray();
        QCOMPARE(answers.size(), 5);
        const QJsonObject normal = answers[0].toObject();
        QVERIFY(!normal["guess"].toBool());
        for (const int bad : { 2, 3 })
            QVERIFY(answers[bad].toObject()["error"].isString());
        for (const auto& [place, code] :
            { std::pair { 1, "saturated" }, std::pair { 4, "coverage" } }) {
            const QJsonObject answer = answers[place].toObject();
            const QJsonObject conformity = answer["conformity"].toObject();
            QVERIFY(!conformity["ok"].toBool());
            QVERIFY(answer["guess"].toBool());
            QVERIFY(std::abs(answer["sc_probability"].toDouble() - 1.0 / 6.0) < 1e-6);
            QVERIFY(std::abs(answer["lc_probability"].toDouble() - 1.0 / 3.0) < 1e-6);
            QVERIFY(answer["subclass_sigma"].toDouble() > 3.0);
            QCOMPARE(conformity["codes"].toArray().size(), conformity["reasons"].toArray().size());
            QStringList codes;
            for (const QJsonValue& each : conformity["codes"].toArray()) {
                codes << each.toObject()["code"].toString();
                QVERIFY(each.toObject()["values"].isObject());
            }
            QVERIFY2(codes.contains(code), qPrintable(codes.join(' ')));
        }
    }

    void evaluates()
    {
        const TemporaryFolder stars;
        std::string labels = "file,type\n";
        for (const auto& [code, type] :
            { std::pair { 16.0, "A0V" }, std::pair { 23.0, "F0V" }, std::pair { 30.0, "G0V" } }) {
            const std::string name = std::string(type) + ".txt";
            stars.write(name, starTable(code, 5.0));
            labels += name + "," + type + "\n";
        }
        const auto table = m_results.write("labels.csv", labels);
        const auto result = runCli({ "evaluate", "--model", m_model, "--data",
            argument(stars.path()), "--labels", argument(table), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject metrics = result.json();
        QCOMPARE(metrics["typed"].toInt(), 3);
        QVERIFY(metrics["code"].toObject()["sigma68"].toDouble() < 2.0);
        QVERIFY(metrics["pull_width"].isDouble());
        for (const char* head : { "sc", "lc" }) {
            QVERIFY(metrics[QString("ece_") + head].isDouble());
            const auto bins = metrics["reliability"].toObject()[head].toObject()["bins"].toArray();
            QCOMPARE(bins.size(), 10);
            int samples = 0;
            for (const QJsonValue& bin : bins)
                samples += bin.toObject()["samples"].toInt();
            QCOMPARE(samples, 3);
        }
        QVERIFY(metrics["baseline"].toObject()["lc_accuracy"].isDouble());
    }

    // Without labels the data are a library, whose standards are typed like stars.
    void evaluatesOnALibrary()
    {
        const auto result = runCli(
            { "evaluate", "--model", m_model, "--data", argument(m_library.path()), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject metrics = result.json();
        QCOMPARE(metrics["samples"].toInt(), 18);
        QVERIFY(metrics["sc_within_one"].toDouble() > 0.8);
        QVERIFY(metrics["note"].toString().contains("training"));
        QVERIFY(metrics["ece_sc"].isDouble());
    }

    void leavesStandardsOut()
    {
        const auto result = runCli({ "evaluate", "--model", m_model, "--leave-standards-out",
            "--folds", "3", "--threads", "2", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject metrics = result.json();
        QCOMPARE(metrics["samples"].toInt(), 18);
        QVERIFY(metrics["pull_width"].isDouble());
        QVERIFY(metrics["baseline"].toObject()["sc_within_one"].isDouble());
        QVERIFY(metrics["note"].toString().contains("18 observed cells in 3 folds"));
        int heldOut = 0;
        for (const QJsonValue& fold : metrics["folds"].toArray()) {
            heldOut += static_cast<int>(fold.toObject()["held_out"].toArray().size());
            QCOMPARE(fold.toObject()["trained_on"].toInt(), 12);
        }
        QCOMPARE(heldOut, 18);
        const auto unclear = runCli({ "evaluate", "--leave-standards-out" });
        QCOMPARE(unclear.status, 2);
        QVERIFY(unclear.err.contains("--atlas"));
        QCOMPARE(runCli({ "evaluate", "--model", m_model }).status, 2);
    }

    void isInspected()
    {
        const auto result = runCli({ "inspect", m_model, "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject entry = result.jsonArray().first().toObject();
        QCOMPARE(entry["protocol"].toString(), "robust");
        QCOMPARE(entry["members"].toInt(), 2);
        QCOMPARE(entry["layers"].toArray().size(), 4); // two hidden layers and two heads
        QCOMPARE(entry["grid"].toObject()["pixels"].toInt(), 853);
        const auto text = runCli({ "inspect", m_model });
        QVERIFY(text.out.contains("3870 to 4589"));
    }

    void optionsOfTheOtherProtocolAreRefused()
    {
        const QString library = argument(m_library.path());
        const auto paperOnly
            = runCli({ "train", "--protocol", "robust", "--atlas", library, "--epochs", "3" });
        QCOMPARE(paperOnly.status, 2);
        QVERIFY(paperOnly.err.contains("--epochs"));
        const auto robustOnly = runCli({ "train", "--atlas", library, "--members", "3" });
        QCOMPARE(robustOnly.status, 2);
        QVERIFY(robustOnly.err.contains("--members"));
        qputenv("CUDA_VISIBLE_DEVICES", "-1"); // also where there is a GPU
        const auto cuda
            = runCli({ "train", "--protocol", "robust", "--atlas", library, "--backend", "cuda" });
        QCOMPARE(cuda.status, 1);
        QVERIFY(cuda.err.contains("cuda"));
        const auto range
            = runCli({ "train", "--protocol", "robust", "--atlas", library, "--dropout", "1" });
        QCOMPARE(range.status, 2);
    }

    void damagedModelsAreNamed()
    {
        std::string bytes;
        {
            QFile file(m_model);
            QVERIFY(file.open(QIODevice::ReadOnly));
            bytes = file.readAll().toStdString();
        }
        const auto cut = m_results.write("cut.h5", bytes.substr(0, bytes.size() / 2));
        const auto star = m_results.write("again.txt", starTable(23.0, 3.0));
        const auto result
            = runCli({ "classify", argument(star), "--model", argument(cut), "--json" });
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("cut.h5"));
    }

private:
    TemporaryFolder m_library;
    TemporaryFolder m_results;
    QString m_model;
    CliResult m_training;
};

QTEST_GUILESS_MAIN(TestTrainRobust)
#include "tst_train_robust.moc"

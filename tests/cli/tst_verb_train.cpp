#include "core/train/presets.h"
#include "tests/support/cli.h"
#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"

#include <QJsonArray>
#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;

/// `train` of the paper's protocol: presets, and one step number by number.
class TestVerbTrain : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_library;

    CliResult trained(const QStringList& arguments)
    {
        return runCli(QStringList { "train", "--atlas", argument(m_library.path()), "--hidden",
                          "12,6", "--per-spectrum", "6", "--per-spectrum-test", "2", "--batch",
                          "18", "--backend", "reference", "--json" }
            + arguments);
    }

private slots:
    void initTestCase()
    {
        writeStandards(m_library,
            { "t160l00p00", "t160l30p00", "t160l50p00", "t230l00p00", "t230l30p00", "t230l50p00",
                "t300l00p00", "t300l30p00", "t300l50p00" });
    }

    void oneStepNumberByNumber()
    {
        const auto result = trained({ "--show-step", "--step-sample", "2", "--step-units", "3,1" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject step = result.json();
        QCOMPARE(step["samples"].toInt(), 18);
        QCOMPARE(step["sample"].toInt(), 2);
        QCOMPARE(step["units"].toArray(), (QJsonArray { 3, 1 }));
        const QJsonArray stages = step["stages"].toArray();
        QCOMPARE(stages.size(), 2 + 2 * 2 + 2 * 5 + 4 * 2);
        QCOMPARE(stages.first()["stage"].toString(), "input");
        QCOMPARE(stages.last()["layer"].toString(), "lc");
        const double rate = step["learning_rate"].toDouble();
        const QJsonArray rows = stages.last()["rows"].toArray();
        QVERIFY(!rows.isEmpty());
        for (const auto& row : rows) {
            const QJsonArray numbers
                = row.toObject()["numbers"].toArray(); // before, dW, after, after − before
            QVERIFY(std::abs(numbers[3].toDouble() + rate * numbers[1].toDouble()) < 1e-7);
        }
        // The same batch again, as text.
        const auto text = runCli({ "train", "--atlas", argument(m_library.path()), "--hidden",
            "12,6", "--per-spectrum", "6", "--batch", "18", "--show-step" });
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains("Z_SC = A_2·W_SC + b_SC"));
    }

    void stepsThatCannotBeShown()
    {
        QCOMPARE(trained({ "--show-step", "--step-sample", "19" }).status, 2);
        QCOMPARE(trained({ "--show-step", "--step-units", "3" }).status, 2);
        QCOMPARE(trained({ "--show-step", "--step-units", "3,7" }).status, 2);
    }

    void presetsWithWhatIsGivenInTheirPlace()
    {
        const auto lesson
            = runCli({ "train", "--preset", "lesson", "--atlas", argument(m_library.path()),
                "--epochs", "2", "--hidden", "7", "--per-spectrum", "6", "--json" });
        QVERIFY2(lesson.status == 0, lesson.err.constData());
        const QJsonObject json = lesson.json();
        QCOMPARE(json["epochs"].toInt(), 2);
        QCOMPARE(json["train_samples"].toInt(), 9 * 6);
        // 7 units on 1600 pixels, three classes and three luminosities.
        QCOMPARE(json["parameters"].toInt(), 1601 * 7 + 8 * (3 + 3));
        QCOMPARE(runCli({ "train", "--preset", "nonsense" }).status, 2);
        const auto missing = runCli({ "train", "--preset", "paper-table", "--epochs", "1" });
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.err.contains("libr18"));
        const auto help = runCli({ "train", "--help" });
        for (const train::Preset& preset : train::presets())
            QVERIFY2(help.out.contains(preset.id.c_str()), preset.id.c_str());
    }
};

QTEST_GUILESS_MAIN(TestVerbTrain)
#include "tst_verb_train.moc"

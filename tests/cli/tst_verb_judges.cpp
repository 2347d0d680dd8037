// judges and suspects on a library of a few made standards.

#include "core/gon/gon_trainer.h"
#include "core/gon/gon_sources.h"
#include "core/project/project.h"
#include "tests/support/cli.h"
#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QJsonArray>
#include <QTest>

using namespace maury;
using namespace maury::test;

class TestVerbJudges : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_library;
    TemporaryFolder m_files;
    QString m_model;
    QString m_gon;
    QString m_labels;

    CliResult judged(const QStringList& arguments)
    {
        return runCli(QStringList { "judges", argument(m_files / "t230l50p00.rbn"),
                          argument(m_files / "t160l50p00.rbn"), "--model", m_model, "--atlas",
                          argument(m_library.path()) }
            + arguments);
    }

private slots:
    void initTestCase()
    {
        writeStandards(m_library,
            { "t160l00p00", "t160l30p00", "t160l50p00", "t230l00p00", "t230l30p00", "t230l50p00",
                "t300l00p00", "t300l30p00", "t300l50p00" });
        const auto atlas = mk::readAtlasFolder(m_library.path());
        QVERIFY_RESULT(atlas);
        const auto model = m_files / "model.h5";
        QVERIFY_RESULT(train::writeModel(untrainedModel(*atlas), model));
        m_model = argument(model);
        gon::GonConfig config;
        config.decoder.latent = 3;
        config.threads = 1;
        const auto data = gon::atlasData(**atlas, {}, 0, 1);
        QVERIFY_RESULT(data);
        const auto components = gon::principalComponentModel(config, *data);
        QVERIFY_RESULT(components);
        QVERIFY_RESULT(gon::writeModel(*components, m_files / "gon.h5"));
        m_gon = argument(m_files / "gon.h5");
        m_files.write("t230l50p00.rbn", standardText(23.0, 5.0));
        m_files.write("t160l50p00.rbn", standardText(16.0, 5.0));
        m_labels = argument(m_files.write("labels.csv",
            "file,type\nt230l50p00.rbn,F0 V\nt160l50p00.rbn,K5 III\n"));
    }

    void judgesAsJson()
    {
        const auto result = judged({ "--gon", m_gon, "--gon-atlas", argument(m_library.path()),
            "--labels", m_labels, "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonArray stars = result.json()["stars"].toArray();
        QCOMPARE(stars.size(), 2);
        double before = 1e9;
        for (const auto& each : stars) {
            const QJsonObject star = each.toObject();
            const bool isF = star["file"].toString().contains("t230");
            const QJsonObject judges = star["judges"].toObject();
            QCOMPARE(judges.size(), 4);
            const QString type = isF ? "F0 V" : "A0 V";
            QCOMPARE(judges["nearest"].toObject()["type"].toString(), type);
            QCOMPARE(judges["nearest"].toObject()["standard"].toString(),
                QString(isF ? "t230l50p00" : "t160l50p00"));
            QCOMPARE(judges["gon"].toObject()["type"].toString(), type);
            QCOMPARE(judges["human"].toObject()["type"].toString(), isF ? "F0 V" : "K5 III");
            QVERIFY(!judges["network"].toObject()["type"].toString().isEmpty());
            const QJsonObject most = star["disagreement"].toObject();
            QVERIFY(most["score"].toDouble() <= before);
            before = most["score"].toDouble();
        }
        // The wrong label is the largest disagreement: 23 codes away from everybody else.
        QVERIFY(stars.first().toObject()["file"].toString().contains("t160"));
    }

    void judgesAsCsvAndText()
    {
        const auto csv = judged({ "--labels", m_labels, "--csv" });
        QVERIFY2(csv.status == 0, csv.err.constData());
        const auto lines = csv.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        for (const QByteArray& line : lines)
            QCOMPARE(line.count(','), lines.front().count(','));
        const auto text = judged({});
        QVERIFY2(text.status == 0, text.err.constData());
        QVERIFY(text.out.contains("n/a")); // no GON
        QCOMPARE(text.out.trimmed().count('\n'), 2);
    }

    void labelsOfAProject()
    {
        const auto file = m_files / "night.maury";
        {
            auto made = project::Project::create(file);
            QVERIFY_RESULT(made);
            project::Star star;
            star.name = "t160l50p00";
            const auto ids = made->addStars(std::span(&star, 1));
            QVERIFY_RESULT(ids);
            project::LabelState state;
            state.accepted.emplace();
            state.accepted->type = "B9 V";
            QVERIFY_RESULT(made->record(ids->front(), "anna", state));
        }
        const auto result = judged({ "--project", argument(file), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        int typed = 0;
        for (const auto& each : result.json()["stars"].toArray()) {
            const QJsonValue human = each.toObject()["judges"].toObject()["human"];
            const bool labelled = each.toObject()["file"].toString().contains("t160");
            QCOMPARE(human.isObject(), labelled);
            if (labelled)
                QCOMPARE(human.toObject()["type"].toString(), QString("B9 V"));
            typed += labelled ? 1 : 0;
        }
        QCOMPARE(typed, 1);
        QCOMPARE(judged({ "--project", argument(file), "--classifier", "ben" }).status, 2);
    }

    void badInput()
    {
        QCOMPARE(judged({ "--labels", argument(m_files / "none.csv") }).status, 1);
        const auto wrong = m_files.write("wrong.csv", "star,type\nt160l50p00,nonsense\n");
        const auto result = judged({ "--labels", argument(wrong) });
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("line 2"));
        QCOMPARE(judged({ "--gon", m_model }).status, 1);
        QCOMPARE(runCli({ "judges" }).status, 2);
        // One file that cannot be read does not stop the others.
        const auto some = judged({ argument(m_files / "none.fits"), "--json" });
        QCOMPARE(some.status, 1);
        QCOMPARE(some.json()["stars"].toArray().size(), 2);
    }

    void suspects()
    {
        const auto swapped = m_files.write("swapped.csv", "star,type\nt160l50p00,G0 V\n");
        const QStringList small { "--atlas", argument(m_library.path()), "--folds", "2", "--steps",
            "20", "--warm-up", "5", "--batch", "16", "--hidden", "8", "--threads", "1" };
        const auto result
            = runCli(QStringList { "suspects", "--labels", argument(swapped), "--json" } + small);
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonArray ranked = result.json()["suspects"].toArray();
        QCOMPARE(ranked.size(), 9);
        bool found = false;
        double before = 1.0;
        for (const auto& each : ranked) {
            const QJsonObject one = each.toObject();
            QVERIFY(one["score"].toDouble() <= before);
            before = one["score"].toDouble();
            if (one["star"] == "t160l50p00") {
                found = true;
                QCOMPARE(one["label"].toString(), QString("G0 V"));
            }
        }
        QVERIFY(found);
        const auto csv = runCli(QStringList { "suspects", "--csv" } + small);
        QVERIFY2(csv.status == 0, csv.err.constData());
        QCOMPARE(csv.out.trimmed().count('\n'), 9);
        const auto nobody = m_files.write("nobody.csv", "star,type\nt999l50p00,G0 V\n");
        QCOMPARE(runCli(QStringList { "suspects", "--labels", argument(nobody) } + small).status, 1);
        QCOMPARE(runCli({ "suspects", "--folds", "1" }).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerbJudges)
#include "tst_verb_judges.moc"

#include "tests/support/cli.h"
#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QJsonArray>
#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;

/// A network that was not trained: its answers mean nothing, their explanations must add up all the
/// same.
class TestVerbExplain : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_library;
    TemporaryFolder m_files;
    QString m_model;
    QString m_star;

    CliResult explained(const QStringList& arguments)
    {
        return runCli(QStringList { "explain", m_star, "--model", m_model, "--atlas",
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
        m_star = argument(m_files.write("t230l50p00.rbn", standardText(23.0, 5.0)));
    }

    void jsonAsInTheReference()
    {
        const auto result = explained({ "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject answer = result.json();
        QVERIFY(!answer["type"].toString().isEmpty());
        QVERIFY(answer["completeness_error"].toDouble(1.0) < 0.01);
        const QJsonArray evidence = answer["evidence"].toArray();
        QVERIFY(!evidence.isEmpty() && evidence.size() <= 20);
        double before = 1e9;
        for (const auto& each : evidence) {
            const QJsonObject line = each.toObject();
            QVERIFY(line["wavelength"].toDouble() > 3790.0);
            QVERIFY(line["wavelength"].toDouble() < 4610.0);
            QVERIFY(!line["species"].toString().isEmpty());
            QVERIFY(line["head"] == "sc" || line["head"] == "lc");
            const double contribution = line["contribution"].toDouble();
            QVERIFY(std::abs(contribution) <= before);
            QCOMPARE(line["for"].toBool(), contribution >= 0.0);
            before = std::abs(contribution);
        }
        const QJsonArray heads = answer["heads"].toArray();
        QCOMPARE(heads.size(), 2);
        for (const auto& each : heads) {
            const QJsonObject head = each.toObject();
            const double difference = head["logit_difference"].toDouble()
                - head["baseline_logit_difference"].toDouble();
            QVERIFY(std::abs(head["contributions_sum"].toDouble() - difference)
                <= 0.01 * std::abs(difference));
            double species = 0.0;
            for (const auto& one : head["species"].toArray())
                species += one.toObject()["contribution"].toDouble();
            QVERIFY(std::abs(species - head["contributions_sum"].toDouble()) < 1e-6);
        }
        QVERIFY(answer["criteria"].isArray());
    }

    void anotherTypeAndFewerLines()
    {
        const QJsonObject answer = explained({ "--json" }).json();
        const QString own = answer["heads"].toArray().first().toObject()["answer"].toString();
        const QString other = own == "A0" ? "G0" : "A0";
        const auto asked = explained({ "--json", "--against", other, "--top", "3" });
        QVERIFY2(asked.status == 0, asked.err.constData());
        const QJsonObject head = asked.json()["heads"].toArray().first().toObject();
        QCOMPARE(head["against"].toString(), other);
        QCOMPARE(asked.json()["evidence"].toArray().size(), 3);
        // Against itself, and against nothing that is a type: wrong usage.
        QCOMPARE(explained({ "--against", own }).status, 2);
        QCOMPARE(explained({ "--against", "nonsense" }).status, 2);
    }

    void textForReaders()
    {
        const auto result = explained({});
        QVERIFY2(result.status == 0, result.err.constData());
        for (const char* part : { "Spectral class: ", " rather than ", "Luminosity class: ",
                 "The textbook's criteria", "Contributions sum to the difference within" })
            QVERIFY2(result.out.contains(part), part);
    }

    void failures()
    {
        QCOMPARE(runCli({ "explain", argument(m_files / "none.fits") }).status, 1);
        QCOMPARE(runCli({ "explain" }).status, 2);
        QCOMPARE(runCli({ "explain", argument(m_library.path()), "--model", m_model }).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerbExplain)
#include "tst_verb_explain.moc"

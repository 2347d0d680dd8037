#include "tests/support/cli.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace maury;
using namespace maury::test;

class TestVerbLines : public QObject {
    Q_OBJECT
private slots:
    void theWholeList()
    {
        const auto result = runCli({ "lines", "--json" });
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.isEmpty());
        const QJsonObject json = result.json();
        QCOMPARE(json["medium"].toString(), QString("air"));
        QVERIFY(json["lines"].toArray().size() > 300);
    }

    void byRangeAndType()
    {
        const auto json
            = runCli({ "lines", "--range", "4540-4543", "--type", "O7V", "--json" }).json();
        const QJsonArray lines = json["lines"].toArray();
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].toObject()["species"].toString(), QString("He II"));
        QCOMPARE(lines[0].toObject()["wavelength"].toDouble(), 4541.59);
        QCOMPARE(lines[0].toObject()["use"].toString(), QString("T"));
        const auto solar
            = runCli({ "lines", "--range", "4540-4543", "--type", "G2", "--json" }).json();
        for (const auto& line : solar["lines"].toArray())
            QVERIFY(line.toObject()["species"].toString() != "He II");
    }

    void wrongOptions_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("says");
        QTest::newRow("range of words") << QStringList { "--range", "blue" } << "--range";
        QTest::newRow("range of one") << QStringList { "--range", "4000" } << "4000-4200";
        QTest::newRow("range backwards") << QStringList { "--range", "5000-4000" } << "--range";
        QTest::newRow("type") << QStringList { "--type", "DA" } << "white dwarf";
        QTest::newRow("unknown") << QStringList { "--colour", "red" } << "--colour";
    }
    void wrongOptions()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, says);
        const auto result = runCli(QStringList { "lines", "--json" } + options);
        QCOMPARE(result.status, 2);
        QVERIFY(result.out.isEmpty());
        QVERIFY2(QString(result.err).contains(says), result.err.constData());
    }

    void aListOfOnesOwn()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("my.csv", "wavelength_air_angstrom,species\n4000,Xx I\n");
        const auto good = runCli({ "lines", "--list", argument(file) });
        QCOMPARE(good.status, 0);
        QVERIFY(good.out.contains("Xx I"));
        const auto missing = runCli({ "lines", "--list", "/nowhere/my.csv", "--json" });
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.out.isEmpty());
        QVERIFY(missing.err.contains("/nowhere/my.csv"));
    }
};

QTEST_GUILESS_MAIN(TestVerbLines)
#include "tst_verb_lines.moc"

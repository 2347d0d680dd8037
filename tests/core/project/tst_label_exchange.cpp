#include "core/project/label_exchange.h"
#include "tests/support/test_data.h"

using namespace maury;
using namespace maury::project;
using namespace maury::test;
using base::ErrorCode;

namespace {

std::vector<SignedLabel> someLabels()
{
    Label full { "K3 III", 4, { true, false, true, false }, "looks, \"odd\"", 12.5, "libr18",
        "shipped model", "Maury 0.1.0", "2026-01-31T12:00:00.000Z" };
    Label bare;
    bare.type = "G2 V";
    Label bad;
    bad.flags.bad = true;
    return { { "#7", "anna", bare }, { "HD 1", "anna", full }, { "HD 2", "ben", bad } };
}

Project projectWith(const TemporaryFolder& folder, std::initializer_list<const char*> names)
{
    auto project = Project::create(folder / "work.maury");
    std::vector<Star> stars;
    for (const char* name : names)
        stars.push_back({ 0, name, {}, {}, {}, {} });
    if (!project || !project->addStars(stars))
        qFatal("no project");
    return std::move(*project);
}

} // namespace

class TestLabelExchange : public QObject {
    Q_OBJECT
private slots:
    void writtenLabelsAreReadBack_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("CSV") << "labels.csv";
        QTest::newRow("ECSV") << "labels.ecsv";
    }
    void writtenLabelsAreReadBack()
    {
        QFETCH(QString, name);
        const TemporaryFolder folder;
        const auto file = folder / name.toStdString();
        QVERIFY_RESULT(writeLabels(file, someLabels()));
        const auto read = readLabels(file, "nobody");
        QVERIFY_RESULT(read);
        QVERIFY2(read->unusable.empty(),
            read->unusable.empty() ? "" : read->unusable.front().reason.c_str());
        QVERIFY(read->labels == someLabels());
    }

    void twoColumnsAreEnough()
    {
        const TemporaryFolder folder;
        const auto read
            = readLabels(folder.write("a.csv", "type,star\nB0.5IV,HD 3\nkA2hA5mF0,HD 4\n"), "anna");
        QVERIFY_RESULT(read);
        QCOMPARE(read->labels.size(), std::size_t { 2 });
        QCOMPARE(read->labels[0].classifier, std::string("anna"));
        QCOMPARE(read->labels[1].label.type, std::string("kA2hA5mF0"));
        const auto without = readLabels(folder.write("b.csv", "name,type\nHD 3,B0\n"), "anna");
        QVERIFY(!without);
        QCOMPARE(without.error().code, ErrorCode::ValueMissing);
    }

    void rowsThatCannotBeUsedAreNamed()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("a.csv",
            "star,type,quality,flags,seconds\nHD 1,XYZ,,,\nHD 2,G2 V,7,,\nHD 3,G2 V,3,strange,\n"
            "HD 4,G2 V,,,-3\n,G2 V,,,\nHD 5,,,,\nHD 6,A0 V,0,odd bad,3\nHD 6,A1 V,,,\n");
        const auto read = readLabels(file, "anna");
        QVERIFY_RESULT(read);
        QCOMPARE(read->labels.size(), std::size_t { 1 });
        QCOMPARE(read->unusable.size(), std::size_t { 7 });
        const QStringList says { "XYZ", "0 to 4", "strange", "-3", "no name", "no type",
            "first in line 8" };
        for (int i = 0; i < says.size(); ++i)
            QVERIFY2(QString::fromStdString(read->unusable[static_cast<std::size_t>(i)].reason)
                         .contains(says[i]),
                read->unusable[static_cast<std::size_t>(i)].reason.c_str());
        QCOMPARE(read->unusable[0].line, std::size_t { 2 });

        auto project = projectWith(folder, { "HD 6" });
        const auto refused = importLabels(project, *read, {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ValueInvalid);
        QVERIFY(QString::fromStdString(refused.error().expected).contains("7 of 8"));
        QVERIFY(project.acceptedLabels()->empty());

        const auto taken = importLabels(project, *read, { false, true });
        QVERIFY_RESULT(taken);
        QCOMPARE(taken->count.added, std::size_t { 1 });
        QCOMPARE(taken->skipped.size(), std::size_t { 7 });
    }

    void unknownStarsAreAddedOnlyWhenAsked()
    {
        const TemporaryFolder folder;
        auto project = projectWith(folder, { "HD 1" });
        const auto file = folder.write("a.csv", "star,type\nHD 1,G2 V\nHD 9,A0 V\n");
        const auto labels = readLabels(file, "anna");
        QVERIFY_RESULT(labels);
        const auto refused = importLabels(project, *labels, {});
        QVERIFY(!refused);
        QVERIFY(QString::fromStdString(base::describe(refused.error())).contains("HD 9"));
        QVERIFY(QString::fromStdString(refused.error().place).endsWith("line 3"));
        const auto taken = importLabels(project, *labels, { true, false });
        QVERIFY_RESULT(taken);
        QCOMPARE(taken->newStars, std::size_t { 1 });
        QCOMPARE(taken->count.added, std::size_t { 2 });
        QCOMPARE(project.stars()->size(), std::size_t { 2 });

        // The same once more changes nothing; another type is a change, which the history keeps.
        const auto again = importLabels(project, *labels, {});
        QVERIFY_RESULT(again);
        QCOMPARE(again->count.unchanged, std::size_t { 2 });
        const auto other
            = readLabels(folder.write("b.csv", "star,type\nHD 1,G5 V\nHD 9,A0 V\n"), "anna");
        const auto changed = importLabels(project, *other, {});
        QVERIFY_RESULT(changed);
        QCOMPARE(changed->count.changed, std::size_t { 1 });
        QCOMPARE(project.acceptedLabels()->front().label.type, std::string("G5 V"));
    }
};

QTEST_GUILESS_MAIN(TestLabelExchange)
#include "tst_label_exchange.moc"

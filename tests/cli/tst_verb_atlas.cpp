#include "core/mk/atlas.h"
#include "tests/support/cli.h"
#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>

using namespace maury;
using namespace maury::test;

namespace {

/// A folder "library" of A0 and F0, whole, and B0.5 without a dwarf; one cell interpolated, one cut
/// short.
std::filesystem::path writeLibrary(const TemporaryFolder& folder)
{
    const auto library = folder / "library";
    std::filesystem::create_directory(library);
    for (const char* name : { "t075l00p00", "t160l00p00", "t160l30p00", "t160l50p00", "t230l10p00",
             "t230l30p00", "t230l50p00" })
        std::ofstream(library / (std::string(name) + ".rbn"))
            << standardText(std::string(name) == "t075l00p00" ? 7.5 : 16.0, 3.0, 1640, 0.5, 7);
    std::ofstream(library / "interpolated_cells.csv")
        << "library,cell,axis,parent1,parent2\nlibrary,t160l30p00,L,t160l00,t160l50\n";
    return library;
}

} // namespace

class TestVerbAtlas : public QObject {
    Q_OBJECT
private slots:
    void info()
    {
        const TemporaryFolder folder;
        const auto library = writeLibrary(folder);
        const auto result = runCli({ "atlas", "info", "--atlas", argument(library), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        QCOMPARE(json["name"].toString(), QString("library"));
        QCOMPARE(json["spectra"].toInt(), 7);
        QCOMPARE(json["rectified"].toBool(), true);
        QCOMPARE(json["spectral_classes"].toArray(), (QJsonArray { "B0.5", "A0", "F0" }));
        QCOMPARE(json["complete_classes"].toArray(), (QJsonArray { "A0", "F0" }));
        QCOMPARE(json["grid"].toObject()["pixels"].toInt(), 1600);
        const QJsonObject a0 = json["coverage"].toArray()[1].toObject();
        QCOMPARE(a0["spectral_class"].toString(), QString("A0"));
        for (const char* group : { "I", "III", "V" })
            QCOMPARE(a0[group].toInt(), 1);
        QCOMPARE(a0["standards"].toArray()[0].toObject()["missing_pixels"].toInt(), 7);
        const QJsonArray cells = json["interpolated_cells"].toArray();
        QCOMPARE(cells.size(), 1);
        QCOMPARE(cells[0].toObject()["name"].toString(), QString("t160l30p00"));
        QCOMPARE(
            cells[0].toObject()["parents"].toArray(), (QJsonArray { "t160l00p00", "t160l50p00" }));
        const auto plain = runCli({ "atlas", "info", "--atlas", argument(library) });
        QCOMPARE(plain.status, 0);
        QVERIFY(plain.out.contains("III*"));
    }

    void whatIsExportedReadsBack()
    {
        const TemporaryFolder folder;
        const auto library = writeLibrary(folder);
        const auto out = folder / "new" / "copy";
        const auto result = runCli(
            { "atlas", "export", "--atlas", argument(library), "--out", argument(out), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["spectra"].toInt(), 7);
        const auto before = mk::readAtlasFolder(library);
        const auto after = mk::readAtlasFolder(out);
        QVERIFY_RESULT(before);
        QVERIFY_RESULT(after);
        QVERIFY((*after)->flux() == (*before)->flux());
        QVERIFY((*after)->good() == (*before)->good());
        for (std::size_t i = 0; i < (*before)->standards().size(); ++i) {
            const auto& left = (*before)->standards()[i];
            const auto& right = (*after)->standards()[i];
            QCOMPARE(right.name, left.name);
            QCOMPARE(right.interpolated, left.interpolated);
            QCOMPARE(right.parents, left.parents);
        }
    }

    void badAtlases_data()
    {
        QTest::addColumn<QString>("subverb");
        QTest::newRow("info") << "info";
        QTest::newRow("export") << "export";
    }
    void badAtlases()
    {
        QFETCH(QString, subverb);
        const TemporaryFolder folder;
        const auto out = argument(folder / "out");
        const auto run = [&](const QString& atlas) {
            QStringList arguments { "atlas", subverb, "--atlas", atlas, "--json" };
            if (subverb == "export")
                arguments << "--out" << out;
            return runCli(arguments);
        };
        const auto missing = run("/nowhere/library");
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.out.isEmpty());
        QVERIFY(missing.err.contains("/nowhere/library"));
        folder.write("notes.txt", "nothing here\n");
        const auto empty = run(argument(folder.path()));
        QCOMPARE(empty.status, 1);
        QVERIFY(empty.err.contains("no standard spectra found"));
        QVERIFY(!std::filesystem::exists(folder / "out"));
    }

    void aFolderThatCannotBeWritten()
    {
        const TemporaryFolder folder;
        const auto library = writeLibrary(folder);
        const auto file = folder.write("file", "x");
        const auto result = runCli(
            { "atlas", "export", "--atlas", argument(library), "--out", argument(file / "below") });
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("below"));
    }

    void wrongUsage()
    {
        QCOMPARE(runCli({ "atlas" }).status, 2);
        QCOMPARE(runCli({ "atlas", "burn" }).status, 2);
        QCOMPARE(runCli({ "atlas", "export" }).status, 2);
        QCOMPARE(runCli({ "atlas", "info", "--colour" }).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerbAtlas)
#include "tst_verb_atlas.moc"

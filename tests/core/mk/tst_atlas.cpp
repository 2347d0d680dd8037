#include "core/mk/atlas.h"

#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace maury;
using base::ErrorCode;

namespace {

Eigen::Index pixelAt(double wavelength)
{
    return static_cast<Eigen::Index>(std::lround((wavelength - 3800.0) / 0.5));
}

} // namespace

class TestAtlas : public QObject {
    Q_OBJECT
private slots:
    void standardsComeInOrderWithTheirTypes()
    {
        test::TemporaryFolder folder;
        test::writeStandards(folder, { "t300l50p00", "t160l10p00", "t160l00p00" });
        folder.write("readme.txt", "not a standard\n");
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        const auto& standards = (*atlas)->standards();
        QCOMPARE(standards.size(), std::size_t { 3 });
        QCOMPARE(standards[0].name, std::string("t160l00p00"));
        QCOMPARE(standards[1].name, std::string("t160l10p00"));
        QCOMPARE(standards[2].name, std::string("t300l50p00"));
        QCOMPARE(standards[0].type.letter, 'A');
        QCOMPARE(standards[0].type.subclass, 0.0);
        QVERIFY(standards[0].group == mk::LuminosityGroup::I);
        QCOMPARE(standards[2].type.letter, 'G');
        QVERIFY(standards[2].group == mk::LuminosityGroup::V);
        QVERIFY((*atlas)->rectified());
        QCOMPARE((*atlas)->name(), folder.path().filename().string());
        QVERIFY((*atlas)->warnings().empty());
    }

    // The line of standardText stands at 4000 + 10 · code Å.
    void fluxIsOnTheGrid()
    {
        test::TemporaryFolder folder;
        test::writeStandards(folder, { "t160l50p00" });
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        Eigen::Index deepest = 0;
        (*atlas)->flux().row(0).minCoeff(&deepest);
        QCOMPARE(deepest, pixelAt(4160.0));
        QVERIFY(std::abs((*atlas)->flux()(0, deepest) - (1.0F - 0.3F - 0.4F)) < 1e-6F);
        QCOMPARE((*atlas)->standards()[0].missingPixels, std::size_t { 0 });
    }

    void zerosAreMissingAndFilledFromTheNearestGoodPixel()
    {
        test::TemporaryFolder folder;
        folder.write("t160l50p00.rbn", test::standardText(16.0, 5.0, 1640, 0.5, 20));
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        QCOMPARE((*atlas)->standards()[0].missingPixels, std::size_t { 20 });
        const float nearest = (*atlas)->flux()(0, 20);
        QVERIFY(nearest > 0.9F);
        for (Eigen::Index i = 0; i < 20; ++i) {
            QCOMPARE((*atlas)->flux()(0, i), nearest);
            QCOMPARE(int((*atlas)->good()(0, i)), 0);
        }
        QCOMPARE(int((*atlas)->good()(0, 20)), 1);
        QVERIFY((*atlas)->asRead().row(0).head(20).isZero(0.0F));
        QVERIFY((*atlas)->asRead().row(0).tail(1580) == (*atlas)->flux().row(0).tail(1580));
    }

    // Smoothing draws the zeros of "no data" into the star: that ramp is trimmed, but as read it is
    // still there.
    void rampsOfSmoothedZerosAreTrimmedButKeptAsRead()
    {
        test::TemporaryFolder folder;
        std::string text;
        for (int i = 0; i < 1640; ++i)
            text += std::to_string(3800.0 + 0.5 * i) + ' '
                + std::to_string(std::clamp(0.2 * (i - 9), 0.0, 1.0)) + '\n';
        folder.write("t160l50p00.rbn", text);
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        const auto read = (*atlas)->asRead().row(0);
        for (Eigen::Index i = 0; i < 10; ++i)
            QCOMPARE(read(i), 0.0F);
        QCOMPARE(read(10), 0.2F);
        QCOMPARE(read(12), 0.6F);
        QVERIFY((*atlas)->flux()(0, 10) > 0.75F);
    }

    void shortAndLateFilesAreFilledAtTheirEdges()
    {
        test::TemporaryFolder folder;
        // 1590 rows end at 4594.5 Å: ten pixels short of the grid. Without its first two lines:
        // from 3801 Å.
        folder.write("t160l50p00.rbn", test::standardText(16.0, 5.0, 1590));
        std::string late = test::standardText(30.0, 5.0);
        late.erase(0, late.find("3801 "));
        folder.write("t300l50p00.rbn", late);
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        QCOMPARE((*atlas)->standards()[0].missingPixels, std::size_t { 10 });
        QCOMPARE((*atlas)->flux()(0, 1599), (*atlas)->flux()(0, 1589));
        QCOMPARE((*atlas)->standards()[1].missingPixels, std::size_t { 2 });
        QCOMPARE((*atlas)->flux()(1, 0), (*atlas)->flux()(1, 2));
    }

    void coarserFilesAreInterpolated()
    {
        test::TemporaryFolder folder;
        folder.write("t160l50p00.rbn", test::standardText(16.0, 5.0, 1800, 1.0));
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        const auto flux = (*atlas)->flux().row(0);
        const Eigen::Index odd = pixelAt(4155.5);
        QVERIFY(std::abs(flux(odd) - 0.5F * (flux(odd - 1) + flux(odd + 1))) < 1e-6F);
        QCOMPARE((*atlas)->standards()[0].missingPixels, std::size_t { 0 });
    }

    void aMisplacedFirstRowIsLeftOutWithAWarning()
    {
        test::TemporaryFolder folder;
        std::string text = test::standardText(16.0, 5.0);
        text.replace(0, text.find(' '), "3801");
        folder.write("t160l50p00.rbn", text);
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        QCOMPARE((*atlas)->standards()[0].missingPixels, std::size_t { 1 });
        QCOMPARE((*atlas)->warnings().size(), std::size_t { 1 });
        QVERIFY((*atlas)->warnings()[0].find("line 1") != std::string::npos);
    }

    void fluxSpectraAreNotRectified()
    {
        test::TemporaryFolder folder;
        std::string text;
        for (int row = 0; row < 1800; ++row)
            text += std::to_string(3800 + row) + " " + std::to_string(3.0 - 0.001 * row) + "\n";
        folder.write("t160l50p00.rbn", text);
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        QVERIFY(!(*atlas)->rectified());
    }

    void interpolatedCellsKnowTheirParents_data()
    {
        QTest::addColumn<bool>("beside");
        QTest::newRow("in the folder") << false;
        QTest::newRow("beside the folder") << true;
    }
    void interpolatedCellsKnowTheirParents()
    {
        QFETCH(bool, beside);
        test::TemporaryFolder folder;
        const auto library = folder / "mylib";
        std::filesystem::create_directory(library);
        for (const char* name : { "t160l10p00.rbn", "t160l50p00.rbn" })
            std::ofstream(library / name) << test::standardText(16.0, 1.0);
        std::ofstream((beside ? folder.path() : library) / "interpolated_cells.csv")
            << "library,cell,axis,parent1,parent2\n"
               "other,t160l50p00,L,t160l00,t160l30\nmylib,t160l10p00,L,t160l00,t160l50\n";
        const auto atlas = mk::readAtlasFolder(library);
        QVERIFY_RESULT(atlas);
        const auto& standards = (*atlas)->standards();
        QVERIFY(standards[0].interpolated);
        const std::vector<std::string> parents { "t160l00p00", "t160l50p00" };
        QCOMPARE(standards[0].parents, parents);
        QVERIFY(!standards[1].interpolated);
    }

    void aDamagedListOfInterpolatedCellsIsAWarning()
    {
        test::TemporaryFolder folder;
        test::writeStandards(folder, { "t160l50p00" });
        folder.write("interpolated_cells.csv", "library,cell\nx\n");
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        QCOMPARE((*atlas)->warnings().size(), std::size_t { 1 });
        QVERIFY((*atlas)->warnings()[0].find("line 2") != std::string::npos);
    }

    void unusableStandardsBecomeWarnings()
    {
        test::TemporaryFolder folder;
        test::writeStandards(folder, { "t160l50p00" });
        folder.write("t160l30p00.rbn", "junk\n");
        folder.write("t160l10p00.rbn", test::standardText(16.0, 1.0, 400));
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY_RESULT(atlas);
        QCOMPARE((*atlas)->standards().size(), std::size_t { 1 });
        QCOMPARE((*atlas)->warnings().size(), std::size_t { 2 });
        QVERIFY((*atlas)->warnings()[0].find("t160l10p00.rbn") != std::string::npos);
        QVERIFY((*atlas)->warnings()[1].find("t160l30p00.rbn") != std::string::npos);
    }

    void foldersWithoutStandardsAreErrors()
    {
        test::TemporaryFolder folder;
        QVERIFY(mk::readAtlasFolder(folder / "nothing").error().code == ErrorCode::FileMissing);
        QVERIFY(mk::readAtlasFolder(folder.path()).error().code == ErrorCode::AtlasEmpty);
        const auto file = folder.write("t160l50p00.rbn", "junk\n");
        QVERIFY(mk::readAtlasFolder(file).error().code == ErrorCode::FileUnreadable);
        const auto atlas = mk::readAtlasFolder(folder.path());
        QVERIFY(atlas.error().code == ErrorCode::AtlasEmpty);
        const std::string message = base::describe(atlas.error());
        QVERIFY2(message.find("t160l50p00.rbn") != std::string::npos, message.c_str());
    }

    void realLibraries_data()
    {
        QTest::addColumn<QString>("library");
        QTest::addColumn<int>("standards");
        QTest::addColumn<int>("interpolated");
        QTest::addColumn<bool>("rectified");
        // Counts of files and of rows in interpolated_cells.csv.
        QTest::newRow("libr18") << "libr18" << 151 << 56 << true;
        QTest::newRow("libr18_27") << "libr18_27" << 100 << 15 << true;
        QTest::newRow("libnor36") << "libnor36" << 174 << 36 << false;
    }
    void realLibraries()
    {
        REQUIRE_TEST_DATA();
        QFETCH(QString, library);
        const auto atlas
            = mk::readAtlasFolder(test::dataFolder() / "mkclass" / library.toStdString());
        QVERIFY_RESULT(atlas);
        const auto& standards = (*atlas)->standards();
        QTEST(int(standards.size()), "standards");
        QTEST(int(std::count_if(standards.begin(), standards.end(),
                  [](const mk::Standard& standard) { return standard.interpolated; })),
            "interpolated");
        QTEST((*atlas)->rectified(), "rectified");
        QCOMPARE((*atlas)->name(), library.toStdString());
        QVERIFY((*atlas)->flux().allFinite());
        for (const mk::Standard& standard : standards)
            QVERIFY2(standard.missingPixels < 100, standard.name.c_str());
    }
};

QTEST_GUILESS_MAIN(TestAtlas)
#include "tst_atlas.moc"

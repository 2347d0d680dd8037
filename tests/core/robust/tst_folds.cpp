#include "core/base/contract.h"
#include "core/robust/folds.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace maury;
using namespace maury::robust;

namespace {

/// Dwarfs, giants and supergiants of a few temperatures, of which some are made of others.
mk::AtlasPtr related(const std::string& name,
    const std::vector<std::pair<std::string, std::vector<std::string>>>& made)
{
    const auto plain = test::starAtlas({ 16.0, 19.0, 20.0, 23.0, 26.0, 30.0 }, libraryGrid());
    std::vector<mk::Standard> standards = plain->standards();
    for (mk::Standard& standard : standards)
        standard.name = QString::asprintf(
            "t%03.0fl%02.0fp00", 10.0 * standard.temperatureCode, 10.0 * standard.luminosityCode)
                            .toStdString();
    for (const auto& [child, parents] : made) {
        const auto found = std::find_if(standards.begin(), standards.end(),
            [&cell = child](const mk::Standard& standard) { return standard.name == cell; });
        EXPECTS(found != standards.end());
        found->interpolated = true;
        found->parents = parents;
    }
    return std::make_shared<const mk::Atlas>(
        name, "", plain->grid(), plain->rectified(), standards, plain->flux(), plain->good());
}

std::set<std::string> namesOf(const std::vector<Library>& libraries)
{
    std::set<std::string> names;
    for (const Library& library : libraries)
        for (const mk::Standard& standard : library.atlas->standards())
            names.insert(library.atlas->name() + "/" + standard.name);
    return names;
}

} // namespace

class TestFolds : public QObject {
    Q_OBJECT
private slots:
    // B is made of A and C, and D of B: whoever holds out A must drop B and D as well.
    void descendantsAreDropped()
    {
        const auto library = related("lib",
            { { "t190l50p00", { "t160l50p00", "t230l50p00" } },
                { "t200l50p00", { "t190l50p00", "t260l50p00" } } });
        const auto folds = makeFolds({ { library } }, 4, 1);
        QVERIFY_RESULT(folds);
        int holdingA = 0;
        for (const Fold& fold : *folds) {
            const std::set<std::string> training = namesOf(fold.training);
            const auto holds = [&fold](const std::string& cell) {
                return std::count(fold.cells.begin(), fold.cells.end(), cell) > 0;
            };
            for (const std::string& cell : fold.cells)
                QVERIFY(!training.contains("lib/" + cell));
            const bool childGone = holds("t160l50p00") || holds("t230l50p00");
            QCOMPARE(training.contains("lib/t190l50p00"), !childGone);
            QCOMPARE(training.contains("lib/t200l50p00"), !childGone && !holds("t260l50p00"));
            const auto& gone = fold.descendants;
            QCOMPARE(std::count(gone.begin(), gone.end(), "lib/t190l50p00") == 1, childGone);
            holdingA += holds("t160l50p00") ? 1 : 0;
        }
        QCOMPARE(holdingA, 1);
    }

    void everyObservedCellOnceAndNoInterpolatedOne()
    {
        const auto library = related("lib", { { "t190l50p00", { "t160l50p00", "t230l50p00" } } });
        const auto folds = makeFolds({ { library } }, 5, 3);
        QVERIFY_RESULT(folds);
        std::multiset<std::string> heldOut;
        for (const Fold& fold : *folds) {
            QVERIFY(fold.cells.size() == 3 || fold.cells.size() == 4); // 17 cells
            heldOut.insert(fold.cells.begin(), fold.cells.end());
            for (const std::string& name : namesOf(fold.heldOut))
                QVERIFY(std::count(fold.cells.begin(), fold.cells.end(), name.substr(4)) == 1);
        }
        QCOMPARE(heldOut.size(), std::size_t { 17 });
        QCOMPARE(std::set(heldOut.begin(), heldOut.end()).size(), std::size_t { 17 });
        QVERIFY(!heldOut.contains("t190l50p00"));
    }

    // The same cell of another library is the same star: observed there it is scored as well,
    // interpolated there it is neither trained on nor scored.
    void otherLibrariesAreHeldOutToo()
    {
        const std::vector<Library> libraries { { related("one", {}), 1.8 },
            { related("two", { { "t230l30p00", { "t200l30p00", "t260l30p00" } } }), 3.6 } };
        const auto folds = makeFolds(libraries, 3, 1);
        QVERIFY_RESULT(folds);
        for (const Fold& fold : *folds) {
            QCOMPARE(fold.training.size(), std::size_t { 2 });
            QCOMPARE(fold.training[1].fwhmAngstrom, 3.6);
            const auto training = namesOf(fold.training);
            const auto heldOut = namesOf(fold.heldOut);
            for (const std::string& cell : fold.cells) {
                QVERIFY(heldOut.contains("one/" + cell));
                QCOMPARE(heldOut.contains("two/" + cell), cell != "t230l30p00");
                QVERIFY(!training.contains("one/" + cell) && !training.contains("two/" + cell));
            }
        }
    }

    void seedsAndLimits()
    {
        const auto library = related("lib", {});
        const auto cells = [&library](std::uint64_t seed) {
            return makeFolds({ { library } }, 5, seed).value().front().cells;
        };
        QVERIFY(cells(1) == cells(1));
        QVERIFY(cells(1) != cells(2));
        for (const int count : { 1, 19 }) {
            const auto folds = makeFolds({ { library } }, count, 1);
            QVERIFY(!folds);
            QCOMPARE(folds.error().code, base::ErrorCode::OptionInvalid);
        }
    }

    // libr18: 95 observed cells; every one of its 56 others has an observed ancestor.
    void libr18()
    {
        REQUIRE_TEST_DATA();
        const auto library
            = openLibrary((test::dataFolder() / "mkclass" / "libr18").string()).value();
        const auto folds = makeFolds({ { library } }, 5, 1);
        QVERIFY_RESULT(folds);
        std::size_t cells = 0;
        std::set<std::string> descendants;
        for (const Fold& fold : *folds) {
            cells += fold.cells.size();
            descendants.insert(fold.descendants.begin(), fold.descendants.end());
            QCOMPARE(
                namesOf(fold.training).size(), 151 - fold.cells.size() - fold.descendants.size());
        }
        QCOMPARE(cells, std::size_t { 95 });
        QCOMPARE(descendants.size(), std::size_t { 56 });
    }
};

QTEST_GUILESS_MAIN(TestFolds)
#include "tst_folds.moc"

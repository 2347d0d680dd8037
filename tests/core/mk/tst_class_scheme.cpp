#include "core/mk/class_scheme.h"

#include "tests/support/small_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <array>

using namespace maury;
using base::ErrorCode;

namespace {

base::Result<mk::AtlasPtr> makeAtlas(
    const test::TemporaryFolder& folder, const std::vector<std::string>& names)
{
    test::writeStandards(folder, names);
    return mk::readAtlasFolder(folder.path());
}

} // namespace

class TestClassScheme : public QObject {
    Q_OBJECT
private slots:
    // A0 has I, III (by II) and V (by IV); A2 lacks a dwarf; F0 is whole; G0 is whole but not in
    // the second.
    void aClassNeedsAllThreeLuminosities()
    {
        test::TemporaryFolder first;
        test::TemporaryFolder second;
        const auto training = makeAtlas(first,
            { "t160l15p00", "t160l20p00", "t160l40p00", "t180l00p00", "t180l30p00", "t230l00p00",
                "t230l30p00", "t230l50p00", "t300l10p00", "t300l30p00", "t300l50p00" });
        const auto testing = makeAtlas(second,
            { "t160l10p00", "t160l30p00", "t160l50p00", "t180l10p00", "t230l10p00", "t230l35p00",
                "t230l50p00" });
        QVERIFY_RESULT(training);
        QVERIFY_RESULT(testing);

        const std::array one { *training };
        const auto scheme = mk::selectClasses(one);
        QVERIFY_RESULT(scheme);
        const std::vector<std::string> three { "A0", "F0", "G0" };
        QCOMPARE(scheme->names, three);

        const std::array both { *training, *testing };
        const std::vector<std::string> two { "A0", "F0" };
        QCOMPARE(mk::selectClasses(both)->names, two);
        QCOMPARE(mk::selectClasses(one, std::span(&*testing, 1))->names, two);
    }

    void labelsFollowTheScheme()
    {
        test::TemporaryFolder folder;
        const auto atlas = makeAtlas(folder,
            { "t160l00p00", "t160l25p00", "t160l45p00", "t180l00p00", "t230l15p00", "t230l30p00",
                "t230l50p00" });
        QVERIFY_RESULT(atlas);
        const std::array one { *atlas };
        const auto scheme = mk::selectClasses(one);
        QVERIFY_RESULT(scheme);
        const auto labelled = mk::labelStandards(**atlas, *scheme);
        const std::vector<std::uint32_t> rows { 0, 1, 2, 4, 5, 6 };
        const std::vector<std::uint16_t> sc { 0, 0, 0, 1, 1, 1 };
        const std::vector<std::uint16_t> lc { 0, 1, 2, 0, 1, 2 };
        QCOMPARE(labelled.rows, rows);
        QCOMPARE(labelled.sc, sc);
        QCOMPARE(labelled.lc, lc);
    }

    void classesAreFoundByCode()
    {
        const mk::ClassScheme scheme { { "B0", "B0.5", "B1" }, { 7.0, 7.5, 8.0 } };
        QCOMPARE(scheme.indexOf(7.5), std::optional<std::uint16_t>(1));
        QVERIFY(!scheme.indexOf(7.3).has_value());
        QCOMPARE(int(scheme.nearest(7.3)), 1);
        QCOMPARE(int(scheme.nearest(-5.0)), 0);
        QCOMPARE(int(scheme.nearest(40.0)), 2);
    }

    void oneClassIsTooFew()
    {
        test::TemporaryFolder folder;
        const auto atlas = makeAtlas(folder, { "t160l00p00", "t160l30p00", "t160l50p00" });
        QVERIFY_RESULT(atlas);
        const std::array one { *atlas };
        const auto scheme = mk::selectClasses(one);
        QVERIFY(!scheme.has_value());
        QVERIFY(scheme.error().code == ErrorCode::ClassesInsufficient);
        QVERIFY(base::describe(scheme.error()).find("1 spectral class") != std::string::npos);
    }

    // mk.md: 30 classes O9–K7 for libr18 ∩ libr18_27, 126 training and 98 test spectra.
    void realLibraries()
    {
        REQUIRE_TEST_DATA();
        const auto training = mk::readAtlasFolder(test::dataFolder() / "mkclass/libr18");
        const auto testing = mk::readAtlasFolder(test::dataFolder() / "mkclass/libr18_27");
        QVERIFY_RESULT(training);
        QVERIFY_RESULT(testing);
        const std::array both { *training, *testing };
        const auto scheme = mk::selectClasses(both);
        QVERIFY_RESULT(scheme);
        QCOMPARE(scheme->size(), std::size_t { 30 });
        QCOMPARE(scheme->names.front(), std::string("O9"));
        QCOMPARE(scheme->names.back(), std::string("K7"));
        QCOMPARE(mk::labelStandards(**training, *scheme).rows.size(), std::size_t { 126 });
        QCOMPARE(mk::labelStandards(**testing, *scheme).rows.size(), std::size_t { 98 });
        const auto merelyPresent
            = mk::selectClasses(std::span(both).first(1), std::span(both).last(1));
        QVERIFY_RESULT(merelyPresent);
        QVERIFY(*merelyPresent == *scheme);
    }
};

QTEST_GUILESS_MAIN(TestClassScheme)
#include "tst_class_scheme.moc"

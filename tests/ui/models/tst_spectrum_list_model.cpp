#include "ui/models/spectrum_list_model.h"

#include "tests/support/star_atlas.h"
#include "tests/ui/support/ui_test.h"
#include "ui/models/star_filter_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <memory>

using namespace maury;
using Model = ui::SpectrumListModel;

namespace {

spectrum::SpectrumPtr star(const std::string& name, const std::string& type)
{
    auto made = std::make_shared<spectrum::Spectrum>(test::observeStar(20.0, 5.0));
    made->object = name;
    made->spectralType = type;
    made->warnings = { "no errors in the file" };
    return made;
}

} // namespace

class TestSpectrumListModel : public test::UiTest {
    Q_OBJECT
private slots:
    void filesWaitLoadOrFail()
    {
        Model list;
        QAbstractItemModelTester tester(&list);
        const auto ids = list.addFiles({ "/x/one.txt", "/x/two.fits", "/x/one.txt" });
        QCOMPARE(ids.size(), 3);
        QCOMPARE(ids[0], ids[2]);
        QCOMPARE(list.rowCount(), 2);
        QCOMPARE(list.waitingCount(), 2);
        QSignalSpy changed(&list, &Model::dataChanged);
        list.setSpectrum(ids[0], star("HD 9138", "K4III"));
        list.setFailure(ids[1], { base::ErrorCode::FileTruncated, "two.fits", {}, {}, {} });
        QCOMPARE(changed.size(), 2);
        QCOMPARE(list.index(0, Model::Name).data().toString(), QString("HD 9138"));
        QCOMPARE(list.index(0, Model::Type).data().toString(), QString("K4III"));
        QVERIFY(list.index(1, Model::State).data().toString().contains("ends too early"));
        QCOMPARE(list.waitingCount(), 0);
    }

    void standardsFollowTheOpenedOnes()
    {
        Model list;
        QAbstractItemModelTester tester(&list);
        const auto atlas = test::starAtlas({ 16.0, 17.0 });
        list.setAtlas(atlas);
        QCOMPARE(list.rowCount(), 6);
        const auto first = list.standardId(0);
        const auto added = list.addSpectrum(star("sample", ""));
        QCOMPARE(list.indexOf(added).row(), 0);
        QCOMPARE(list.indexOf(first).row(), 1);
        QCOMPARE(*list.entry(list.standardId(5))->standard, std::size_t(5));
        QCOMPARE(list.indexOf(first).data(Model::GroupRole).toInt(), int(Model::AtlasStandards));
        // Another atlas: new lines, and the old ids never come back.
        list.setAtlas(test::starAtlas({ 20.0 }));
        QCOMPARE(list.rowCount(), 4);
        QCOMPARE(list.entry(first), nullptr);
        QVERIFY(list.standardId(0) > added);
        list.setAtlas(nullptr);
        QCOMPARE(list.rowCount(), 1);
    }

    void removedLinesAreGoneAndLateResultsIgnored()
    {
        Model list;
        QAbstractItemModelTester tester(&list);
        list.setAtlas(test::starAtlas({ 16.0 }));
        const auto ids = list.addFiles({ "/x/a", "/x/b", "/x/c" });
        list.removeOpened({ ids[1], list.standardId(0) });
        QCOMPARE(list.openedCount(), 2);
        QCOMPARE(list.rowCount(), 5);
        QCOMPARE(list.entry(ids[1]), nullptr);
        list.setSpectrum(ids[1], star("late", ""));
        QCOMPARE(list.rowCount(), 5);
        QCOMPARE(list.indexOf(ids[2]).row(), 1);
    }

    void filterByGroupAndText()
    {
        Model list;
        list.setAtlas(test::starAtlas({ 16.0, 31.0 }));
        list.setSpectrum(list.addFiles({ "/x/a" }).first(), star("HD 1", "M6III"));
        ui::StarFilterModel shown;
        shown.setSourceModel(&list);
        QAbstractItemModelTester tester(&shown);
        QCOMPARE(shown.rowCount(), 7);
        shown.setGroup(Model::Opened);
        QCOMPARE(shown.rowCount(), 1);
        shown.setGroup(Model::AtlasStandards);
        shown.setText("g2");
        QCOMPARE(shown.rowCount(), 3);
        shown.setGroup({});
        shown.setText(" hd ");
        QCOMPARE(shown.rowCount(), 1);
    }
};

QTEST_MAIN(TestSpectrumListModel)
#include "tst_spectrum_list_model.moc"

#include "ui/pages/star_list.h"

#include "tests/support/star_atlas.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/edit_history.h"
#include "ui/pages/filter_chips.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

using namespace maury;

class TestStarList : public test::UiTest {
    Q_OBJECT
private slots:
    void listAndSelectionFollowEachOther()
    {
        ui::SpectrumListModel spectra;
        ui::Selection selection;
        spectra.setAtlas(test::starAtlas({ 16.0, 31.0 }));
        ui::StarList list(spectra, selection);
        auto& view = *list.findChild<QTableView*>();
        selection.setSpectrum(spectra.standardId(4));
        QCOMPARE(view.currentIndex().row(), 4);
        QCOMPARE(list.place(), std::pair(5, 6));
        list.step(1);
        QCOMPARE(selection.spectrum(), spectra.standardId(5));
        list.step(1);
        QCOMPARE(selection.spectrum(), spectra.standardId(5));
        view.selectRow(0);
        QCOMPARE(selection.spectrum(), spectra.standardId(0));
    }

    void filteringKeepsTheSelectedSpectrum()
    {
        ui::SpectrumListModel spectra;
        ui::Selection selection;
        spectra.setAtlas(test::starAtlas({ 16.0, 31.0 }));
        ui::StarList list(spectra, selection);
        selection.setSpectrum(spectra.standardId(4));
        list.findChild<QLineEdit*>()->setText("G2");
        QCOMPARE(selection.spectrum(), spectra.standardId(4));
        QCOMPARE(list.place(), std::pair(2, 3));
        list.findChild<QLineEdit*>()->setText("A0");
        QCOMPARE(selection.spectrum(), spectra.standardId(4));
        QCOMPARE(list.place(), std::pair(0, 3));
        list.findChild<QLineEdit*>()->clear();
        QCOMPARE(list.place(), std::pair(5, 6));
        list.findChild<QComboBox*>()->setCurrentIndex(1);
        QCOMPARE(list.place(), std::pair(0, 0));
    }

    void aChosenGroupIsListed()
    {
        ui::SpectrumListModel spectra;
        ui::Selection selection;
        spectra.setAtlas(test::starAtlas({ 16.0, 31.0 }));
        ui::StarList list(spectra, selection);
        auto& groups = *list.findChild<QComboBox*>();
        const int before = groups.count();
        selection.setSpectrum(spectra.standardId(4));
        selection.setGroup({ spectra.standardId(4), spectra.standardId(1), spectra.standardId(2) });
        QCOMPARE(groups.count(), before + 1);
        QCOMPARE(list.place(), std::pair(3, 3)); // in the order of the list
        list.step(-1);
        QCOMPARE(selection.spectrum(), spectra.standardId(2));
        groups.setCurrentIndex(0);
        QCOMPARE(list.place(), std::pair(3, 6));
        selection.setGroup({ spectra.standardId(0) });
        QCOMPARE(list.place(), std::pair(0, 1)); // the selected star is not among them
        selection.setSpectrum(spectra.standardId(4));
        selection.setGroup({});
        QCOMPARE(groups.count(), before);
        QCOMPARE(list.place(), std::pair(5, 6));
    }

    void filtersAreChipsThatCanBeRemovedAndUndone()
    {
        ui::SpectrumListModel spectra;
        ui::Selection selection;
        ui::EditHistory history;
        spectra.setAtlas(test::starAtlas({ 16.0, 31.0 }));
        ui::StarList list(spectra, selection, &history);
        list.resize(264, 480);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        auto& text = *list.findChild<QLineEdit*>();
        auto& groups = *list.findChild<QComboBox*>();
        QVERIFY(!list.chips().isVisible());
        QTest::keyClicks(&text, "G2");
        groups.setCurrentIndex(2);
        QCOMPARE(list.chips().chips().size(), 2);
        QVERIFY(list.chips().clearButton().isVisible());
        // A click on one, a key on the other; the focus stays among the chips.
        QTest::mouseClick(list.chips().button("group"), Qt::LeftButton);
        QCOMPARE(groups.currentIndex(), 0);
        QCOMPARE(list.chips().chips().size(), 1);
        QVERIFY(!list.chips().clearButton().isVisible());
        list.chips().button("text")->setFocus();
        QTest::keyClick(list.chips().button("text"), Qt::Key_Delete);
        QVERIFY(text.text().isEmpty());
        QVERIFY(!list.chips().isVisible());
        QCOMPARE(list.findChild<QTableView*>()->model()->rowCount(), 6);
        history.undo();
        QCOMPARE(text.text(), QString("G2"));
        QCOMPARE(list.findChild<QTableView*>()->model()->rowCount(), 3);
        while (history.canUndo())
            history.undo();
        QVERIFY(text.text().isEmpty() && groups.currentIndex() == 0);
        while (history.canRedo())
            history.redo();
        QVERIFY(list.chips().chips().isEmpty());

        // A group chosen elsewhere is a chip, too; all go at once.
        selection.setGroup({ spectra.standardId(4), spectra.standardId(1) });
        QTest::keyClicks(&text, "A0");
        QCOMPARE(list.chips().chips().size(), 2);
        QCOMPARE(list.findChild<QTableView*>()->model()->rowCount(), 1);
        QTest::mouseClick(&list.chips().clearButton(), Qt::LeftButton);
        QCOMPARE(list.findChild<QTableView*>()->model()->rowCount(), 6);
        history.undo();
        QCOMPARE(list.chips().chips().size(), 2);
        QCOMPARE(list.findChild<QTableView*>()->model()->rowCount(), 1);
    }

    void removingTheSelectedLineMovesOn()
    {
        ui::SpectrumListModel spectra;
        ui::Selection selection;
        ui::StarList list(spectra, selection);
        const auto ids = spectra.addFiles({ "/x/a", "/x/b", "/x/c" });
        selection.setSpectrum(ids[1]);
        spectra.removeOpened({ ids[1] });
        QVERIFY(spectra.entry(selection.spectrum()) != nullptr);
    }
};

QTEST_MAIN(TestStarList)
#include "tst_star_list.moc"

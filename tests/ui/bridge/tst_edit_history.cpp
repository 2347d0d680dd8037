#include "ui/bridge/edit_history.h"

#include "tests/ui/support/ui_test.h"

using namespace maury;

namespace {

/// A number that is set and recorded as a view does it.
struct Setting {
    ui::EditHistory& history;
    QString name;
    int value = 0;

    void set(int wanted)
    {
        const int before = value;
        value = wanted;
        history.record(
            name, name, [this, before] { set(before); }, [this, wanted] { set(wanted); });
    }
};

} // namespace

class TestEditHistory : public test::UiTest {
    Q_OBJECT
private slots:
    void undoAndRedoReturnTheStates()
    {
        ui::EditHistory history;
        Setting a { history, "a" };
        Setting b { history, "b" };
        a.set(1);
        b.set(5);
        a.set(2);
        QCOMPARE(history.count(), 3);
        QCOMPARE(history.undoText(), "a");
        history.undo();
        QCOMPARE(a.value, 1);
        history.undo();
        QCOMPARE(b.value, 0);
        history.undo();
        QCOMPARE(a.value, 0);
        QCOMPARE(history.count(), 3); // what undo sets is not recorded
        while (history.canRedo())
            history.redo();
        QCOMPARE(a.value, 2);
        QCOMPARE(b.value, 5);
    }

    void aQuickSeriesIsOneChange()
    {
        ui::EditHistory history;
        Setting a { history, "a" };
        for (int i = 1; i <= 20; ++i)
            a.set(i);
        QCOMPARE(history.count(), 1);
        history.undo();
        QCOMPARE(a.value, 0);
        history.redo();
        QCOMPARE(a.value, 20);
    }

    void aPausePartsTwoChanges()
    {
        ui::EditHistory history;
        Setting a { history, "a" };
        a.set(1);
        QTest::qWait(ui::EditHistory::kMergeMs + 100);
        a.set(2);
        QCOMPARE(history.count(), 2);
        history.undo();
        QCOMPARE(a.value, 1);
    }

    void aNewChangeForgetsWhatWasUndone()
    {
        ui::EditHistory history;
        Setting a { history, "a" };
        Setting b { history, "b" };
        a.set(1);
        b.set(1);
        history.undo();
        a.set(7);
        QVERIFY(!history.canRedo());
    }
};

QTEST_MAIN(TestEditHistory)
#include "tst_edit_history.moc"

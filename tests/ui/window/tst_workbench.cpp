#include "app/gui/workbench.h"

#include "app/gui/main_window.h"
#include "app/gui/shortcut_dialog.h"
#include "tests/ui/support/ui_test.h"

#include <QMenuBar>
#include <QSignalSpy>
#include <QStandardPaths>

using namespace maury;

/// The window with all its pages, as it ships.
class TestWorkbench : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("maury-test");
    }

    // Two actions with one key: Qt then calls neither.
    void noKeyIsTakenTwice()
    {
        gui::Workbench workbench({});
        QStringList taken;
        for (const auto& each :
            gui::shortcutsOf(*workbench.window().findChild<QMenuBar*>())) {
            QVERIFY2(!taken.contains(each.keys),
                qPrintable(each.menu + " / " + each.text + " " + each.keys));
            taken << each.keys;
        }
        QVERIFY(taken.size() > 15);
    }

    void theFirstStartShowsAStar()
    {
        gui::Workbench workbench({});
        QSignalSpy usable(&workbench, &gui::Workbench::usable);
        workbench.window().show();
        QTRY_COMPARE(usable.size(), 1);
        QVERIFY(workbench.workspace().atlas() != nullptr);
        QVERIFY(workbench.workspace().model() != nullptr);
    }
};

QTEST_MAIN(TestWorkbench)
#include "tst_workbench.moc"

#include "app/gui/shortcut_dialog.h"
#include "tests/ui/support/ui_test.h"

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTableWidget>

using namespace maury;

namespace {

/// A window's menus with some keys of the Classify page.
struct Menus {
    QMenuBar bar;
    QAction* up = nullptr;
    QAction* left = nullptr;
    QAction* lines = nullptr;
    QAction* accept = nullptr;

    Menus()
    {
        QMenu* menu = bar.addMenu("&Classify");
        up = add(*menu, "&Earlier type", Qt::Key_Up);
        left = add(*menu, "Brighter", Qt::Key_Left);
        lines = add(*menu, "L&ine names", Qt::Key_L);
        add(*menu, "Later", Qt::Key_Down);
        add(*menu, "Fainter", Qt::Key_Right);
        accept = add(*menu, "Accept", Qt::Key_Space);
        accept->setShortcuts({ Qt::Key_Space, Qt::Key_Return });
        menu->addAction("Without a key");
    }
    static QAction* add(QMenu& menu, const QString& text, const QKeySequence& key)
    {
        QAction* action = menu.addAction(text);
        action->setShortcut(key);
        return action;
    }
};

} // namespace

class TestKeyBindings : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("maury-test");
        QCoreApplication::setApplicationName("keys");
    }
    void cleanup() { QSettings().clear(); }

    void aChangedKeyIsRememberedAndTakenKeysAreRefused()
    {
        {
            Menus menus;
            gui::KeyBindings bindings(menus.bar, nullptr);
            gui::ShortcutDialog dialog(menus.bar, &bindings);
            QCOMPARE(dialog.table().rowCount(), 6);
            QVERIFY(!dialog.change(0, Qt::Key_L));
            QVERIFY2(dialog.notice().contains("Line names"), qPrintable(dialog.notice()));
            QVERIFY(!dialog.change(0, Qt::Key_Return)); // a second key of another action
            QVERIFY(dialog.change(0, QKeySequence("Shift+U")));
            QVERIFY(dialog.notice().isEmpty());
            QCOMPARE(dialog.table().item(0, 2)->text(), QString("Shift+U"));
        }
        Menus menus;
        const gui::KeyBindings bindings(menus.bar, nullptr);
        QCOMPARE(menus.up->shortcut(), QKeySequence("Shift+U"));
        QCOMPARE(menus.left->shortcut(), QKeySequence(Qt::Key_Left));
    }

    void presetsReplaceAllKeysAndCanBeTakenBack()
    {
        Menus menus;
        gui::KeyBindings bindings(menus.bar, nullptr);
        gui::ShortcutDialog dialog(menus.bar, &bindings);
        dialog.presets().setCurrentIndex(2); // vi
        emit dialog.presets().activated(2);
        QCOMPARE(menus.up->shortcut(), QKeySequence(Qt::Key_K));
        QCOMPARE(menus.lines->shortcut(), QKeySequence("Shift+L"));
        QStringList taken;
        for (const auto& each : gui::shortcutsOf(menus.bar)) {
            QVERIFY(!taken.contains(each.keys));
            taken << each.keys;
        }
        emit dialog.presets().activated(1);
        QCOMPARE(menus.up->shortcut(), QKeySequence(Qt::Key_Up));
        QCOMPARE(menus.accept->shortcuts().size(), 2);
        QVERIFY(QSettings().allKeys().filter("keys").isEmpty());
    }

    void corruptSettingsAreNoKeys()
    {
        QSettings().setValue("keys/Up", "no key of any keyboard");
        QSettings().setValue("keys/L", "Down"); // the key of another action
        Menus menus;
        const gui::KeyBindings bindings(menus.bar, nullptr);
        QCOMPARE(menus.up->shortcut(), QKeySequence(Qt::Key_Up));
        QCOMPARE(menus.lines->shortcut(), QKeySequence(Qt::Key_L));
    }
};

QTEST_MAIN(TestKeyBindings)
#include "tst_key_bindings.moc"

#include "app/gui/preferences_dialog.h"

#include "app/gui/command_line.h"
#include "tests/support/test_data.h"
#include "tests/ui/support/ui_test.h"

#include <QComboBox>
#include <QSettings>
#include <QSignalSpy>

using namespace maury;
using gui::Preferences;
using gui::Style;

namespace {

struct Store {
    test::TemporaryFolder folder;
    QSettings settings { QString::fromStdString((folder / "maury.ini").string()),
        QSettings::IniFormat };
};

} // namespace

class TestPreferences : public test::UiTest {
    Q_OBJECT
private slots:
    void whatIsWrittenIsRead()
    {
        Store store;
        QCOMPARE(gui::readPreferences(store.settings), Preferences {});
        const Preferences chosen { Style::Dark, "fr", "/stars/libr18" };
        gui::writePreferences(store.settings, chosen);
        QCOMPARE(gui::readPreferences(store.settings), chosen);
    }

    void whatCannotBeUnderstoodIsIgnored()
    {
        Store store;
        store.settings.setValue("preferences/style", "plaid");
        store.settings.setValue("preferences/language", 7);
        store.settings.setValue("preferences/atlas", QStringList {});
        QCOMPARE(gui::readPreferences(store.settings), Preferences {});
    }

    void theCommandLineGoesFirst()
    {
        const Preferences stored { Style::Dark, "fr", "/stars/libr18" };
        const auto plain = gui::parseCommandLine({ "maury" }, stored);
        QVERIFY(plain.has_value());
        QCOMPARE(plain->preferences, stored);
        const auto other = gui::parseCommandLine(
            { "maury", "--style", "light", "--lang", "en", "--atlas", "builtin" }, stored);
        QVERIFY(other.has_value());
        QCOMPARE(other->preferences, (Preferences { Style::Light, "en", "builtin" }));
        QVERIFY(!gui::parseCommandLine({ "maury", "--style", "plaid" }, stored));
    }

    void theDialogShowsAndGivesPreferences()
    {
        const Preferences chosen { Style::Light, "fr", "/stars/libr18" };
        gui::PreferencesDialog dialog(chosen);
        QCOMPARE(dialog.preferences(), chosen);
        QSignalSpy styles(&dialog, &gui::PreferencesDialog::styleChosen);
        dialog.show();
        QTest::keyClick(&dialog.style(), Qt::Key_Down);
        QVERIFY(dialog.preferences().style == Style::Dark);
        QCOMPARE(styles.size(), 1);
        dialog.reject();
        QCOMPARE(styles.size(), 2);
        QVERIFY(styles.last().first().value<Style>() == Style::Light);
    }
};

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"

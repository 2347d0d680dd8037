#include "ui/pages/notice_bar.h"
#include "ui/pages/preset_menu.h"

#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/edit_history.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_settings_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QSignalSpy>

#include <filesystem>

using namespace maury;

class tst_PresetMenu : public test::UiTest {
    Q_OBJECT
private slots:
    // One click sets everything, one undo takes it back.
    void aPresetIsOneStep()
    {
        test::RunFixture f;
        f.page->show();
        ui::RunSettingsPanel& panel = f.page->settings();
        const auto before = panel.request();
        ui::PresetMenu& menu = f.page->bar().presets();
        QCOMPARE(menu.menu()->actions().size(), static_cast<qsizetype>(train::presets().size()));
        menu.menu()->actions()[3 + 3]->trigger(); // paper-halving
        QVERIFY(menu.chosen() != nullptr);
        QCOMPARE(menu.chosen()->id, std::string("paper-halving"));
        QVERIFY(menu.differences().isEmpty());
        const auto set = panel.request();
        QVERIFY(set->config.schedule == train::Schedule::Halving);
        QCOMPARE(set->config.halvingEpochs, 50);
        QCOMPARE(set->config.hidden, (std::vector<int> { 768, 256, 64 }));
        QCOMPARE(set->config.backend, before->config.backend);
        QCOMPARE(f.history.count(), 1);
        f.history.undo();
        const auto after = panel.request();
        QCOMPARE(after->config.hidden, before->config.hidden);
        QCOMPARE(after->config.epochs, before->config.epochs);
        QVERIFY(!menu.differences().isEmpty());
        f.history.redo();
        QVERIFY(menu.differences().isEmpty());
    }

    void whatDiffersIsSaid()
    {
        test::RunFixture f;
        f.page->show();
        ui::PresetMenu& menu = f.page->bar().presets();
        QCOMPARE(menu.text(), "Presets");
        menu.choose("lesson");
        QCOMPARE(menu.text(), "Preset");
        f.page->settings().row("lr").field().setValue(0.5);
        f.page->settings().row("epochs").field().setValue(7);
        QCOMPARE(menu.differences(), (QStringList { "Learning rate", "Epochs" }));
        QVERIFY(menu.toolTip().contains("Learning rate, Epochs"));
        QVERIFY(menu.text().contains("Learning rate"));
        f.page->settings().row("lr").field().setValue(0.02);
        f.page->settings().row("epochs").field().setValue(16);
        QVERIFY(menu.differences().isEmpty());
        menu.choose("robust");
        QVERIFY(f.page->settings().protocol() == ui::Protocol::Robust);
        f.page->settings().chooseProtocol(ui::Protocol::Paper);
        QCOMPARE(menu.differences(), QStringList { "protocol" });
    }

    // The paper's libraries are taken from beside the atlas at hand; what is not there is told.
    void librariesAreFoundBesideTheAtlas()
    {
        const test::TemporaryFolder folder;
        for (const char* name : { "libr18", "libr18_27" })
            std::filesystem::create_directory(folder / name);
        const auto preset = train::presetOf("paper-table");
        QVERIFY_RESULT(preset);
        const std::string known = (folder / "libr18_27").string();
        const auto run = ui::presetRun(*preset, {}, { known });
        QCOMPARE(run.request.trainAtlas, (folder / "libr18").string());
        QCOMPARE(run.request.testAtlas, known);
        QVERIFY(run.missing.isEmpty());
        const auto figures = ui::presetRun(*train::presetOf("paper-figures"), {}, { known });
        QCOMPARE(figures.missing, QStringList { "libr18_225" });
        QCOMPARE(figures.request.config.perSpectrumTest, 3);

        test::RunFixture f;
        QSignalSpy warned(&f.page->bar().presets(), &ui::PresetMenu::warned);
        f.page->bar().presets().choose("paper-table");
        QVERIFY(warned.front().front().toString().contains("libr18_27"));
        QVERIFY(f.page->notice().text().contains("libr18_27"));
    }

    void notWhileARunGoesOn()
    {
        test::RunFixture f;
        f.page->show();
        QVERIFY(f.page->bar().presets().isEnabled());
        QVERIFY(f.startAndHold());
        QVERIFY(!f.page->bar().presets().isEnabled());
        QVERIFY(f.finish());
        QTRY_VERIFY(f.page->bar().presets().isEnabled());
    }
};

QTEST_MAIN(tst_PresetMenu)
#include "tst_preset_menu.moc"

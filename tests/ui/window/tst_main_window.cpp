#include "app/gui/main_window.h"

#include "app/gui/figure_menu.h"
#include "app/gui/page_bar.h"
#include "app/gui/shortcut_dialog.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/plots/spectrum_plot.h"
#include "ui/plots/training_curves.h"

#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QSettings>

#include <memory>

using namespace maury;

namespace {

class PlainPage : public ui::Page {
public:
    PlainPage(const QString& identifier, bool stars, bool withInspector)
        : Page(identifier, identifier.toUpper())
        , m_stars(stars)
        , m_inspector(withInspector ? new QLabel("controls", this) : nullptr)
    {
    }
    void onShown() override { ++shown; }
    void onHidden() override { ++hidden; }
    [[nodiscard]] QWidget* inspector() override { return m_inspector; }
    [[nodiscard]] bool usesStarList() const override { return m_stars; }
    int shown = 0;
    int hidden = 0;

private:
    bool m_stars;
    QWidget* m_inspector;
};

struct Bench {
    test::TemporaryFolder folder;
    ui::Workspace workspace;
    ui::SpectrumListModel spectra;
    ui::Selection selection;
    ui::StatusReporter status;
    PlainPage* first = new PlainPage("first", true, true);
    PlainPage* second = new PlainPage("second", false, false);
    gui::MainWindow window { ui::PageContext { workspace, spectra, selection, status },
        { first, second }, new QLabel("stars") };
    QSettings settings { QString::fromStdString((folder / "maury.ini").string()),
        QSettings::IniFormat };

    [[nodiscard]] bool shows(const char* dock) const
    {
        return window.findChild<QDockWidget*>(dock)->isVisible();
    }
};

} // namespace

class TestMainWindow : public test::UiTest {
    Q_OBJECT
private slots:
    void pagesTakeTheirDocksWithThem()
    {
        Bench bench;
        bench.window.showPage(0);
        bench.window.show();
        QVERIFY(bench.shows("stars") && bench.shows("inspector"));
        bench.window.showPage("second");
        QCOMPARE(bench.window.currentPage(), 1);
        QVERIFY(!bench.shows("stars") && !bench.shows("inspector"));
        QCOMPARE(bench.first->hidden, 1);
        QCOMPARE(bench.second->shown, 1);
        emit bench.second->pageRequested("first");
        QCOMPARE(bench.window.currentPage(), 0);
        QVERIFY(bench.shows("stars") && bench.shows("inspector"));
        // What the user closed stays closed when the page comes back, until the layout is reset.
        bench.window.findChild<QDockWidget*>("stars")->toggleViewAction()->trigger();
        bench.window.showPage(1);
        bench.window.showPage(0);
        QVERIFY(!bench.shows("stars"));
        bench.window.resetLayout();
        QVERIFY(bench.shows("stars"));
    }

    void thePageBarChoosesPages()
    {
        Bench bench;
        bench.window.showPage(0);
        emit bench.window.pageBar().pageChosen(1);
        QCOMPARE(bench.window.currentPage(), 1);
    }

    void theLayoutSurvivesARestart()
    {
        Bench before;
        before.window.restoreLayout(before.settings);
        before.window.show();
        before.window.resize(1111, 777);
        before.window.showPage("second");
        before.window.saveLayout(before.settings);
        Bench after;
        after.window.restoreLayout(before.settings);
        QCOMPARE(after.window.size(), QSize(1111, 777));
        QCOMPARE(after.window.currentPage(), 1);
    }

    void theFiguresMenuReachesEveryPlotOfThePage()
    {
        Bench bench;
        auto* plot = new ui::SpectrumPlot(bench.first);
        bench.window.showPage(0);
        bench.window.show();
        auto* menu = bench.window.findChild<gui::FigureMenu*>();
        QVERIFY(menu != nullptr);
        emit menu->aboutToShow();
        QCOMPARE(menu->actions(), plot->actions());
        auto* second = new ui::TrainingCurves(bench.first);
        second->show();
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 2);
        QCOMPARE(menu->actions()[1]->text(), second->accessibleName());
        QCOMPARE(menu->actions()[1]->menu()->actions(), second->actions());
        bench.window.showPage(1);
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 1);
        QVERIFY(!menu->actions()[0]->isEnabled());
        QCOMPARE(plot->actions().size(), 4); // still the plot's
    }

    void aDamagedLayoutFallsBack()
    {
        Bench bench;
        bench.settings.setValue("window/geometry", QByteArray("junk"));
        bench.settings.setValue("window/state", QByteArray("\x01\x02 more junk"));
        bench.settings.setValue("window/stars", "neither true nor false");
        bench.settings.setValue("window/page", "no such page");
        bench.window.restoreLayout(bench.settings);
        bench.window.show();
        QCOMPARE(bench.window.size(), QSize(1280, 800));
        QCOMPARE(bench.window.currentPage(), 0);
        QVERIFY(bench.shows("inspector"));
    }

    void everyKeyIsListedOnce()
    {
        Bench bench;
        const auto list = gui::shortcutsOf(*bench.window.findChild<QMenuBar*>());
        QStringList keys;
        for (const auto& each : list) {
            QVERIFY2(!each.text.contains('&'), qPrintable(each.text));
            keys << each.keys;
        }
        QVERIFY(keys.contains("F8") && keys.contains("Ctrl+1"));
        QCOMPARE(keys.removeDuplicates(), 0);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"

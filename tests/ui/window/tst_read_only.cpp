#include "app/gui/main_window.h"
#include "app/gui/project_actions.h"
#include "app/gui/workbench.h"
#include "core/project/project.h"
#include "tests/support/test_data.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/notice_bar.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QToolButton>

using namespace maury;

namespace {

constexpr int kPatience = 60'000;

} // namespace

/// A project that another program is writing.
class TestReadOnly : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("maury-test");
        QCoreApplication::setApplicationName("read-only");
    }

    void aLockedProjectIsShownAndItsCopyCanBeWritten()
    {
        const test::TemporaryFolder folder;
        const auto file = folder / "night.maury";
        auto writer = project::Project::create(file);
        QVERIFY_RESULT(writer);
        project::Star star;
        star.name = "HD 1";
        QVERIFY_RESULT(writer->addStars(std::span(&star, 1)));

        gui::CommandLine line;
        line.project = QString::fromStdString(file.string());
        gui::Workbench workbench(line);
        QSignalSpy usable(&workbench, &gui::Workbench::usable);
        workbench.window().show();
        QTRY_COMPARE_WITH_TIMEOUT(usable.size(), 1, kPatience);
        QVERIFY(workbench.labels().project() != nullptr);
        QVERIFY(!workbench.labels().canWrite());

        auto& page = *workbench.window().findChild<ui::ClassifyPage*>();
        workbench.window().showPage(page.identifier());
        auto& notice = *page.findChild<ui::NoticeBar*>();
        QVERIFY(notice.isVisible());
        QVERIFY(notice.text().contains("read-only"));
        QVERIFY(notice.offered().isVisible());
        for (const QAction* action : workbench.window().fileMenu().actions())
            if (action->text().contains("Import labels"))
                QVERIFY(!action->isEnabled());

        const QString copy = QString::fromStdString((folder / "mine.maury").string());
        auto& actions = *workbench.window().findChild<gui::ProjectActions*>();
        // The dialog that asks for the name is Qt's; what follows from the name is ours.
        QVERIFY(QObject::disconnect(&page, &ui::ClassifyPage::copyRequested, &actions, nullptr));
        QSignalSpy wanted(&page, &ui::ClassifyPage::copyRequested);
        QTest::mouseClick(&notice.offered(), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        actions.copy(copy);
        QTRY_VERIFY(workbench.labels().canWrite());
        QCOMPARE(QString::fromStdString(workbench.labels().project()->file().string()), copy);
        QVERIFY(!notice.isVisible());
        QCOMPARE(workbench.labels().project()->stars()->front().name, std::string("HD 1"));
    }
};

QTEST_MAIN(TestReadOnly)
#include "tst_read_only.moc"

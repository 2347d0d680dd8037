#include "app/gui/session.h"

#include "app/gui/main_window.h"
#include "app/gui/session_keeper.h"
#include "app/gui/workbench.h"
#include "tests/support/test_data.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/train_page.h"
#include "ui/plots/spectrum_plot.h"

#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>

using namespace maury;

namespace {

constexpr int kPatience = 60'000;

std::string spectrumText(double level)
{
    std::string text;
    for (int i = 0; i < 1700; ++i)
        text += std::to_string(3790.0 + 0.5 * i) + " " + std::to_string(level - 0.3 * (i % 97 == 0))
            + "\n";
    return text;
}

} // namespace

/// What comes back after the program was killed.
class TestSession : public test::UiTest {
    Q_OBJECT
private:
    test::TemporaryFolder m_stars;
    QStringList m_files;

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("maury-test");
        QCoreApplication::setApplicationName("session");
        cleanup();
        for (const char* name : { "one.txt", "two.txt", "three.txt" })
            m_files << QString::fromStdString(
                m_stars.write(name, spectrumText(1.0 + 0.01 * static_cast<double>(m_files.size())))
                    .string());
    }
    void cleanup()
    {
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation))
            .removeRecursively();
    }

    void whatIsWrittenIsRead()
    {
        const test::TemporaryFolder folder;
        const QString file = QString::fromStdString((folder / "session.json").string());
        gui::SessionState state;
        state.files = m_files;
        state.starFile = m_files[1];
        state.page = "train";
        state.zoom = { 4000.0, 4100.5 };
        state.run.emplace();
        state.run->config.epochs = 77;
        QVERIFY_RESULT(gui::writeSession(file, state));
        const auto read = gui::readSession(file);
        QVERIFY_RESULT(read);
        QCOMPARE(read->files, m_files);
        QCOMPARE(read->starFile, m_files[1]);
        QCOMPARE(read->page, "train");
        QCOMPARE(*read->zoom, std::pair(4000.0, 4100.5));
        QCOMPARE(read->run->config.epochs, 77);
        QCOMPARE(gui::readSession(file + "x").error().code, base::ErrorCode::FileMissing);
    }

    // A child is killed without warning, as soon as its session is on the disk.
    void afterSigkillEverythingComesBack()
    {
        {
            gui::Workbench workbench({});
            QSignalSpy usable(&workbench, &gui::Workbench::usable);
            QTRY_COMPARE_WITH_TIMEOUT(usable.size(), 1, kPatience);
            workbench.open(m_files);
            auto& spectra = *workbench.window().findChild<ui::SpectraPage*>();
            auto& plot = *spectra.findChild<ui::SpectrumPlot*>();
            QTRY_COMPARE_WITH_TIMEOUT(workbench.stars().openedCount(), 3, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(workbench.stars().waitingCount() == 0, kPatience);
            const auto second = workbench.stars().addFiles({ m_files[1] }).front();
            workbench.selection().setSpectrum(second);
            QTRY_VERIFY_WITH_TIMEOUT(!plot.star().isEmpty() && !spectra.isTourBusy(), kPatience);
            plot.setWavelengthRange(4000.0, 4200.0);
            auto& train = *workbench.window().findChild<ui::TrainPage*>();
            train.settings().row("epochs").field().setValue(33);
            workbench.window().showPage(QStringLiteral("train"));
            QTRY_VERIFY_WITH_TIMEOUT(isWritten(m_files, 33), kPatience);
            // A killed program says no goodbye: the window is not closed, and what it would write
            // at its end is thrown away below.
            QVERIFY(QFile::copy(gui::SessionKeeper::userFile(), copy()));
        }
        QFile::remove(gui::SessionKeeper::userFile());
        QVERIFY(QFile::rename(copy(), gui::SessionKeeper::userFile()));

        gui::Workbench workbench({});
        QSignalSpy usable(&workbench, &gui::Workbench::usable);
        QTRY_COMPARE_WITH_TIMEOUT(usable.size(), 1, kPatience);
        QCOMPARE(workbench.stars().openedCount(), 3);
        const auto* star = workbench.stars().entry(workbench.selection().spectrum());
        QVERIFY(star != nullptr);
        QCOMPARE(star->file, m_files[1]);
        auto& train = *workbench.window().findChild<ui::TrainPage*>();
        QCOMPARE(train.settings().request()->config.epochs, 33);
        QCOMPARE(
            workbench.window().pages()[workbench.window().currentPage()]->identifier(), "train");
        auto& spectra = *workbench.window().findChild<ui::SpectraPage*>();
        QTRY_COMPARE_WITH_TIMEOUT(spectra.findChild<ui::SpectrumPlot*>()->wavelengthRange(),
            std::pair(4000.0, 4200.0), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(workbench.stars().waitingCount(), 0, kPatience);
        QCOMPARE(workbench.stars().entry(workbench.selection().spectrum())->file, m_files[1]);
    }

    void aKilledProcessLeavesItsSession()
    {
        const test::TemporaryFolder home;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : { "XDG_DATA_HOME", "XDG_CONFIG_HOME" })
            environment.insert(name, QString::fromStdString((home / name).string()));
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        const QString session
            = QString::fromStdString((home / "XDG_DATA_HOME" / "maury" / "maury").string())
            + "/session.json";
        QProcess window;
        window.setProcessEnvironment(environment);
        window.start(MAURY_WINDOW, m_files);
        const auto listed = [&session] {
            const auto read = gui::readSession(session);
            return read ? read->files.size() : qsizetype(0);
        };
        QTRY_COMPARE_WITH_TIMEOUT(listed(), qsizetype(3), kPatience);
        window.kill();
        QVERIFY(window.waitForFinished(kPatience));
        QCOMPARE(window.exitStatus(), QProcess::CrashExit);

        // Started again without files: it reads them, and keeps them.
        QProcess again;
        again.setProcessEnvironment(environment);
        gui::SessionState state;
        state.files = m_files;
        state.starFile = m_files[2];
        QVERIFY_RESULT(gui::writeSession(session, state));
        again.start(MAURY_WINDOW, QStringList {});
        const auto restored = [&session, this] {
            const auto read = gui::readSession(session);
            return read && read->page == "spectra" && read->starFile == m_files[2];
        };
        QTRY_VERIFY_WITH_TIMEOUT(restored(), kPatience);
        again.kill();
        QVERIFY(again.waitForFinished(kPatience));
        QCOMPARE(listed(), qsizetype(3));
    }

    void aDamagedSessionIsKeptAside()
    {
        const QString file = gui::SessionKeeper::userFile();
        QDir().mkpath(QFileInfo(file).absolutePath());
        QFile damaged(file);
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("{\"format\":1,\"files\":[\"/a");
        damaged.close();
        gui::Workbench workbench({});
        QSignalSpy messages(&workbench.status(), &ui::StatusReporter::messageShown);
        QSignalSpy usable(&workbench, &gui::Workbench::usable);
        QTRY_COMPARE_WITH_TIMEOUT(usable.size(), 1, kPatience);
        QVERIFY(QFile::exists(file + ".damaged"));
        bool told = false;
        for (const auto& message : messages)
            told = told || message.front().toString().contains(file + ".damaged");
        QVERIFY(told);
        QCOMPARE(workbench.stars().openedCount(), 0);
    }

    // Opened stars belong to the project though nobody has looked at them.
    void allOpenedStarsJoinTheProject()
    {
        const test::TemporaryFolder folder;
        gui::CommandLine line;
        line.project = QString::fromStdString((folder / "night.maury").string());
        gui::Workbench workbench(line);
        QSignalSpy usable(&workbench, &gui::Workbench::usable);
        QTRY_COMPARE_WITH_TIMEOUT(usable.size(), 1, kPatience);
        workbench.open(m_files);
        const auto count = [&workbench] {
            const auto stars = workbench.labels().project()->stars();
            return stars ? stars->size() : std::size_t(0);
        };
        QTRY_COMPARE_WITH_TIMEOUT(count(), std::size_t(3), kPatience);
    }

private:
    static QString copy() { return gui::SessionKeeper::userFile() + ".killed"; }
    static bool isWritten(const QStringList& files, int epochs)
    {
        const auto read = gui::readSession(gui::SessionKeeper::userFile());
        return read && read->files == files && read->run && read->run->config.epochs == epochs
            && read->page == "train" && read->zoom;
    }
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"

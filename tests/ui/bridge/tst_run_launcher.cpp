#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/run_launcher.h"

#include <QSignalSpy>

using namespace maury;

namespace {

struct Launched {
    test::TemporaryFolder folder;
    test::PageFixture window;
    ui::RunLauncher launcher { window.session, ui::RunStore(folder.path()) };
    std::vector<ui::RunRequest> begun;

    Launched()
    {
        QObject::connect(&launcher, &ui::RunLauncher::beginning, &launcher,
            [this](const ui::RunRequest& request) { begun.push_back(request); });
    }
    [[nodiscard]] bool ended()
    {
        return QTest::qWaitFor([this] { return !window.session.active(); }, 60'000);
    }
};

} // namespace

class tst_RunLauncher : public test::UiTest {
    Q_OBJECT
private slots:
    void aFinishedRunLeavesNothingToResume()
    {
        Launched l;
        l.launcher.start(test::smallRun(2));
        QVERIFY(l.ended());
        QCOMPARE(l.begun.size(), std::size_t(1));
        QVERIFY(!l.begun[0].config.checkpoint.empty());
        QVERIFY(!l.launcher.hasUnfinished());
    }

    void aRunAskedForInBetweenBeginsAfterTheOther()
    {
        Launched l;
        l.launcher.start(test::smallRun(100'000));
        auto second = test::smallRun(2);
        second.config.seed = 9;
        l.launcher.restart(second);
        QCOMPARE(l.begun.size(), std::size_t(1));
        QTRY_COMPARE_WITH_TIMEOUT(l.begun.size(), std::size_t(2), 60'000);
        QCOMPARE(l.begun[1].config.seed, std::uint64_t(9));
        QVERIFY(l.ended());
        QCOMPARE(l.window.session.result()->report.history.size(), std::size_t(2));
    }

    void refusesWhatCannotRun()
    {
        Launched l;
        const QSignalSpy refused(&l.launcher, &ui::RunLauncher::refused);
        auto request = test::smallRun(2);
        request.config.live.learningRate = -1.0;
        l.launcher.start(request);
        QCOMPARE(refused.count(), 1);
        QVERIFY(l.begun.empty());
        QVERIFY(!l.window.session.active());
    }

    void anUnrememberedRunLeavesTheUsersAlone()
    {
        Launched l;
        l.launcher.start(test::smallRun(100'000));
        QSignalSpy epochs(&l.window.session, &ui::TrainingSession::checkpointWritten);
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() > 0, 60'000);
        l.window.session.stop();
        QVERIFY(l.ended());
        QVERIFY(l.launcher.hasUnfinished());
        l.launcher.startUnremembered(test::smallRun(100'000));
        l.window.session.stop();
        QVERIFY(l.ended());
        QVERIFY(l.launcher.hasUnfinished());
    }

    void rewoundKeepsWhatMakesWeightsDataAndOrder()
    {
        ui::RunRequest run;
        run.trainAtlas = "a";
        run.testAtlas = "b";
        run.resume = true;
        run.config.seed = 5;
        run.config.hidden = { 7 };
        run.config.live.augmentation.gain = 100.0;
        ui::RunRequest wanted;
        wanted.config.seed = 6;
        wanted.config.live.learningRate = 0.5;
        wanted.config.live.augmentation.gain = 200.0;
        wanted.config.batchSize = 3;
        const auto again = ui::rewound(run, wanted);
        QCOMPARE(again.trainAtlas, std::string("a"));
        QCOMPARE(again.testAtlas, std::string("b"));
        QVERIFY(!again.resume);
        QCOMPARE(again.config.seed, std::uint64_t(5));
        QCOMPARE(again.config.hidden, std::vector<int> { 7 });
        QCOMPARE(again.config.live.augmentation.gain, 100.0);
        QCOMPARE(again.config.live.learningRate, 0.5);
        QCOMPARE(again.config.batchSize, 3);
        run.config.freshEveryEpoch = true; // then the augmentation is a live setting
        QCOMPARE(ui::rewound(run, wanted).config.live.augmentation.gain, 200.0);
    }
};

QTEST_MAIN(tst_RunLauncher)
#include "tst_run_launcher.moc"

#include "tests/ui/support/ui_test.h"
#include "ui/models/run_progress.h"
#include "ui/models/run_summary.h"

#include <QLocale>

using namespace maury;

namespace {

train::RunStarted tenEpochs(int first = 0)
{
    train::RunStarted run;
    run.backend = "cpu";
    run.epochs = 10;
    run.firstEpoch = first;
    run.trainSamples = 1000;
    return run;
}

} // namespace

class tst_RunProgress : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void timeLeftAtTheMeanRate()
    {
        ui::RunProgress progress;
        QVERIFY(!progress.started());
        progress.start(tenEpochs());
        progress.setRunning(true, 100.0);
        QVERIFY(!progress.secondsLeft(100.5)); // nothing done yet
        progress.reach(0.5);
        QCOMPARE(progress.secondsLeft(101.0), 19.0); // 0.5 epochs a second, 9.5 to go
        QCOMPARE(progress.samplesPerSecond(101.0), 500.0);
        progress.reach(2.5);
        QCOMPARE(progress.epoch(), 3);
        QCOMPARE(progress.fraction(), 0.25);
    }

    void pausesDoNotCount()
    {
        ui::RunProgress progress;
        progress.start(tenEpochs());
        progress.setRunning(true, 0.0);
        progress.reach(2.0);
        progress.setRunning(false, 4.0);
        QVERIFY(!progress.secondsLeft(1000.0));
        QVERIFY(ui::progressText(progress, true, 1000.0).contains("paused in epoch 3 of 10"));
        progress.setRunning(true, 1000.0);
        progress.reach(4.0);
        QCOMPARE(progress.secondsLeft(1004.0), 12.0); // 4 epochs in 8 s
    }

    void aResumedRunCountsFromWhereItWasTakenUp()
    {
        ui::RunProgress progress;
        progress.start(tenEpochs(6));
        progress.setRunning(true, 0.0);
        progress.reach(8.0);
        QCOMPARE(progress.fraction(), 0.8);
        QCOMPARE(progress.secondsLeft(1.0), 1.0);
    }

    void theLastEpochTellsTheSpeed()
    {
        ui::RunProgress progress;
        progress.start(tenEpochs());
        progress.setRunning(true, 0.0);
        train::EpochDone epoch;
        epoch.samplesPerSecond = 12'345.0;
        progress.finishEpoch(epoch);
        QCOMPARE(progress.samplesPerSecond(1.0), 12'000.0);
        QCOMPARE(ui::progressText(progress, false, 1.0),
            QStringLiteral("Training: epoch 2 of 10, 12000 samples/s"));
        progress.begin();
        QVERIFY(!progress.started());
        QCOMPARE(progress.samplesPerSecond(9.0), 0.0);
    }

    void factsInWords()
    {
        QVERIFY(ui::factsText({}, nullptr).isEmpty());
        auto run = tenEpochs();
        run.testSamples = 50;
        run.classes = { "A0", "A1" };
        QCOMPARE(ui::factsText(run, nullptr),
            QStringLiteral("1000 training and 50 test samples, 2 classes on cpu"));
        train::EpochDone epoch;
        epoch.epoch = 4;
        epoch.test.samples = 50;
        epoch.test.sc.accuracy = 0.9;
        epoch.test.lc.accuracy = 1.0;
        QVERIFY(ui::factsText(run, &epoch).startsWith("test accuracy SC 90"));
        QCOMPARE(ui::classesText(&epoch, 10),
            QStringLiteral("Test set (50 samples) after epoch 5 of 10"));
        epoch.test.samples = 0; // no test set: no figure is made up
        QVERIFY(ui::factsText(run, &epoch).startsWith("test accuracy SC n/a, LC n/a"));
    }
};

QTEST_MAIN(tst_RunProgress)
#include "tst_run_progress.moc"

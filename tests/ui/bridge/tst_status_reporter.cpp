#include "ui/bridge/status_reporter.h"

#include "tests/ui/support/ui_test.h"

#include <QSignalSpy>

using namespace maury;

class TestStatusReporter : public test::UiTest {
    Q_OBJECT
private slots:
    void theLastJobShowsAndEndedOnesStayEnded()
    {
        ui::StatusReporter status;
        QCOMPARE(status.currentJob(), nullptr);
        bool cancelled = false;
        const auto loading = status.beginJob("loading");
        const auto training = status.beginJob("training", [&cancelled] { cancelled = true; });
        QCOMPARE(status.currentJob()->what, QString("training"));
        status.updateJob(training, "epoch 2", 0.5, 12.0);
        QCOMPARE(status.currentJob()->what, QString("epoch 2"));
        QCOMPARE(*status.currentJob()->secondsLeft, 12.0);
        status.currentJob()->cancel();
        QVERIFY(cancelled);
        status.endJob(training);
        QCOMPARE(status.currentJob()->id, loading);
        QSignalSpy changes(&status, &ui::StatusReporter::jobsChanged);
        status.updateJob(training, "late news", 1.0);
        status.endJob(training);
        QCOMPARE(changes.size(), 0);
        status.endJob(loading);
        QCOMPARE(status.currentJob(), nullptr);
    }
};

QTEST_MAIN(TestStatusReporter)
#include "tst_status_reporter.moc"

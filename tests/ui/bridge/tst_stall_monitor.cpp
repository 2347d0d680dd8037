#include "ui/bridge/stall_monitor.h"

#include "tests/ui/support/ui_test.h"

#include <QThread>

using namespace maury;

class TestStallMonitor : public test::UiTest {
    Q_OBJECT
private slots:
    void noticesABlockedEventLoop()
    {
        ui::StallMonitor monitor;
        monitor.start();
        QTRY_VERIFY(monitor.ticks() > 3);
        QTimer::singleShot(0, this, [] { QThread::msleep(120); });
        const int before = monitor.ticks();
        QTRY_VERIFY(monitor.ticks() > before + 3);
        QVERIFY(monitor.longestMs() >= 100.0);
        QVERIFY(monitor.stalls() >= 1);
        monitor.reset();
        QCOMPARE(monitor.longestMs(), 0.0);
        QCOMPARE(monitor.stalls(), 0);
    }
};

QTEST_MAIN(TestStallMonitor)
#include "tst_stall_monitor.moc"

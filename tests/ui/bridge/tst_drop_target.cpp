#include "ui/bridge/drop_target.h"

#include "tests/ui/support/ui_test.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>
#include <QWidget>

using namespace maury;

class TestDropTarget : public test::UiTest {
    Q_OBJECT
private slots:
    void takesLocalFilesAndFolders()
    {
        QWidget widget;
        ui::DropTarget target(widget);
        QVERIFY(widget.acceptDrops());
        QSignalSpy dropped(&target, &ui::DropTarget::pathsDropped);
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile("/data/a.txt"), QUrl("https://example.org/b.txt"),
            QUrl::fromLocalFile("/data/night") });
        QDragEnterEvent enter({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(&widget, &enter);
        QVERIFY(enter.isAccepted());
        QCOMPARE(dropped.size(), 0);
        QDropEvent drop({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&widget, &drop);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(
            dropped.first().first().toStringList(), QStringList({ "/data/a.txt", "/data/night" }));
    }

    void leavesOtherDragsAlone()
    {
        QWidget widget;
        ui::DropTarget target(widget);
        QSignalSpy dropped(&target, &ui::DropTarget::pathsDropped);
        QMimeData data;
        data.setText("not a file");
        QDropEvent drop({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&widget, &drop);
        QCOMPARE(dropped.size(), 0);
    }
};

QTEST_MAIN(TestDropTarget)
#include "tst_drop_target.moc"

#include "ui/plots/table_window.h"

#include "tests/ui/support/ui_test.h"
#include "ui/plots/row_table.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace maury;

class tst_TableWindow : public test::UiTest {
    Q_OBJECT
private slots:
    void theTableWindowShowsCopiesAndFollowsOnDemand()
    {
        ui::PlotTable numbers;
        numbers.add("x", QVector<double> { 1.0, 2.0 });
        ui::TableWindow window("Table", [&numbers] { return numbers; });
        window.show();
        QCOMPARE(window.table().rows(), 2);
        auto* view = window.findChild<ui::RowTable*>();
        view->copyRows();
        QCOMPARE(QGuiApplication::clipboard()->text(), "x\n1\n2\n");
        numbers.columns.front().numbers.append(3.0);
        QCOMPARE(window.table().rows(), 2);
        window.update();
        QCOMPARE(window.table().rows(), 3);
        view->selectRow(1);
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), "x\n2\n");
    }
};

QTEST_MAIN(tst_TableWindow)
#include "tst_table_window.moc"

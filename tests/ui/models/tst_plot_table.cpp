#include "ui/models/plot_table.h"

#include "tests/ui/support/ui_test.h"

#include <QAbstractItemModelTester>
#include <QLocale>

#include <cmath>

using namespace maury;

namespace {

ui::PlotTable threeColumns()
{
    ui::PlotTable table;
    table.add("Wavelength (Å)", QVector<double> { 4340.472, 1.0 / 3.0, std::nan("") });
    table.add("Line, \"name\"", QStringList { "Hγ", "a \"b\", c" });
    table.add("Count", QVector<double> { 12.0 });
    return table;
}

} // namespace

class tst_PlotTable : public test::UiTest {
    Q_OBJECT
private slots:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void csvQuotesAndKeepsEveryDigit()
    {
        QLocale::setDefault(QLocale(QLocale::French)); // must not matter
        QCOMPARE(ui::csvText(threeColumns()),
            QStringLiteral("Wavelength (Å),\"Line, \"\"name\"\"\",Count\n"
                           "4340.472,Hγ,12\n"
                           "0.3333333333333333,\"a \"\"b\"\", c\",\n"
                           ",,\n"));
        QCOMPARE(ui::csvText({}), "\n");
    }

    void shownInTheUsersLocale()
    {
        QLocale::setDefault(QLocale(QLocale::French));
        ui::PlotTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setTable(threeColumns());
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.index(1, 0).data().toString(), "0,3333333");
        QCOMPARE(model.index(2, 0).data().toString(), "n/a"); // not known …
        QCOMPARE(model.index(2, 2).data().toString(), ""); // … and past the column's end
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Wavelength (Å)"));
    }

    void chosenRowsForASpreadsheet()
    {
        ui::PlotTableModel model;
        model.setTable(threeColumns());
        QCOMPARE(ui::clipboardText(model, { 0 }),
            QStringLiteral("Wavelength (Å)\tLine, \"name\"\tCount\n4340.472\tHγ\t12\n"));
    }
};

QTEST_MAIN(tst_PlotTable)
#include "tst_plot_table.moc"

#include "ui/models/standard_grid.h"

#include "tests/support/star_atlas.h"
#include "tests/ui/support/ui_test.h"

using namespace maury;

class TestStandardGrid : public test::UiTest {
    Q_OBJECT
private slots:
    // A0, G2, K0 (codes 16, 31, 34), each Ia, III, V: rows 0 … 8.
    void walksTheGrid()
    {
        const ui::StandardGrid grid(*test::starAtlas({ 16.0, 31.0, 34.0 }));
        QCOMPARE(grid.classNames(), QStringList({ "A0", "G2", "K0" }));
        QCOMPARE(grid.luminosityNames(1), QStringList({ "Ia", "III", "V" }));
        QVERIFY(grid.luminosityNames(3).isEmpty());
        QCOMPARE(*grid.row(1, 2), 5);
        QVERIFY(!grid.row(1, 3) && !grid.row(-1, 0));
        QCOMPARE(grid.cell(5)->spectralClass, 1);
        QCOMPARE(grid.cell(5)->luminosity, 2);
        QVERIFY(!grid.cell(9) && !grid.cell(-1));
        QCOMPARE(grid.stepClass(5, 1), 8);
        QCOMPARE(grid.stepClass(5, 7), 8);
        QCOMPARE(grid.stepClass(4, -1), 1);
        QCOMPARE(grid.stepLuminosity(4, 1), 5);
        QCOMPARE(grid.stepLuminosity(3, -1), 3);
        QCOMPARE(grid.nearest(30.4, 4.6), 5);
        QCOMPARE(grid.nearest(99.0, 0.0), 6);
        QCOMPARE(ui::StandardGrid().nearest(16.0, 5.0), -1);
    }
};

QTEST_MAIN(TestStandardGrid)
#include "tst_standard_grid.moc"

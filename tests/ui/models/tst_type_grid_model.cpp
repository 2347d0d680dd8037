#include "tests/ui/support/tiny_atlas.h"
#include "tests/ui/support/ui_test.h"
#include "ui/models/type_grid_model.h"

#include <QAbstractItemModelTester>

using namespace maury;
using ui::TypeGridModel;

namespace {

/// The tiny atlas (A0 A1 A2 A3 by Ia III V) without A1 V and A2 III.
mk::AtlasPtr atlasWithGaps()
{
    return mk::subsetOf(*test::tinyAtlas(), { 0, 1, 2, 3, 4, 6, 8, 9, 10, 11 });
}

} // namespace

class TestTypeGridModel : public test::UiTest {
    Q_OBJECT
private slots:
    void emptyCellsAreShownAndSkipped()
    {
        TypeGridModel grid;
        QAbstractItemModelTester tester(&grid);
        grid.setAtlas(atlasWithGaps());
        QCOMPARE(grid.rowCount(), 4);
        QCOMPARE(grid.columnCount(), 3);
        QCOMPARE(grid.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QString("A1"));
        QCOMPARE(grid.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QString("III"));
        const QModelIndex gap = grid.index(1, 2);
        QCOMPARE(grid.standardAt(gap), -1);
        QVERIFY(grid.data(gap, Qt::DisplayRole).toString().isEmpty());
        QCOMPARE(grid.data(gap, Qt::ToolTipRole).toString(), QString("No standard"));

        // A0 V, then A2 V: A1 has no dwarf. Row 2 of the atlas is A0 V, row 6 A2 V.
        QCOMPARE(grid.stepClass(2, 1), 6);
        QCOMPARE(grid.stepClass(6, -1), 2);
        QCOMPARE(grid.stepClass(2, -1), 2);
        // A2: from Ia to V past the missing giant.
        QCOMPARE(grid.stepLuminosity(5, 1), 6);
        QCOMPARE(grid.stepLuminosity(6, 1), 6);
        QCOMPARE(grid.stepClass(-1, 1), -1);
    }

    void theTypeAtHand()
    {
        TypeGridModel grid;
        grid.setAtlas(atlasWithGaps());
        QCOMPARE(grid.typeName(2, false), QString("A0 V"));
        // Between A0 V and A2 V.
        QCOMPARE(grid.typeName(2, true), QString("A1 V"));
        QCOMPARE(grid.typeName(9, true), QString("A3 V"));
        QCOMPARE(grid.typeName(-1, false), QString());
        grid.setCurrent(2, false);
        QCOMPARE(grid.data(grid.cellOf(2), Qt::DisplayRole).toString(), QString("●"));
        grid.setCurrent(6, true);
        QCOMPARE(grid.data(grid.cellOf(2), Qt::DisplayRole).toString(), QString("·"));
        QCOMPARE(grid.data(grid.cellOf(6), Qt::DisplayRole).toString(), QString("◒"));
        grid.setAtlas(nullptr);
        QCOMPARE(grid.rowCount(), 0);
    }
};

QTEST_MAIN(TestTypeGridModel)
#include "tst_type_grid_model.moc"

#include "ui/models/line_markers.h"

#include "tests/ui/support/ui_test.h"

#include <algorithm>

using namespace maury;

class TestLineMarkers : public test::UiTest {
    Q_OBJECT
private slots:
    void linesHaveTheNamesThatSpectroscopistsUse_data()
    {
        QTest::addColumn<double>("wavelength");
        QTest::addColumn<QString>("species");
        QTest::addColumn<QString>("name");
        QTest::newRow("beta") << 4861.33 << "H I"
                              << "Hβ";
        QTest::newRow("gamma") << 4340.47 << "H I"
                               << "Hγ";
        QTest::newRow("delta") << 4101.74 << "H I"
                               << "Hδ";
        QTest::newRow("epsilon") << 3970.07 << "H I"
                                 << "Hε";
        QTest::newRow("H8") << 3889.05 << "H I"
                            << "H8";
        QTest::newRow("H11") << 3770.63 << "H I"
                             << "H11";
        QTest::newRow("K") << 3933.66 << "Ca II"
                           << "Ca II K";
        QTest::newRow("H") << 3968.47 << "Ca II"
                           << "Ca II H";
        QTest::newRow("G band") << 4300.0 << "CH"
                                << "G";
        QTest::newRow("another") << 4481.2 << "Mg II"
                                 << "Mg II";
    }
    void linesHaveTheNamesThatSpectroscopistsUse()
    {
        QFETCH(double, wavelength);
        QFETCH(QString, species);
        mk::SpectralLine line;
        line.wavelengthAngstrom = wavelength;
        line.species = species.toStdString();
        QTEST(ui::lineName(line), "name");
    }

    // Of the shipped list: He II 4542 is used in O stars, TiO 4955 in M stars; Hγ is a landmark
    // everywhere.
    void aClassShowsItsOwnCriteria()
    {
        const auto list = mk::defaultLineList();
        QVERIFY_RESULT(list);
        const auto has = [](const QVector<ui::LineMarker>& markers, const QString& name) {
            return std::any_of(markers.begin(), markers.end(),
                [&name](const ui::LineMarker& marker) { return marker.name == name; });
        };
        const auto hot = ui::lineMarkers(*list, 7.0);
        const auto cool = ui::lineMarkers(*list, 64.0);
        QVERIFY(has(hot, "He II") && !has(cool, "He II"));
        QVERIFY(has(cool, "TiO") && !has(hot, "TiO"));
        QVERIFY(has(hot, "Hγ") && has(cool, "Hγ"));
        // Ca II H and Hε touch: which of the two is written follows the type of the star.
        const auto importance = [](const QVector<ui::LineMarker>& markers, const QString& name) {
            return std::find_if(markers.begin(), markers.end(),
                [&name](const ui::LineMarker& marker) { return marker.name == name; })
                ->importance;
        };
        QVERIFY(importance(hot, "Hε") > importance(hot, "Ca II H"));
        QVERIFY(importance(cool, "Hε") < importance(cool, "Ca II H"));
        QCOMPARE(std::size_t(ui::lineMarkers(*list, {}).size()), list->lines.size());
    }
};

QTEST_MAIN(TestLineMarkers)
#include "tst_line_markers.moc"

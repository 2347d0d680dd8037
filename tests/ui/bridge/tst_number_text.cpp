#include "ui/bridge/number_text.h"

#include "tests/ui/support/ui_test.h"

#include <QLocale>

#include <limits>

using namespace maury;

class TestNumberText : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void numbers()
    {
        QCOMPARE(ui::numberText(3.14159, 2), QString("3.14"));
        QCOMPARE(ui::numberText(-0.004, 2), QString("0.00"));
        QCOMPARE(ui::numberText(std::numeric_limits<double>::quiet_NaN(), 2), QString("n/a"));
        QCOMPARE(ui::countText(37800), QString("37,800"));
        QCOMPARE(ui::quantityText(-35.2, 0, "km/s"), QString("-35\u202Fkm/s"));
    }

    void percentagesNeedCounts()
    {
        QCOMPARE(ui::percentText(1.0, 0), QString("n/a"));
        QCOMPARE(ui::percentText(0.953, 98), QString("95\u202F%"));
        QCOMPARE(ui::percentText(0.9534, 2940), QString("95.3\u202F%"));
    }

    void durations()
    {
        QCOMPARE(ui::durationText(0.2), QString("1 s"));
        QCOMPARE(ui::durationText(59.5), QString("1 min 00 s"));
        QCOMPARE(ui::durationText(200.0), QString("3 min 20 s"));
        QCOMPARE(ui::durationText(3900.0), QString("1 h 05 min"));
        QCOMPARE(ui::durationText(-1.0), QString("n/a"));
    }
};

QTEST_MAIN(TestNumberText)
#include "tst_number_text.moc"

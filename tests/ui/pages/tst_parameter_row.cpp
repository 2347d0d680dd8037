#include "tests/ui/support/ui_test.h"
#include "ui/pages/parameter_row.h"

#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

#include <cmath>

using namespace maury;

namespace {

ui::ParameterSpec rate()
{
    return { "Learning rate", {}, "tip", 0.01, 1e-5, 1.0, 100.0, true, false };
}

/// Types into the field as a user would.
void type(QDoubleSpinBox& field, const QString& text)
{
    auto* edit = field.findChild<QLineEdit*>();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

} // namespace

class tst_ParameterRow : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void beginsWithThePaper()
    {
        ui::ParameterRow row(rate());
        QCOMPARE(row.value(), 0.01);
        QVERIFY(!row.resetButton().isEnabled());
        QCOMPARE(row.field().text(), "0.01");
        // Three of five decades up.
        QCOMPARE(row.slider().value(), row.slider().maximum() * 3 / 5);
    }

    void sliderMovesTheValue()
    {
        ui::ParameterRow row(rate());
        QSignalSpy changed(&row, &ui::ParameterRow::valueChanged);
        row.slider().setValue(row.slider().maximum());
        QCOMPARE(row.value(), 1.0);
        QCOMPARE(changed.count(), 1);
        row.slider().setValue(row.slider().minimum());
        QCOMPARE(row.value(), 1e-5);
        QCOMPARE(row.field().text(), "1e-05");
    }

    void fieldTakesExponentsAndValuesBeyondTheSlider()
    {
        ui::ParameterRow row(rate());
        QSignalSpy changed(&row, &ui::ParameterRow::valueChanged);
        type(row.field(), "2.5e-3");
        QCOMPARE(row.value(), 0.0025);
        type(row.field(), "7");
        QCOMPARE(row.value(), 7.0);
        QCOMPARE(row.slider().value(), row.slider().maximum());
        type(row.field(), "x");
        QCOMPARE(row.value(), 7.0);
        QCOMPARE(changed.count(), 2);
    }

    void resetGoesBack()
    {
        ui::ParameterRow row(rate());
        row.setValue(0.5);
        QVERIFY(row.resetButton().isEnabled());
        QSignalSpy changed(&row, &ui::ParameterRow::valueChanged);
        row.resetButton().click();
        QCOMPARE(row.value(), 0.01);
        QCOMPARE(changed.count(), 1);
        QVERIFY(!row.resetButton().isEnabled());
    }

    void lockedSaysWhy()
    {
        ui::ParameterRow row(rate());
        row.setValue(0.5);
        row.setLocked("not now");
        QVERIFY(!row.slider().isEnabled());
        QVERIFY(!row.field().isEnabled());
        QVERIFY(!row.resetButton().isEnabled());
        QCOMPARE(row.toolTip(), "not now");
        row.setLocked({});
        QVERIFY(row.slider().isEnabled());
        QVERIFY(row.resetButton().isEnabled());
        QCOMPARE(row.toolTip(), "tip");
    }

    void wholeNumbersStayWhole()
    {
        ui::ParameterRow row({ "Batch size", {}, {}, 200.0, 1.0, 2000.0, 1e5, true, true });
        for (int position = 0; position <= row.slider().maximum(); position += 7) {
            row.slider().setValue(position);
            QCOMPARE(row.value(), std::round(row.value()));
        }
    }

    void unitStaysInTheField()
    {
        ui::ParameterRow row({ "Doppler", "km/s", {}, 1.0, 0.0, 100.0, 1e4, false, false });
        QVERIFY(row.field().text().endsWith("km/s"));
        type(row.field(), "40");
        QCOMPARE(row.value(), 40.0);
        QVERIFY(row.field().text().startsWith("40"));
    }
};

QTEST_MAIN(tst_ParameterRow)
#include "tst_parameter_row.moc"

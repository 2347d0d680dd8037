#include "tests/ui/support/ui_test.h"
#include "ui/pages/architecture_editor.h"
#include "ui/pages/network_tab.h"
#include "ui/plots/activation_plot.h"

#include "core/nn/activation.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>

#include <cmath>

using namespace maury;
using Layers = std::vector<int>;

class tst_ArchitectureEditor : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void layersAreResizedMovedRemovedAndAdded()
    {
        ui::ArchitectureEditor editor;
        const QSignalSpy edited(&editor, &ui::ArchitectureEditor::layersEdited);
        editor.setLayers({ 768, 256, 64 });
        QCOMPARE(edited.count(), 0);
        editor.widthField(1).setValue(300);
        QCOMPARE(editor.layers(), (Layers { 768, 300, 64 }));
        editor.laterButton(0).click();
        QCOMPARE(editor.layers(), (Layers { 300, 768, 64 }));
        QCOMPARE(editor.widthField(0).value(), 300);
        editor.earlierButton(2).click();
        QCOMPARE(editor.layers(), (Layers { 300, 64, 768 }));
        editor.removeButton(1).click();
        QCOMPARE(editor.layers(), (Layers { 300, 768 }));
        editor.addButton().click();
        QCOMPARE(editor.layers(), (Layers { 300, 768, 384 }));
        QCOMPARE(edited.count(), 5);
    }

    void whatMakesNoSenseIsDisabled()
    {
        ui::ArchitectureEditor editor;
        editor.setLayers({ 8, 4 });
        QVERIFY(!editor.earlierButton(0).isEnabled());
        QVERIFY(!editor.laterButton(1).isEnabled());
        editor.removeButton(0).click();
        QVERIFY(!editor.removeButton(0).isEnabled()); // a network has a hidden layer
        QVERIFY(!editor.laterButton(0).isEnabled());
        editor.setLayers(Layers(ui::ArchitectureEditor::kMaximumLayers, 2));
        QVERIFY(!editor.addButton().isEnabled());
        QCOMPARE(editor.widthField(0).maximum(), 16384);
        editor.setLayers({ 1 });
        editor.addButton().click();
        QCOMPARE(editor.layers(), (Layers { 1, 1 }));
    }

    void everyControlHasANameAndTheKeyboard()
    {
        ui::ArchitectureEditor editor;
        editor.setLayers({ 8, 4 });
        for (const QWidget* control :
            QList<QWidget*> { &editor.widthField(1), &editor.earlierButton(1),
                &editor.laterButton(1), &editor.removeButton(1), &editor.addButton() }) {
            QVERIFY(!control->accessibleName().isEmpty());
            QVERIFY(!control->statusTip().isEmpty());
            QVERIFY((control->focusPolicy() & Qt::TabFocus) != 0);
        }
    }

    void textAndRowAreOne()
    {
        ui::NetworkTab tab;
        tab.showConfig({});
        QCOMPARE(tab.hiddenText().text(), "768, 256, 64");
        const QSignalSpy edited(&tab, &ui::NetworkTab::edited);
        tab.architecture().removeButton(2).click();
        QCOMPARE(tab.hiddenText().text(), "768, 256");
        QCOMPARE(edited.count(), 1);
        tab.hiddenText().setText("100 50");
        QCOMPARE(tab.architecture().layers(), (Layers { 100, 50 }));
        tab.hiddenText().setText("100 fifty");
        QCOMPARE(tab.architecture().layers(), (Layers { 100, 50 }));
        train::TrainingConfig config;
        QVERIFY(!tab.write(config));
        tab.hiddenText().setText("32");
        QVERIFY_RESULT(tab.write(config));
        QCOMPARE(config.hidden, (Layers { 32 }));
    }

    void theEstimateSaysWhatItRestsOn()
    {
        ui::NetworkTab tab;
        ui::RunEstimate estimate;
        estimate.parameters = 1'445'025;
        estimate.seconds = 130.0;
        estimate.backend = "cpu";
        estimate.rate = 80e9;
        tab.showEstimate(estimate);
        QVERIFY(tab.summary().text().contains("1445025 weights and biases"));
        QVERIFY(tab.summary().text().contains("2 min 10 s"));
        QVERIFY(tab.summary().text().contains("guess"));
        QVERIFY(tab.summary().toolTip().contains("80 billion"));
        QVERIFY(tab.summary().toolTip().contains("assumed"));
        estimate.measured = estimate.dataKnown = true;
        tab.showEstimate(estimate);
        QVERIFY(tab.summary().text().contains("speed of the last one"));
        QVERIFY(!tab.summary().toolTip().contains("assumed"));
        tab.showEstimate(std::nullopt);
        QVERIFY(tab.summary().text().contains("cannot run"));
    }

    void theActivationIsCoresOwn_data()
    {
        QTest::addColumn<nn::Activation>("activation");
        QTest::newRow("gelu") << nn::Activation::GeluTanh;
        QTest::newRow("gelu-exact") << nn::Activation::GeluExact;
        QTest::newRow("relu") << nn::Activation::Relu;
    }
    void theActivationIsCoresOwn()
    {
        QFETCH(nn::Activation, activation);
        ui::NetworkTab tab;
        tab.resize(900, 160);
        tab.activation().setCurrentIndex(tab.activation().findData(static_cast<int>(activation)));
        const auto& points = tab.plot().points();
        QCOMPARE(points.front().input, -4.0);
        QCOMPARE(points.back().input, 4.0);
        for (const auto& point : points) {
            QCOMPARE(point.value, nn::activate(activation, point.input));
            QCOMPARE(point.slope, nn::activationDerivative(activation, point.input));
        }
        // The slope drawn is the slope of the curve drawn, except across ReLU's corner.
        for (std::size_t i = 2; i < points.size(); ++i) {
            const auto& a = points[i - 2];
            const auto& b = points[i];
            if (a.input * b.input <= 1e-8)
                continue;
            const double difference = (b.value - a.value) / (b.input - a.input);
            QVERIFY(std::abs(difference - points[i - 1].slope) < 2e-3);
        }
        QVERIFY(!tab.grab().isNull());
    }
};

QTEST_MAIN(tst_ArchitectureEditor)
#include "tst_architecture_editor.moc"

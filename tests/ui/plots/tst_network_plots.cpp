#include "tests/ui/support/ui_test.h"
#include "ui/plots/filter_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/network_diagram.h"

#include <QSignalSpy>

using namespace maury;

namespace {

nn::NetworkSpec paperNetwork()
{
    nn::NetworkSpec spec;
    spec.scClasses = 30;
    return spec;
}

nn::Distribution numbers(std::initializer_list<float> values)
{
    return nn::distributionOf(std::vector<float>(values));
}

QVector<double> column(const ui::PlotTable& table, const QString& heading)
{
    for (const auto& each : table.columns)
        if (each.heading == heading)
            return each.numbers;
    return {};
}

} // namespace

class tst_NetworkPlots : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English));
    }

    void boxesAsWideAsTheLogarithm()
    {
        ui::NetworkDiagram diagram;
        diagram.resize(240, 320);
        diagram.setNetwork(paperNetwork());
        const double input = diagram.box(-1).width();
        QVERIFY(
            std::abs(diagram.box(0).width() / input - std::log1p(768) / std::log1p(1600)) < 1e-9);
        QVERIFY(diagram.box(1).width() < diagram.box(0).width());
        QVERIFY(diagram.box(2).width() < diagram.box(1).width());
        QCOMPARE(diagram.boxText(-1), "spectrum 1,600");
        QCOMPARE(diagram.boxText(1), "hidden 2: 256");
        QCOMPARE(diagram.boxText(3), "SC 30");
        QCOMPARE(diagram.boxText(4), "LC 3");
        // Both heads side by side, all inside and none over another.
        QCOMPARE(diagram.box(3).top(), diagram.box(4).top());
        for (int layer = -1; layer < 5; ++layer) {
            QVERIFY(QRectF(diagram.rect()).contains(diagram.box(layer)));
            for (int other = layer + 1; other < 5; ++other)
                QVERIFY(!diagram.box(layer).intersects(diagram.box(other)));
        }
    }

    void layersByMouseAndKeyboard()
    {
        ui::NetworkDiagram diagram;
        diagram.resize(240, 320);
        diagram.setNetwork(paperNetwork());
        diagram.show();
        QSignalSpy chosen(&diagram, &ui::NetworkDiagram::layerChosen);
        QTest::mouseClick(&diagram, Qt::LeftButton, {}, diagram.box(2).center().toPoint());
        QCOMPARE(diagram.layer(), 2);
        QTest::mouseClick(&diagram, Qt::LeftButton, {}, diagram.box(-1).center().toPoint());
        QCOMPARE(diagram.layer(), 2); // the input holds no parameters
        QTest::keyClick(&diagram, Qt::Key_Down);
        QCOMPARE(diagram.layer(), 3);
        QTest::keyClick(&diagram, Qt::Key_Down);
        QCOMPARE(diagram.layer(), 3);
        QTest::keyClick(&diagram, Qt::Key_Right);
        QCOMPARE(diagram.layer(), 4);
        QVERIFY(diagram.accessibleDescription().contains("LC 3"));
        QTest::keyClick(&diagram, Qt::Key_Up);
        QCOMPARE(diagram.layer(), 2);
        QTest::keyClick(&diagram, Qt::Key_Home);
        QCOMPARE(diagram.layer(), 0);
        QTest::keyClick(&diagram, Qt::Key_Up);
        QCOMPARE(diagram.layer(), 0);
        QCOMPARE(chosen.count(), 5);
        // A smaller network has no such layer.
        diagram.setLayer(4);
        diagram.setNetwork({ 64, { 8 }, nn::Activation::Relu, 4, 3 });
        QCOMPARE(diagram.layer(), 2);
        QVERIFY(!diagram.grab().isNull());
    }

    void histogramsHoldTheirNumbers()
    {
        ui::HistogramPlot plot;
        plot.resize(800, 160);
        plot.show();
        const auto now = numbers({ 0.0F, 0.0F, 64.0F });
        plot.setPanels({ { "Weights", now, numbers({ 1.0F, 2.0F }) }, { "Outputs", {}, {} } });
        QCOMPARE(plot.panels().size(), 2);
        const auto table = plot.table();
        const auto counts = column(table, "Weights: number");
        QCOMPARE(counts.size(), nn::kHistogramBins);
        QCOMPARE(counts.first(), 2.0);
        QCOMPARE(counts.last(), 1.0);
        QCOMPARE(column(table, "Weights: bin from")[1], 1.0);
        QCOMPARE(column(table, "Weights at the start: number").first(), 1.0);
        QVERIFY(column(table, "Outputs: number").isEmpty());
        plot.setLogarithmic(true);
        QVERIFY(plot.isLogarithmic());
        (void)plot.timeReplot();
        // Numbers that are all equal, none at all, fewer panels: no warning, no infinite axis.
        plot.setPanels({ { "Weights", numbers({ 5.0F, 5.0F }), {} } });
        (void)plot.timeReplot();
        plot.setLogarithmic(false);
        plot.setPanels({});
        (void)plot.timeReplot();
        QVERIFY(plot.table().isEmpty());
    }

    void filterOverASpectrum()
    {
        ui::FilterPlot plot;
        plot.resize(900, 240);
        plot.show();
        plot.setMarkers({ { 4340.5, "Hγ", 10.0 }, { 5000.0, "outside", 10.0 } });
        ui::Trace filter { "unit 1", {}, {} };
        ui::Trace spectrum { "A0 V", {}, {} };
        for (int pixel = 0; pixel < 1600; ++pixel) {
            filter.wavelength.append(3800.0 + 0.5 * pixel);
            filter.flux.append(pixel == 700 ? -0.5 : 0.1);
            spectrum.flux.append(1.0);
        }
        spectrum.wavelength = filter.wavelength;
        plot.setFilter(filter);
        plot.setSpectrum(spectrum);
        (void)plot.timeReplot();
        QCOMPARE(plot.shownMarkerNames(), QStringList { "Hγ" });
        const auto table = plot.table();
        QCOMPARE(table.columns.size(), std::size_t(3));
        QCOMPARE(column(table, "unit 1")[700], -0.5);
        QVERIFY(table.columns.front().heading.contains("air"));
        QVERIFY(!plot.isZoomed());
        plot.zoomBy(0.5);
        QVERIFY(plot.isZoomed());
        plot.setFilter(filter); // streaming keeps the zoom
        QVERIFY(plot.isZoomed());
        plot.setSpectrum({});
        plot.setFilter({});
        (void)plot.timeReplot();
        QVERIFY(plot.table().isEmpty());
    }
};

QTEST_MAIN(tst_NetworkPlots)
#include "tst_network_plots.moc"

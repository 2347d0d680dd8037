#include "tests/ui/support/ui_test.h"
#include "ui/models/network_text.h"

#include <limits>

using namespace maury;

namespace {

QString fact(const train::ProbedNetwork& network, int layer, const QString& name)
{
    for (const auto& [key, value] : ui::layerFacts(network, layer))
        if (key == name)
            return value;
    return "no such fact";
}

} // namespace

class tst_NetworkText : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
    }

    void compactNumbers()
    {
        QCOMPARE(ui::compactText(0.10345), "0.103");
        QCOMPARE(ui::compactText(0.0), "0");
        QCOMPARE(ui::compactText(std::numeric_limits<double>::quiet_NaN()), "n/a");
    }

    void factsOfALayer()
    {
        train::ProbedNetwork network;
        nn::LayerProbe layer;
        layer.number = 2;
        layer.fanIn = 10;
        layer.fanOut = 4;
        layer.weights = nn::distributionOf(std::vector<float> { 1.0F, 3.0F });
        layer.silentUnits = 1;
        network.probe.layers = { layer };
        QCOMPARE(ui::layerName(layer), "Hidden layer 2");
        QCOMPARE(fact(network, 0, "Parameters"), "44");
        QCOMPARE(fact(network, 0, "Weights"), "2 ± 1");
        // What is not known is not 0.
        QCOMPARE(fact(network, 0, "at the start"), "n/a");
        QCOMPARE(fact(network, 0, "Outputs"), "n/a");
        QCOMPARE(fact(network, 0, "Silent units"), "n/a");
        network.probe.samples = 5;
        QCOMPARE(fact(network, 0, "Silent units"), "1 of 4");
        network.probe.layers[0].weights.notFinite = 3;
        QCOMPARE(fact(network, 0, "Weights"), "2 ± 1, 3 not finite");
        network.probe.layers[0].kind = nn::LayerProbe::Kind::SpectralHead;
        QCOMPARE(fact(network, 0, "Silent units"), "no such fact");
    }

    void drivenClasses()
    {
        train::ProbedNetwork network;
        network.scheme.names = { "A0", "A2", "A5", "F0" };
        network.firstLayer.pathSc.resize(1, 4);
        network.firstLayer.pathSc << 0.5F, -2.0F, 3.0F, -0.1F;
        network.firstLayer.pathLc.resize(1, 3);
        network.firstLayer.pathLc << 0.0F, 0.0F, 0.0F;
        QCOMPARE(ui::drivenClassesText(network, 0),
            "raises A5 A0, lowers A2 F0; luminosity: raises none, lowers none");
    }
};

QTEST_MAIN(tst_NetworkText)
#include "tst_network_text.moc"

#include "ui/bridge/variation_preview.h"

#include "tests/ui/support/ui_test.h"

#include <QSignalSpy>

using namespace maury;
using ui::VariationResult;

namespace {

constexpr spectrum::WavelengthGrid kGrid { 3800.0, 0.5, 400 };

ui::VariationRequest request(double gain, int count = 50)
{
    ui::VariationRequest made;
    made.flux = std::make_shared<const std::vector<float>>(kGrid.pixels, 1.0F);
    made.grid = kGrid;
    made.settings.gain = gain;
    made.count = count;
    made.highlighted = count - 1;
    return made;
}

} // namespace

class TestVariationPreview : public test::UiTest {
    Q_OBJECT
private slots:
    void givesTheNumbersOfTheCore()
    {
        ui::VariationPreview preview;
        VariationResult result;
        connect(&preview, &ui::VariationPreview::made, this,
            [&result](const VariationResult& made) { result = made; });
        const auto asked = request(100.0);
        preview.request(asked);
        QTRY_COMPARE(result.bands.count, 50);
        const dataset::Augmenter augmenter(kGrid, asked.settings, ui::VariationPreview::kSeed);
        QVERIFY(result.bands.curves == dataset::variationBands(*asked.flux, augmenter, 50).curves);
        std::vector<float> last(kGrid.pixels);
        augmenter.apply(*asked.flux, 0, 49, last);
        QCOMPARE(result.highlighted, last);
        QCOMPARE(result.drawn.continuum, augmenter.variation(0, 49).continuum);
    }

    void aDragIsAnsweredOnTheWayAndAtItsEnd()
    {
        ui::VariationPreview preview;
        QList<double> gains;
        connect(&preview, &ui::VariationPreview::made, this,
            [&gains](const VariationResult& made) { gains << made.request.settings.gain; });
        for (int step = 1; step <= 100; ++step)
            preview.request(request(step * 10.0));
        QTRY_COMPARE(gains.isEmpty() ? 0.0 : gains.last(), 1000.0);
        QCOMPARE(gains, (QList<double> { 10.0, 1000.0 })); // all between were overtaken
    }

    void nothingComesAfterCancel()
    {
        ui::VariationPreview preview;
        QSignalSpy made(&preview, &ui::VariationPreview::made);
        preview.request(request(10.0));
        preview.request(request(20.0));
        preview.cancel();
        preview.request(request(30.0));
        QTRY_COMPARE(made.size(), 1);
        QCOMPARE(made.first().first().value<VariationResult>().request.settings.gain, 30.0);
    }
};

QTEST_MAIN(TestVariationPreview)
#include "tst_variation_preview.moc"

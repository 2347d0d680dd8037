#include "core/dataset/variation_bands.h"

#include <QTest>

#include <cmath>

using namespace maury;
using dataset::AugmentationSettings;
using dataset::VariationBands;

namespace {

constexpr AugmentationSettings kNothing { 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 };
constexpr spectrum::WavelengthGrid kGrid { 3800.0, 0.5, 64 };

VariationBands bandsOf(const AugmentationSettings& settings, float level, int count)
{
    const std::vector<float> flux(kGrid.pixels, level);
    return dataset::variationBands(flux, dataset::Augmenter(kGrid, settings, 7), count);
}

} // namespace

class TestVariationBands : public QObject {
    Q_OBJECT
private slots:
    void nothingSwitchedOnIsTheSpectrum()
    {
        const VariationBands bands = bandsOf(kNothing, 0.75F, 20);
        QCOMPARE(bands.count, 20);
        for (const auto& curve : bands.curves)
            QCOMPARE(curve, std::vector<float>(kGrid.pixels, 0.75F));
    }

    void oneVariationIsEveryPercentile()
    {
        const AugmentationSettings paper;
        const VariationBands bands = bandsOf(paper, 1.0F, 1);
        std::vector<float> first(kGrid.pixels);
        const std::vector<float> flux(kGrid.pixels, 1.0F);
        dataset::Augmenter(kGrid, paper, 7).apply(flux, 0, 0, first);
        for (const auto& curve : bands.curves)
            QCOMPARE(curve, first);
    }

    // Three variations: the median is the middle one, 16 % lies 0.32 of the way up to it.
    void percentilesAreInterpolated()
    {
        const AugmentationSettings paper;
        const VariationBands bands = bandsOf(paper, 1.0F, 3);
        const std::vector<float> flux(kGrid.pixels, 1.0F);
        std::array<std::vector<float>, 3> all;
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].resize(kGrid.pixels);
            dataset::Augmenter(kGrid, paper, 7).apply(flux, 0, i, all[i]);
        }
        for (std::size_t pixel = 0; pixel < kGrid.pixels; ++pixel) {
            std::array<float, 3> sorted { all[0][pixel], all[1][pixel], all[2][pixel] };
            std::sort(sorted.begin(), sorted.end());
            QCOMPARE(bands.curves[2][pixel], sorted[1]);
            const float expected = sorted[0] + 0.32F * (sorted[1] - sorted[0]);
            QVERIFY(std::abs(bands.curves[1][pixel] - expected) < 1e-6F);
        }
    }

    // Gaussian noise of known size: the 68 and 95 % ranges are ± 0.994 and ± 1.960 sigma wide.
    void widthsFollowTheNoise()
    {
        AugmentationSettings noise = kNothing;
        noise.gain = 10000.0;
        noise.noise = dataset::NoiseLaw::Gaussian;
        const VariationBands bands = bandsOf(noise, 1.0F, 2000);
        double inner = 0.0;
        double outer = 0.0;
        for (std::size_t pixel = 0; pixel < kGrid.pixels; ++pixel) {
            inner += static_cast<double>(bands.curves[3][pixel] - bands.curves[1][pixel]);
            outer += static_cast<double>(bands.curves[4][pixel] - bands.curves[0][pixel]);
        }
        const double sigma = 0.01 * static_cast<double>(kGrid.pixels);
        QVERIFY(std::abs(inner / sigma - 2 * 0.9945) < 0.02);
        QVERIFY(std::abs(outer / sigma - 2 * 1.960) < 0.04);
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        const std::vector<float> flux(kGrid.pixels, 1.0F);
        const auto bands = dataset::variationBands(
            flux, dataset::Augmenter(kGrid, {}, 7), 10, source.get_token());
        QVERIFY(bands.curves.front().empty());
    }
};

QTEST_GUILESS_MAIN(TestVariationBands)
#include "tst_variation_bands.moc"

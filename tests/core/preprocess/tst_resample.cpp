#include "core/preprocess/resample.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <numbers>

using namespace maury;
using preprocess::resample;
using spectrum::Segment;

namespace {

Segment segmentOf(std::vector<double> wavelengths, const std::function<double(double)>& flux)
{
    Segment segment;
    for (const double wavelength : wavelengths)
        segment.flux.push_back(flux(wavelength));
    segment.mask.assign(wavelengths.size(), 0);
    segment.wavelengthAngstrom = std::move(wavelengths);
    return segment;
}

std::vector<double> regular(double first, double step, std::size_t count)
{
    return spectrum::WavelengthGrid { first, step, count }.wavelengths();
}

/// Steps that grow along the spectrum and wobble by a third: an irregular but gapless dispersion.
std::vector<double> irregular(double first, double last, double step)
{
    std::vector<double> result;
    for (double wavelength = first; wavelength < last; wavelength += step
             * (1.0 + 0.1 * (wavelength - first) / (last - first)
                 + 0.15 * std::sin(wavelength * 7.0)))
        result.push_back(wavelength);
    return result;
}

constexpr double kLineCentre = 4210.3;
constexpr double kLineSigma = 1.2;
constexpr double kLineDepth = 0.6;
double lineProfile(double wavelength)
{
    const double x = (wavelength - kLineCentre) / kLineSigma;
    return 1.0 - kLineDepth * std::exp(-0.5 * x * x);
}

} // namespace

class TestResample : public QObject {
    Q_OBJECT
private slots:
    // Source pixels of 1 Å at 0, 1, 2, 3 with flux 1, 2, 4, 8; target pixels of 2 Å at 0.75
    // and 2.75 cover [−0.25, 1.75] and [1.75, 3.75]: (0.75·1 + 1·2 + 0.25·4)/2 and (0.75·4 +
    // 1·8)/1.75 with 0.25 missing.
    void overlapByHand()
    {
        Segment segment = segmentOf({ 0, 1, 2, 3 }, [](double w) { return std::exp2(w); });
        const auto result = resample(segment, std::vector<double> { 0.75, 2.75 });
        QCOMPARE(result.flux[0], 3.75 / 2.0);
        QVERIFY(result.isGood(0));
        QVERIFY2(!result.isGood(1), "an eighth of the pixel lies beyond the source");
        QCOMPARE(result.mask[1], spectrum::mask::kNoData | spectrum::mask::kGapOrEdge);
        QCOMPARE(result.flux[1], 0.0);
    }

    void errorsPropagate()
    {
        Segment segment = segmentOf({ 0, 1, 2, 3 }, [](double) { return 1.0; });
        segment.ivar = { 1.0, 4.0, 4.0, 1.0 };
        const auto result = resample(segment, std::vector<double> { 0.5, 2.5 });
        // Mean of two pixels of variance 1 and 1/4: 5/16.
        QCOMPARE(result.ivar[0], 16.0 / 5.0);
        QCOMPARE(result.ivar[1], 16.0 / 5.0);
    }

    void constantStaysConstant_data()
    {
        QTest::addColumn<double>("step");
        for (const double step : { 0.05, 0.3, 0.5, 0.59, 0.61, 1.0, 2.5 })
            QTest::addRow("%.2f", step) << step;
    }
    void constantStaysConstant()
    {
        QFETCH(double, step);
        const auto result = resample(
            segmentOf(irregular(3790, 4612, step), [](double) { return 0.7; }), spectrum::mkGrid());
        for (std::size_t pixel = 0; pixel < result.flux.size(); ++pixel) {
            QVERIFY(result.isGood(pixel));
            QVERIFY(std::abs(result.flux[pixel] - 0.7) < 1e-12);
        }
    }

    void lineStaysInPlaceWithItsWidth_data()
    {
        QTest::addColumn<double>("step");
        for (const double step : { 0.05, 0.3, 0.5, 0.59, 0.61, 1.0 })
            QTest::addRow("%.2f", step) << step;
    }
    void lineStaysInPlaceWithItsWidth()
    {
        QFETCH(double, step);
        const auto grid = spectrum::mkGrid();
        const auto result = resample(segmentOf(irregular(3790, 4612, step), lineProfile), grid);
        double width = 0.0;
        double moment = 0.0;
        for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
            const double depth = 1.0 - result.flux[pixel];
            width += depth * grid.stepAngstrom;
            moment += depth * grid.stepAngstrom * grid.wavelength(pixel);
        }
        const double expected = kLineDepth * kLineSigma * std::sqrt(2.0 * std::numbers::pi);
        QVERIFY2(std::abs(moment / width - kLineCentre) < 0.02 * grid.stepAngstrom,
            qPrintable(QString::number(moment / width, 'f', 4)));
        QVERIFY2(
            std::abs(width / expected - 1.0) < 5e-3, qPrintable(QString::number(width / expected)));
    }

    // Averaging by overlap moves flux between pixels and loses none of it.
    void overlapConservesTheIntegral()
    {
        const auto segment = segmentOf(irregular(3790, 4612, 0.2), lineProfile);
        const auto edges = preprocess::pixelEdges(segment.wavelengthAngstrom);
        double before = 0.0;
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            before += (1.0 - segment.flux[i]) * (edges[i + 1] - edges[i]);
        double after = 0.0;
        for (const double flux : resample(segment, spectrum::mkGrid()).flux)
            after += (1.0 - flux) * spectrum::mkGrid().stepAngstrom;
        QVERIFY(std::abs(after / before - 1.0) < 1e-10);
    }

    void badPixelsTravel()
    {
        Segment segment = segmentOf(regular(3800, 0.5, 1600), [](double) { return 1.0; });
        segment.mask[10] = spectrum::mask::kCosmicRay;
        segment.flux[10] = 50.0;
        segment.flux[20] = std::nan("");
        segment.mask[30] = spectrum::mask::kSuspect;
        const auto result = resample(segment, spectrum::mkGrid());
        QCOMPARE(result.mask[10], spectrum::mask::kCosmicRay);
        QCOMPARE(result.flux[10], 0.0);
        QCOMPARE(result.mask[20], spectrum::mask::kBadPixel);
        QVERIFY(result.isGood(30));
        QCOMPARE(result.mask[30], spectrum::mask::kSuspect);
        QCOMPARE(result.goodPixels(), std::size_t { 1598 });
    }

    // The grid pixel at 2 covers [1.5, 2.5]; a bad pixel of 0.05 Å in it is 5 %, three are 15 %.
    void aTenthOfBadWeightIsTheLimit()
    {
        Segment segment = segmentOf(regular(0, 0.05, 101), [](double) { return 3.0; });
        segment.mask[40] = spectrum::mask::kBadPixel;
        segment.flux[40] = 1e6;
        const std::vector<double> target { 1.0, 2.0, 3.0 };
        QVERIFY(resample(segment, target).isGood(1));
        QVERIFY(std::abs(resample(segment, target).flux[1] - 3.0) < 1e-12);
        segment.mask[41] = segment.mask[42] = spectrum::mask::kBadPixel;
        QVERIFY(!resample(segment, target).isGood(1));
    }

    void zeroInverseVarianceIsBad()
    {
        Segment segment = segmentOf(regular(3800, 0.5, 1600), [](double) { return 1.0; });
        segment.ivar.assign(1600, 100.0);
        segment.ivar[5] = 0.0;
        const auto result = resample(segment, spectrum::mkGrid());
        QVERIFY(!result.isGood(5));
        QCOMPARE(result.ivar[5], 0.0);
        QCOMPARE(result.ivar[6], 100.0);
    }

    void gapsAreNotBridged_data()
    {
        QTest::addColumn<double>("step");
        QTest::newRow("finer than the grid") << 0.1;
        QTest::newRow("coarser than the grid") << 1.0;
    }
    void gapsAreNotBridged()
    {
        QFETCH(double, step);
        std::vector<double> wavelengths
            = regular(3790, step, static_cast<std::size_t>(820.0 / step));
        std::erase_if(wavelengths, [](double w) { return w > 3910.0 && w < 3950.0; });
        const auto grid = spectrum::mkGrid();
        const auto result = resample(segmentOf(wavelengths, [](double) { return 1.0; }), grid);
        for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
            const double w = grid.wavelength(pixel);
            if (w > 3911.1 && w < 3948.9)
                QVERIFY2(!result.isGood(pixel), qPrintable(QString::number(w)));
            else if (w < 3909.9 || w > 3950.1)
                QVERIFY2(result.isGood(pixel), qPrintable(QString::number(w)));
        }
    }

    void onePixelCoversNothing()
    {
        const auto result
            = resample(segmentOf({ 4000.0 }, [](double) { return 1.0; }), spectrum::mkGrid());
        QCOMPARE(result.goodPixels(), std::size_t { 0 });
    }
};

QTEST_GUILESS_MAIN(TestResample)
#include "tst_resample.moc"

#include "core/preprocess/velocity.h"

#include "core/base/random.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/resample.h"
#include "tests/support/star_atlas.h"

#include <QTest>

#include <cmath>

using namespace maury;

namespace {

spectrum::Segment observed(double velocityKms, double signalToNoise)
{
    test::Observation observation;
    observation.stepAngstrom = 0.25;
    observation.velocityKms = velocityKms;
    observation.signalToNoise = signalToNoise;
    return test::observeStar(30.0, 5.0, observation).segments.front();
}

mk::AtlasPtr atlas()
{
    return test::starAtlas({ 10.0, 20.0, 30.0 });
}

std::optional<preprocess::VelocityMatch> match(const preprocess::GridPixels& pixels)
{
    const std::vector<float> flux(pixels.flux.begin(), pixels.flux.end());
    std::vector<std::uint8_t> good(flux.size());
    for (std::size_t pixel = 0; pixel < good.size(); ++pixel)
        good[pixel] = pixels.isGood(pixel) ? 1 : 0;
    return preprocess::VelocityFinder(atlas()->flux(), spectrum::mkGrid()).find(flux, good);
}

} // namespace

class TestVelocity : public QObject {
    Q_OBJECT
private slots:
    // β = 0.1: √(1.1/0.9).
    void dopplerFactorByHand()
    {
        QCOMPARE(preprocess::dopplerFactor(29979.2458), 1.1055415967851332);
        QCOMPARE(preprocess::dopplerFactor(0.0), 1.0);
        QCOMPARE(preprocess::dopplerFactor(-100.0) * preprocess::dopplerFactor(100.0), 1.0);
    }

    void removingAVelocityMovesLinesBack()
    {
        // Hδ at 4101.74 Å receding at 100 km/s appears at 4103.108…
        spectrum::Segment segment;
        segment.wavelengthAngstrom = { 4101.74 * (1.0 + 100.0 / 299792.458) };
        const auto rest = preprocess::withoutVelocity(segment, 100.0);
        QVERIFY(std::abs(rest.wavelengthAngstrom[0] - 4101.74) < 1e-3);
    }

    void recovery_data()
    {
        QTest::addColumn<double>("velocity");
        QTest::addColumn<double>("signalToNoise");
        QTest::addColumn<double>("tolerance");
        for (const double velocity : { -550.0, -83.0, -7.0, 0.0, 15.0, 240.0, 570.0 }) {
            QTest::addRow("%+.0f km/s", velocity) << velocity << 0.0 << 1.5;
            QTest::addRow("%+.0f km/s, S/N 20", velocity) << velocity << 20.0 << 4.0;
        }
    }
    void recovery()
    {
        QFETCH(double, velocity);
        QFETCH(double, signalToNoise);
        QFETCH(double, tolerance);
        const auto found
            = match(preprocess::resample(observed(velocity, signalToNoise), spectrum::mkGrid()));
        QVERIFY(found.has_value());
        QVERIFY2(std::abs(found->velocityKms - velocity) < tolerance,
            qPrintable(QString::number(found->velocityKms)));
        QCOMPARE(found->row, std::size_t { 8 }); // code 30, V
    }

    void gapsDoNotPretendLines()
    {
        auto segment = observed(60.0, 0.0);
        for (std::size_t pixel = 0; pixel < segment.pixels(); ++pixel)
            if (segment.wavelengthAngstrom[pixel] > 4000
                && segment.wavelengthAngstrom[pixel] < 4120) {
                segment.mask[pixel] = spectrum::mask::kNoData;
                segment.flux[pixel] = 0.0;
            }
        const auto found = match(preprocess::resample(segment, spectrum::mkGrid()));
        QVERIFY(found.has_value());
        QVERIFY(std::abs(found->velocityKms - 60.0) < 3.0);
    }

    void noiseAloneHasNoVelocity()
    {
        base::RandomStream random(5);
        std::vector<float> flux(spectrum::mkGrid().pixels);
        for (float& value : flux)
            value = static_cast<float>(1.0 + 0.05 * random.normal());
        const std::vector<std::uint8_t> good(flux.size(), 1);
        QVERIFY(!preprocess::VelocityFinder(atlas()->flux(), spectrum::mkGrid()).find(flux, good));
    }

    void aFlatSpectrumHasNoVelocity()
    {
        const std::vector<float> flux(spectrum::mkGrid().pixels, 1.0F);
        const std::vector<std::uint8_t> good(flux.size(), 1);
        QVERIFY(!preprocess::VelocityFinder(atlas()->flux(), spectrum::mkGrid()).find(flux, good));
    }
};

QTEST_GUILESS_MAIN(TestVelocity)
#include "tst_velocity.moc"

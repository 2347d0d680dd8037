#include "core/preprocess/what_if.h"

#include "core/preprocess/doppler.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace maury;
using namespace maury::preprocess;

namespace {

constexpr double kLine = 4340.0;

/// A flat spectrum with a Gaussian line, 0.5 Å pixels, errors of 1 %.
spectrum::Spectrum lineSpectrum(double sigma = 2.0)
{
    spectrum::Spectrum star;
    spectrum::Segment& segment = star.segments.emplace_back();
    for (int i = 0; i < 1600; ++i) {
        const double at = 3800.0 + 0.5 * i;
        segment.wavelengthAngstrom.push_back(at);
        segment.flux.push_back(1.0 - 0.5 * std::exp(-0.5 * std::pow((at - kLine) / sigma, 2)));
        segment.ivar.push_back(1e4);
        segment.mask.push_back(0);
    }
    segment.resolvingPower = 4199.75 / 1.8;
    return star;
}

struct Line {
    double width = 0.0; ///< equivalent width, Å
    double centre = 0.0;
    double spread = 0.0; ///< second moment, Å²
};

Line measure(const spectrum::Segment& segment)
{
    Line line;
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        line.width += 0.5 * (1.0 - segment.flux[i]);
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        line.centre += 0.5 * (1.0 - segment.flux[i]) * segment.wavelengthAngstrom[i] / line.width;
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        line.spread += 0.5 * (1.0 - segment.flux[i])
            * std::pow(segment.wavelengthAngstrom[i] - line.centre, 2) / line.width;
    return line;
}

} // namespace

class TestWhatIf : public QObject {
    Q_OBJECT
private slots:
    void nothingChangesNothing()
    {
        const auto star = lineSpectrum();
        QVERIFY(WhatIf {}.isNone());
        const auto same = changed(star, {});
        QVERIFY(same.segments[0].flux == star.segments[0].flux);
        QVERIFY(same.segments[0].ivar == star.segments[0].ivar);
        QVERIFY(same.segments[0].wavelengthAngstrom == star.segments[0].wavelengthAngstrom);
        QCOMPARE(same.segments[0].resolvingPower, star.segments[0].resolvingPower);
    }

    void velocityMovesTheLine()
    {
        WhatIf change;
        change.velocityKms = 100.0;
        const auto moved = changed(lineSpectrum(), change);
        const auto line = measure(moved.segments[0]);
        QVERIFY(std::abs(line.centre - kLine * dopplerFactor(100.0)) < 1e-6);
    }

    // Variances of profiles add: the Gaussian's σ², and a rotation profile's (Gray's, ε = 0.6, by
    // ∫x²G dx = [π(1 − ε)/4 + 2πε/15] / [π(1 − ε/3)] of v sin i squared).
    void broadeningAddsItsVariance()
    {
        const Line before = measure(lineSpectrum().segments[0]);
        WhatIf blurred;
        blurred.blurAngstrom = 5.0;
        const auto soft = changed(lineSpectrum(), blurred);
        const Line after = measure(soft.segments[0]);
        QVERIFY(std::abs(after.width - before.width) < 1e-6 * before.width);
        QVERIFY(std::abs(after.centre - before.centre) < 1e-6);
        // A pixel takes its neighbours whole: 1/12 of a pixel squared more.
        const double sigma = 5.0 / 2.354820045;
        QVERIFY(std::abs(after.spread - before.spread - sigma * sigma - 0.25 / 12.0) < 1e-3);
        QVERIFY(std::abs(*soft.segments[0].resolvingPower - 4199.75 / std::hypot(1.8, 5.0)) < 1e-9);

        WhatIf turning;
        turning.rotationKms = 200.0;
        const Line wide = measure(changed(lineSpectrum(), turning).segments[0]);
        const double reach = kLine * 200.0 / 299792.458;
        const double share = (0.4 / 4.0 + 2.0 * 0.6 / 15.0) / (1.0 - 0.2);
        QVERIFY(std::abs(wide.width - before.width) < 1e-4 * before.width);
        QVERIFY(std::abs(wide.spread - before.spread - share * reach * reach - 0.25 / 12.0)
            < 0.01 * wide.spread);
    }

    void errorsFollow()
    {
        WhatIf change;
        change.blurAngstrom = 5.0;
        const auto soft = changed(lineSpectrum(), change);
        // A mean over 2√π σ = 7.53 Å = 15 pixels.
        const double sigma = 5.0 / 2.354820045;
        const double expected = 1e4 * 2.0 * std::sqrt(M_PI) * sigma / 0.5;
        QVERIFY(std::abs(soft.segments[0].ivar[800] / expected - 1.0) < 0.02);

        change = {};
        change.signalToNoise = 50.0;
        const auto noisy = changed(lineSpectrum(), change);
        double sum = 0.0;
        for (std::size_t i = 0; i < 800; ++i)
            sum += std::pow(noisy.segments[0].flux[i] - 1.0, 2);
        QVERIFY(std::abs(std::sqrt(sum / 800.0) * 50.0 - 1.0) < 0.1);
        QVERIFY(std::abs(noisy.segments[0].ivar[10] - 1.0 / (1e-4 + 1.0 / 2500.0)) < 1.0);
        const auto again = changed(lineSpectrum(), change);
        QVERIFY(again.segments[0].flux == noisy.segments[0].flux);
        change.seed = 2;
        QVERIFY(changed(lineSpectrum(), change).segments[0].flux != noisy.segments[0].flux);
    }

    void tiltKeepsTheMiddleAndEndsRectification()
    {
        auto star = lineSpectrum();
        star.segments[0].rectified = true;
        WhatIf change;
        change.tilt = 3.0;
        const auto tilted = changed(star, change);
        const auto& segment = tilted.segments[0];
        QVERIFY(std::abs(segment.flux.front() - std::pow(3800.0 / 4199.75, 3.0)) < 1e-9);
        QCOMPARE(segment.rectified, std::optional(false));
        // S/N is not touched.
        QVERIFY(std::abs(segment.flux[3] * std::sqrt(segment.ivar[3]) - 100.0) < 1e-9);
    }

    void maskedPixelsLendNothing()
    {
        auto star = lineSpectrum();
        auto& segment = star.segments[0];
        segment.flux[200] = 1e6;
        segment.mask[200] = spectrum::mask::kCosmicRay;
        WhatIf change;
        change.blurAngstrom = 4.0;
        change.rotationKms = 100.0;
        const auto soft = changed(star, change);
        QCOMPARE(soft.segments[0].flux[200], 1e6);
        for (std::size_t i = 180; i < 220; ++i)
            if (i != 200)
                QVERIFY(std::abs(soft.segments[0].flux[i] - 1.0) < 1e-9);
    }

    void rangesAreChecked_data()
    {
        QTest::addColumn<double>("velocity");
        QTest::addColumn<double>("rotation");
        QTest::addColumn<QString>("option");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("too fast") << 1e5 << 0.0 << "--if-velocity";
        QTest::newRow("NaN") << nan << 0.0 << "--if-velocity";
        QTest::newRow("negative rotation") << 0.0 << -1.0 << "--if-rotation";
    }
    void rangesAreChecked()
    {
        QFETCH(double, velocity);
        QFETCH(double, rotation);
        QFETCH(QString, option);
        WhatIf change;
        change.velocityKms = velocity;
        change.rotationKms = rotation;
        const auto valid = validate(change);
        QVERIFY(!valid);
        QCOMPARE(valid.error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(valid.error().place, option.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestWhatIf)
#include "tst_what_if.moc"

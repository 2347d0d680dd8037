#include "core/preprocess/continuum.h"

#include "core/preprocess/polynomial_fit.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace maury;
using namespace maury::preprocess;
using spectrum::Segment;
namespace mask = spectrum::mask;

namespace {

Segment segmentOf(double first, double step, std::size_t pixels,
    const std::function<double(double)>& flux)
{
    Segment segment;
    for (std::size_t i = 0; i < pixels; ++i) {
        segment.wavelengthAngstrom.push_back(first + step * static_cast<double>(i));
        segment.flux.push_back(flux(segment.wavelengthAngstrom.back()));
    }
    segment.mask.assign(pixels, 0);
    segment.medium = spectrum::Medium::Air;
    return segment;
}

double slope(double wavelength)
{
    const double x = (wavelength - 5100.0) / 100.0;
    return 3.0 + 0.4 * x - 0.2 * x * x;
}

/// A line of a tenth of the pixels.
double withLine(double wavelength)
{
    const double x = (wavelength - 5090.0) / 3.0;
    return slope(wavelength) * (1.0 - 0.7 * std::exp(-0.5 * x * x));
}

QString nameOf(ContinuumMethod method)
{
    return QString::fromStdString(toString(method));
}

} // namespace

class TestContinuum : public QObject {
    Q_OBJECT
private:
    static void everyMethod()
    {
        QTest::addColumn<int>("method");
        for (const ContinuumMethod method : continuumMethods())
            QTest::newRow(qPrintable(nameOf(method))) << static_cast<int>(method);
    }
    static ContinuumSettings usual(int method)
    {
        return usualContinuum(static_cast<ContinuumMethod>(method));
    }

private slots:
    void names()
    {
        QCOMPARE(continuumMethods().size(), std::size_t { 6 });
        for (const ContinuumMethod method : continuumMethods())
            QVERIFY(continuumMethodFromString(toString(method)).value() == method);
        QCOMPARE(continuumMethodFromString("spline").error().code, base::ErrorCode::OptionInvalid);
    }

    void constantIsItsOwnContinuum_data() { everyMethod(); }
    void constantIsItsOwnContinuum()
    {
        QFETCH(int, method);
        Segment segment = segmentOf(5000.0, 0.2, 1000, [](double) { return 2.5; });
        segment.ivar.assign(1000, 4.0);
        segment.mask[500] = mask::kBadPixel;
        segment.flux[500] = std::nan("");
        const auto drawn = drawContinuum(segment, usual(method));
        QVERIFY_RESULT(drawn);
        for (const double value : drawn->flux)
            QVERIFY(std::abs(value - 2.5) < 1e-10);
        divideByContinuum(segment, drawn->flux);
        QVERIFY(std::abs(segment.flux[3] - 1.0) < 1e-10);
        QVERIFY(std::abs(segment.ivar[3] - 25.0) < 1e-8); // error 1/2 of 2.5: 1/5
        QCOMPARE(segment.rectified, std::optional(true));
    }

    void aFactorComesBackAsThatFactor_data() { everyMethod(); }
    void aFactorComesBackAsThatFactor()
    {
        QFETCH(int, method);
        const Segment segment = segmentOf(5000.0, 0.2, 1000, withLine);
        Segment larger = segment;
        for (double& flux : larger.flux)
            flux *= 1e-17;
        const auto drawn = drawContinuum(segment, usual(method));
        const auto drawnLarger = drawContinuum(larger, usual(method));
        QVERIFY_RESULT(drawn);
        QVERIFY_RESULT(drawnLarger);
        for (std::size_t i = 0; i < drawn->flux.size(); ++i)
            QVERIFY(std::abs(drawnLarger->flux[i] / drawn->flux[i] / 1e-17 - 1.0) < 1e-6);
    }

    // Polynomials and the upper methods follow a slope past a line that takes a tenth of the pixels.
    void linesAreLeftOut_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<double>("tolerance");
        const auto add = [](ContinuumMethod method, double tolerance) {
            QTest::newRow(qPrintable(nameOf(method))) << static_cast<int>(method) << tolerance;
        };
        add(ContinuumMethod::Polynomial, 0.005);
        add(ContinuumMethod::Chebyshev, 0.005);
        add(ContinuumMethod::Median, 0.06);
        add(ContinuumMethod::Percentile, 0.12); // it stands above the middle of a slope
    }
    void linesAreLeftOut()
    {
        QFETCH(int, method);
        QFETCH(double, tolerance);
        const Segment segment = segmentOf(5000.0, 0.2, 1000, withLine);
        const auto drawn = drawContinuum(segment, usual(method));
        QVERIFY_RESULT(drawn);
        for (std::size_t i = 250; i < 750; ++i) {
            const double expected = slope(segment.wavelengthAngstrom[i]);
            QVERIFY2(std::abs(drawn->flux[i] / expected - 1.0) < tolerance,
                qPrintable(QString("%1: %2, not %3")
                               .arg(segment.wavelengthAngstrom[i])
                               .arg(drawn->flux[i])
                               .arg(expected)));
        }
    }

    // Σ w f K / Σ w K, worked out directly.
    void gaussianByItsDefinition()
    {
        Segment segment = segmentOf(5000.0, 0.5, 600, withLine);
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            segment.ivar.push_back(1.0 + 0.5 * std::sin(0.1 * static_cast<double>(i)));
        for (std::size_t i = 200; i < 210; ++i)
            segment.mask[i] = mask::kCosmicRay;
        for (const bool inKms : { false, true }) {
            ContinuumSettings settings = usualContinuum(ContinuumMethod::Gaussian);
            settings.width = inKms ? 1200.0 : 20.0;
            settings.widthInKms = inKms;
            const auto drawn = drawContinuum(segment, settings);
            QVERIFY_RESULT(drawn);
            for (std::size_t i = 0; i < segment.pixels(); i += 37) {
                double sum = 0.0;
                double weight = 0.0;
                const auto& w = segment.wavelengthAngstrom;
                for (std::size_t k = 0; k < segment.pixels(); ++k) {
                    if (!segment.isGood(k))
                        continue;
                    const double away = inKms ? 299792.458 * std::log(w[k] / w[i]) : w[k] - w[i];
                    const double x = away / settings.width;
                    sum += segment.ivar[k] * segment.flux[k] * std::exp(-0.5 * x * x);
                    weight += segment.ivar[k] * std::exp(-0.5 * x * x);
                }
                QVERIFY(std::abs(drawn->flux[i] / (sum / weight) - 1.0) < 1e-3);
            }
        }
    }

    void weightsDecide()
    {
        Segment segment = segmentOf(5000.0, 0.2, 1000, [](double) { return 1.0; });
        segment.ivar.assign(1000, 1.0);
        for (std::size_t i = 0; i < 1000; i += 2) {
            segment.flux[i] = 3.0;
            segment.ivar[i] = 1e-6;
        }
        ContinuumSettings settings = usualContinuum(ContinuumMethod::Gaussian);
        QVERIFY(std::abs(drawContinuum(segment, settings)->flux[500] - 1.0) < 1e-4);
        settings.weighted = false;
        QVERIFY(std::abs(drawContinuum(segment, settings)->flux[500] - 2.0) < 1e-2);
        for (std::size_t i = 0; i < 1000; i += 2)
            segment.ivar[i] = 0.0; // bad, whatever the weights
        QVERIFY(std::abs(drawContinuum(segment, settings)->flux[500] - 1.0) < 1e-12);
    }

    // Chips: steps between pieces are followed, nothing is drawn in the gap.
    void gapsPartTheSegment()
    {
        Segment segment = segmentOf(
            15000.0, 0.5, 2000, [](double w) { return w < 15500.0 ? 2.0 : 5.0; });
        for (std::size_t i = 900; i < 1100; ++i) {
            segment.flux[i] = 0.0;
            segment.mask[i] = mask::kNoData;
        }
        for (const ContinuumMethod method : { ContinuumMethod::Polynomial,
                 ContinuumMethod::Chebyshev, ContinuumMethod::Gaussian, ContinuumMethod::Median }) {
            ContinuumSettings settings = usualContinuum(method);
            const auto drawn = drawContinuum(segment, settings);
            QVERIFY_RESULT(drawn);
            QVERIFY(std::abs(drawn->flux[899] - 2.0) < 1e-9);
            QVERIFY(std::abs(drawn->flux[1100] - 5.0) < 1e-9);
            QVERIFY(std::isnan(drawn->flux[1000]));
            if (!drawn->fit.empty())
                QCOMPARE(drawn->fit.size(), std::size_t { 2 });
        }
        ContinuumSettings whole = usualContinuum(ContinuumMethod::Chebyshev);
        whole.splitGapAngstrom = 0.0;
        QCOMPARE(drawContinuum(segment, whole)->fit.size(), std::size_t { 1 });
        Segment divided = segment;
        divideByContinuum(divided, drawContinuum(segment, usualContinuum(ContinuumMethod::Median))->flux);
        QCOMPARE(divided.flux[1000], 0.0);
        QCOMPARE(divided.mask[1000], mask::kNoData);
    }

    void coefficientsGiveTheSameNumbers()
    {
        const Segment segment = segmentOf(5000.0, 0.2, 1000, withLine);
        for (const ContinuumMethod method :
            { ContinuumMethod::Polynomial, ContinuumMethod::Chebyshev }) {
            const auto drawn = drawContinuum(segment, usualContinuum(method));
            QVERIFY_RESULT(drawn);
            QCOMPARE(continuumOf(drawn->fit, method, segment.wavelengthAngstrom), drawn->flux);
        }
        // 1 + 2 T1 + 3 T2 + 4 T3 = −2 − 10 x + 6 x² + 16 x³
        QCOMPARE(powersOfChebyshev({ 1, 2, 3, 4 }), (std::vector<double> { -2, -10, 6, 16 }));
        const ContinuumPiece piece { 4000.0, 5000.0, { 1, 2, 3, 4 } };
        // x = 0.5: T = 1, 0.5, −0.5, −1.
        QCOMPARE(valueOf(piece, ContinuumMethod::Chebyshev, 4750.0), 1.0 + 1.0 - 1.5 - 4.0);
        QCOMPARE(valueOf(piece, ContinuumMethod::Polynomial, 4750.0), 1.0 + 1.0 + 0.75 + 0.5);
    }

    void badSpectraAreRefused_data() { everyMethod(); }
    void badSpectraAreRefused()
    {
        QFETCH(int, method);
        const auto codeOf = [&](const Segment& segment) {
            const auto drawn = drawContinuum(segment, usual(method));
            return drawn ? std::nullopt : std::optional(drawn.error().code);
        };
        const auto invalid = std::optional(base::ErrorCode::ValueInvalid);
        QVERIFY(codeOf(segmentOf(5000.0, 1.0, 8, [](double) { return 1.0; })) == invalid);
        QVERIFY(codeOf(segmentOf(5000.0, 1.0, 500, [](double) { return -1.0; })) == invalid);
        Segment masked = segmentOf(5000.0, 1.0, 500, [](double) { return 1.0; });
        masked.mask.assign(500, mask::kBadPixel);
        QVERIFY(codeOf(masked) == invalid);
        masked.mask.assign(500, mask::kNoData);
        QVERIFY(codeOf(masked) == invalid);
        Segment worthless = segmentOf(5000.0, 1.0, 500, [](double) { return 1.0; });
        worthless.ivar.assign(500, 0.0);
        QVERIFY(codeOf(worthless) == invalid);
    }

    void settingsOutOfRange()
    {
        const Segment segment = segmentOf(5000.0, 0.2, 1000, withLine);
        ContinuumSettings settings = usualContinuum(ContinuumMethod::Polynomial);
        settings.degree = 40;
        const auto drawn = drawContinuum(segment, settings);
        QVERIFY(!drawn);
        QCOMPARE(drawn.error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(drawn.error().place, std::string("--degree"));
    }
};

QTEST_GUILESS_MAIN(TestContinuum)
#include "tst_continuum.moc"

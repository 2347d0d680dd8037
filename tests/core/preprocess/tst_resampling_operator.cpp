#include "core/preprocess/regridder.h"

#include "core/base/random.h"
#include "core/preprocess/gaussian_blur.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <numbers>

using namespace maury;
using namespace maury::preprocess;
using spectrum::Segment;
namespace mask = spectrum::mask;

namespace {

Segment segmentOf(std::vector<double> wavelengths, const std::function<double(double)>& flux,
    std::optional<double> resolvingPower)
{
    Segment segment;
    for (const double wavelength : wavelengths)
        segment.flux.push_back(flux(wavelength));
    segment.mask.assign(wavelengths.size(), 0);
    segment.ivar.assign(wavelengths.size(), 400.0);
    segment.wavelengthAngstrom = std::move(wavelengths);
    segment.medium = spectrum::Medium::Vacuum;
    segment.resolvingPower = resolvingPower;
    return segment;
}

std::vector<double> logSteps(double first, double step, std::size_t count)
{
    std::vector<double> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(first * std::exp(step * static_cast<double>(i)));
    return result;
}

std::vector<double> linearSteps(double first, double step, std::size_t count)
{
    std::vector<double> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(first + step * static_cast<double>(i));
    return result;
}

/// The pixels of the surveys, with their resolving power.
struct Source {
    const char* name;
    std::vector<double> wavelengths;
    double resolvingPower;
};
std::vector<Source> sources()
{
    return { { "APOGEE", logSteps(15100.8, 6e-6 * std::numbers::ln10, 8575), 22500.0 },
        { "GALAH", linearSteps(4713.0, 0.046, 4096), 28000.0 },
        { "UVES", linearSteps(4760.0, 0.015, 20000), 47000.0 },
        { "LAMOST", logSteps(3700.0, 1e-4 * std::numbers::ln10, 3900), 1800.0 } };
}

constexpr double kDepth = 0.6;

/// A line in the middle of the source as its own line spread function draws it.
struct Line {
    double centre;
    double sigma; ///< of ln λ
    explicit Line(const Source& source)
        : centre(source.wavelengths[source.wavelengths.size() / 2] * 1.0000137)
        , sigma(1.0 / source.resolvingPower / kFwhmPerSigma)
    {
    }
    [[nodiscard]] double operator()(double wavelength) const
    {
        const double x = std::log(wavelength / centre) / sigma;
        return 1.0 - kDepth * std::exp(-0.5 * x * x);
    }
    [[nodiscard]] double equivalentWidth() const // in ln λ
    {
        return kDepth * sigma * std::sqrt(2.0 * std::numbers::pi);
    }
};

TargetGrid survey()
{
    return namedGrid("survey").value();
}

} // namespace

class TestResamplingOperator : public QObject {
    Q_OBJECT
private:
    void everySource() const
    {
        QTest::addColumn<int>("at");
        for (int i = 0; i < std::ssize(sources()); ++i)
            QTest::addRow("%s", sources()[static_cast<std::size_t>(i)].name) << i;
    }
    static Source sourceAt(int at) { return sources()[static_cast<std::size_t>(at)]; }

private slots:
    void grids()
    {
        QCOMPARE(survey().pixels, std::size_t { 31610 });
        QCOMPARE(namedGrid("survey-1e-4").value().pixels, std::size_t { 15805 });
        QCOMPARE(namedGrid("mk").value().pixels, std::size_t { 1600 });
        QCOMPARE(namedGrid("mk").value().lastAngstrom(), 4599.5);
        const TargetGrid log = namedGrid("mk-log").value();
        QVERIFY(log.lastAngstrom() <= 4599.5 && log.lastAngstrom() > 4598.0);
        QVERIFY(survey().lastAngstrom() <= 17000.0 && survey().lastAngstrom() > 16999.0);
        QVERIFY(std::abs(survey().pixelAt(survey().wavelength(1234.0)) - 1234.0) < 1e-8);
        QCOMPARE(namedGrid("other").error().code, base::ErrorCode::OptionInvalid);
    }

    // Source pixels of 1 Å at 1000 … 1003, target pixels of 2 Å: overlaps of 3/4, 1 and 1/4 Å.
    void overlapByHand()
    {
        const TargetGrid grid { "t", spectrum::Medium::Air, false, 1000.75, 2.0, 1, {} };
        const ResamplingOperator made(linearSteps(1000.0, 1.0, 4), grid, {});
        QCOMPARE(made.pixels(), std::size_t { 1 });
        const auto weights = made.weights(0);
        QCOMPARE(weights.begin, std::size_t { 0 });
        QCOMPARE(std::vector<double>(weights.values.begin(), weights.values.end()),
            (std::vector<double> { 0.375, 0.5, 0.125 }));
        Segment segment = segmentOf(linearSteps(1000.0, 1.0, 4),
            [](double w) { return std::exp2(w - 1000.0); }, {});
        segment.ivar = { 1.0, 4.0, 16.0, 1.0 };
        const auto result = made.apply(segment);
        QCOMPARE(result.flux[0], 1.875);
        // 0.140625 · 1 + 0.25 / 4 + 0.015625 / 16
        QVERIFY(std::abs(result.ivar[0] * (0.140625 + 0.0625 + 0.0009765625) - 1.0) < 1e-14);
        // With the first pixel bad more than a tenth is: bad.
        segment.mask[0] = mask::kCosmicRay;
        const auto bad = made.apply(segment);
        QVERIFY(!bad.isGood(0));
        QCOMPARE(bad.badFraction[0], 0.375);
        QCOMPARE(bad.mask[0], mask::kCosmicRay);
        QCOMPARE(bad.ivar[0], 0.0);
        QCOMPARE(bad.flux[0], 0.0);
    }

    void constantStaysConstant_data() { everySource(); }
    void constantStaysConstant()
    {
        QFETCH(int, at);
        const Source source = sourceAt(at);
        Segment segment
            = segmentOf(source.wavelengths, [](double) { return 0.7; }, source.resolvingPower);
        for (std::size_t i = 0; i < segment.pixels(); i += 97) { // too few to make pixels bad, and some
            segment.mask[i] = mask::kBadPixel;
            segment.flux[i] = 1e6;
        }
        const auto result = Regridder().regrid(segment, survey());
        QVERIFY(result.goodPixels() > 100);
        for (std::size_t i = 0; i < result.pixels(); ++i)
            if (result.isGood(i))
                QVERIFY(std::abs(result.flux[i] - 0.7) < 1e-12);
    }

    void linesStayInPlaceWithTheirWidth_data() { everySource(); }
    void linesStayInPlaceWithTheirWidth()
    {
        QFETCH(int, at);
        const Source source = sourceAt(at);
        const Line line(source);
        const auto result = Regridder().regrid(
            segmentOf(source.wavelengths, line, source.resolvingPower), survey());
        double sum = 0.0;
        double first = 0.0;
        double second = 0.0;
        const double expected = survey().pixelAt(line.centre);
        for (std::size_t i = 0; i < result.pixels(); ++i) {
            const double pixel = static_cast<double>(result.firstPixel + i);
            if (!result.isGood(i) || std::abs(pixel - expected) > 100.0)
                continue;
            const double depth = 1.0 - result.flux[i];
            sum += depth;
            first += depth * (pixel - expected);
            second += depth * (pixel - expected) * (pixel - expected);
        }
        const double step = survey().step;
        QVERIFY2(std::abs(first / sum) < 0.02, qPrintable(QString::number(first / sum)));
        const double width = sum * step / line.equivalentWidth();
        QVERIFY2(std::abs(width - 1.0) < 1e-4, qPrintable(QString::number(width, 'f', 6)));
        if (source.resolvingPower < 10000.0)
            return;
        // Means over pixels add a twelfth of their width² to the variance, those of the source too.
        const std::size_t middle = source.wavelengths.size() / 2;
        const double sourceStep
            = std::log(source.wavelengths[middle + 1] / source.wavelengths[middle]) / step;
        const double variance = second / sum - (1.0 + sourceStep * sourceStep) / 12.0;
        const double resolvingPower = 1.0 / (std::sqrt(variance) * step * kFwhmPerSigma);
        QVERIFY2(std::abs(resolvingPower / 10000.0 - 1.0) < 0.01,
            qPrintable(QString::number(resolvingPower)));
    }

    // Variances and covariances against noise that is drawn: 1500 spectra, about 300 pixels.
    void monteCarlo()
    {
        const auto wavelengths = logSteps(15100.8, 6e-6 * std::numbers::ln10, 1200);
        Segment segment = segmentOf(wavelengths, [](double) { return 1.0; }, 22500.0);
        for (std::size_t i = 0; i < segment.pixels(); ++i) {
            segment.ivar[i] = 100.0 * (1.5 + std::sin(0.02 * static_cast<double>(i)));
            if (i % 41 == 0)
                segment.mask[i] = mask::kBadPixel;
        }
        const ResamplingOperator made(wavelengths, survey(), 22500.0);
        const auto expected = made.apply(segment);
        const std::size_t pixels = expected.pixels();
        std::vector<double> sums(3, 0.0);
        std::vector<double> predicted(3, 0.0);
        base::RandomStream random(1);
        constexpr int kDraws = 1500;
        for (int repeat = 0; repeat < kDraws; ++repeat) {
            Segment noisy = segment;
            for (std::size_t i = 0; i < noisy.pixels(); ++i)
                noisy.flux[i] = random.normal() / std::sqrt(segment.ivar[i]);
            const auto result = made.apply(noisy);
            for (std::size_t i = 0; i + 2 < pixels; ++i)
                for (std::size_t lag = 0; lag < 3; ++lag)
                    if (expected.isGood(i) && expected.isGood(i + lag))
                        sums[lag] += result.flux[i] * result.flux[i + lag] / kDraws;
        }
        for (std::size_t i = 0; i + 2 < pixels; ++i) {
            if (!expected.isGood(i))
                continue;
            predicted[0] += 1.0 / expected.ivar[i];
            predicted[1] += expected.covariance1[i];
            predicted[2] += expected.covariance2[i];
        }
        for (std::size_t lag = 0; lag < 3; ++lag) { // in units of the variance
            const double off = (sums[lag] - predicted[lag]) / predicted[0];
            QVERIFY2(std::abs(off) < 0.02, qPrintable(QString("lag %1: %2").arg(lag).arg(off)));
        }
        QVERIFY(predicted[1] / predicted[0] > 0.3); // the kernel is wider than a pixel
    }

    void gapsAreNeverFilled_data() { everySource(); }
    void gapsAreNeverFilled()
    {
        QFETCH(int, at);
        const Source source = sourceAt(at);
        const std::size_t count = source.wavelengths.size();
        const double first = source.wavelengths[count / 3];
        const double last = source.wavelengths[count / 2];
        // Pixels that are absent, and the same pixels there but without data.
        Segment masked
            = segmentOf(source.wavelengths, [](double) { return 1.0; }, source.resolvingPower);
        std::vector<double> left;
        for (std::size_t i = 0; i < count; ++i) {
            const double w = source.wavelengths[i];
            if (w > first && w < last)
                masked.mask[i] = mask::kNoData;
            else
                left.push_back(w);
        }
        const auto absent
            = Regridder().regrid(segmentOf(left, [](double) { return 1.0; }, source.resolvingPower),
                survey());
        const auto empty = Regridder().regrid(masked, survey());
        const double pixelWidth
            = source.wavelengths[count / 2 + 1] - source.wavelengths[count / 2];
        for (const auto* result : { &absent, &empty }) {
            std::size_t inside = 0;
            for (std::size_t i = 0; i < result->pixels(); ++i) {
                const double w
                    = survey().wavelength(static_cast<double>(result->firstPixel + i));
                // A source pixel reaches half its width beyond its centre.
                const double margin = 0.5 * survey().step * w + 0.5 * pixelWidth;
                if (w - margin > first && w + margin < last) {
                    ++inside;
                    QVERIFY(!result->isGood(i));
                    QCOMPARE(result->flux[i], 0.0);
                    QCOMPARE(result->ivar[i], 0.0);
                    QVERIFY((result->mask[i] & mask::kNoData) != 0);
                }
            }
            QVERIFY(inside > 20);
            QVERIFY(result->goodPixels() > inside);
        }
    }

    void operatorsAreUsedAgain()
    {
        Regridder regridder;
        const Source source = sourceAt(0);
        const Segment segment
            = segmentOf(source.wavelengths, [](double) { return 1.0; }, source.resolvingPower);
        const auto first = regridder.regrid(segment, survey());
        const auto second = regridder.regrid(segment, survey());
        QCOMPARE(regridder.made(), std::size_t { 1 });
        QCOMPARE(first.flux, second.flux);
        QCOMPARE(*first.resolvingPower, 10000.0);
        Segment moved = segment;
        for (double& w : moved.wavelengthAngstrom)
            w *= 1.0001;
        (void)regridder.regrid(moved, survey());
        (void)regridder.regrid(segment, namedGrid("survey-1e-4").value());
        QCOMPARE(regridder.made(), std::size_t { 3 });
    }

    // As a segment of a spectrum the same pixels are good, and what is out of reach is nothing.
    void asASegment()
    {
        Segment segment = segmentOf(
            linearSteps(5000.0, 0.05, 2000), [](double) { return 1.0; }, std::nullopt);
        segment.mask[1000] = mask::kCosmicRay; // a fifth of a grid pixel of 0.25 Å
        segment.mask[400] = mask::kSuspect;
        const auto result = Regridder().regrid(segment, survey());
        const Segment back = result.segment(survey());
        QCOMPARE(back.goodPixels(), result.goodPixels());
        QCOMPARE(back.pixels(), result.pixels());
        QVERIFY(!result.resolvingPower);
        segment.ivar.clear();
        QVERIFY(Regridder().regrid(segment, survey()).ivar.empty());
        const Segment far = segmentOf(
            linearSteps(20000.0, 0.5, 100), [](double) { return 1.0; }, std::nullopt);
        QCOMPARE(Regridder().regrid(far, survey()).pixels(), std::size_t { 0 });
        Segment dead = segment;
        dead.mask.assign(dead.pixels(), mask::kBadPixel);
        QCOMPARE(Regridder().regrid(dead, survey()).goodPixels(), std::size_t { 0 });
    }
};

QTEST_GUILESS_MAIN(TestResamplingOperator)
#include "tst_resampling_operator.moc"

#include "core/dataset/noise.h"
#include "core/dataset/poisson.h"
#include "tests/support/chi_square.h"
#include "tests/support/simd_targets.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace maury;
using namespace maury::dataset;
using namespace maury::test;

namespace {

constexpr double kGain = 5000.0;

// Poisson's law by its definition in extended precision: independent of the program's own formulas.
double poissonLaw(std::size_t k, double lambda)
{
    const auto count = static_cast<long double>(k);
    const auto mean = static_cast<long double>(lambda);
    return static_cast<double>(std::exp(count * std::log(mean) - mean - std::lgamma(count + 1.0L)));
}

std::string summary(const std::string& what, double lambda, double deviate)
{
    return what + ": lambda " + std::to_string(lambda) + " deviates by " + std::to_string(deviate);
}

// Moments against the law's mean λ, variance λ and third central moment λ, in standard errors (of
// the normal law for the third, which is right within 1 % from λ = 100 on).
void checkMoments(const std::vector<std::int64_t>& counts, double lambda)
{
    double total = 0.0;
    double first = 0.0;
    double second = 0.0;
    double third = 0.0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        const auto weight = static_cast<double>(counts[k]);
        const double x = static_cast<double>(k) - lambda;
        total += weight;
        first += weight * x;
        second += weight * x * x;
        third += weight * x * x * x;
    }
    const double meanDeviate = first / total / std::sqrt(lambda / total);
    const double varianceDeviate
        = (second / total - lambda) / std::sqrt((2.0 * lambda * lambda + lambda) / total);
    QVERIFY2(std::abs(meanDeviate) < 5.0, summary("mean", lambda, meanDeviate).c_str());
    QVERIFY2(std::abs(varianceDeviate) < 5.0, summary("variance", lambda, varianceDeviate).c_str());
    if (lambda >= 100.0) {
        const double mean = first / total;
        const double centred = third / total - 3.0 * mean * second / total;
        const double deviate = (centred - lambda) / std::sqrt(6.0 * std::pow(lambda, 3.0) / total);
        QVERIFY2(std::abs(deviate) < 5.0, summary("third moment", lambda, deviate).c_str());
    }
}

// Photon counts that addPoissonNoise() makes of a flat spectrum, `draws` in all.
std::vector<std::int64_t> countPhotons(float flux, std::int64_t draws, std::uint64_t seed)
{
    const double lambda = double(flux) * kGain;
    std::vector<std::int64_t> counts(
        static_cast<std::size_t>(lambda + 12 * std::sqrt(lambda) + 30));
    const base::RandomStream stream(seed);
    std::vector<float> pixels(1600);
    for (std::int64_t made = 0; made < draws; made += std::ssize(pixels)) {
        std::fill(pixels.begin(), pixels.end(), flux);
        addPoissonNoise(pixels, kGain, stream.split(static_cast<std::uint64_t>(made)));
        for (const float pixel : pixels)
            ++counts.at(static_cast<std::size_t>(std::lround(double(pixel) * kGain)));
    }
    return counts;
}

} // namespace

class TestNoise : public QObject {
    Q_OBJECT
private slots:
    void poissonIsExact_data()
    {
        QTest::addColumn<double>("lambda");
        QTest::addColumn<int>("draws");
        const auto row = [](double lambda, int draws) {
            QTest::addRow("lambda %g", lambda) << lambda << draws;
        };
        row(1e-3, 1'000'000);
        row(0.5, 1'000'000); // flux 1e-4
        row(3.3, 1'000'000);
        row(9.999, 1'000'000);
        row(10.0, 4'000'000); // flux 0.002: the first mean of the vectors' method
        row(10.465, 4'000'000); // where the surplus comes nearest to its hat
        row(12.75, 4'000'000);
        row(20.0, 4'000'000);
        row(57.3, 4'000'000);
        row(333.0, 4'000'000);
        row(1234.5, 4'000'000);
        row(5000.0, 10'000'000); // flux 1 at the paper's gain
        row(22222.2, 4'000'000);
        row(1e5, 10'000'000);
    }
    // Chi-square against the exact law with all bins that expect ten draws, and the first three
    // moments. A normal law rounded to counts fails at every mean here (at 1e5 by its third moment:
    // skewness 0.0032 ± 0.0008).
    void poissonIsExact()
    {
        QFETCH(double, lambda);
        QFETCH(int, draws);
        const auto flux = static_cast<float>(lambda / kGain);
        const double exact = double(flux) * kGain;
        const auto counts = countPhotons(flux, draws, 42);
        const auto result = chiSquare(counts, [&](std::size_t k) { return poissonLaw(k, exact); });
        QVERIFY2(result.deviate < 5.0, summary("chi-square", lambda, result.deviate).c_str());
        QVERIFY2(result.deviate > -5.0, summary("chi-square", lambda, result.deviate).c_str());
        checkMoments(counts, exact);
    }

    void poissonIsExactOnEveryInstructionSet()
    {
        forEachSimdTarget([](const std::string& target) {
            for (const float flux : { 1e-4F, 0.0021F, 0.02F, 1.0F }) {
                const auto counts = countPhotons(flux, 400'000, 7);
                const double lambda = double(flux) * kGain;
                const auto result
                    = chiSquare(counts, [&](std::size_t k) { return poissonLaw(k, lambda); });
                QVERIFY2(std::abs(result.deviate) < 5.0,
                    summary(target, lambda, result.deviate).c_str());
                checkMoments(counts, lambda);
            }
        });
    }

    // The scalar sampler alone (rare pixels, and means beyond the vectors' 2^22).
    void scalarPoissonIsExact()
    {
        for (const double lambda : { 4.2, 10.0, 31.7, 900.0 }) {
            base::RandomStream stream(3);
            std::vector<std::int64_t> counts(
                static_cast<std::size_t>(lambda + 12 * std::sqrt(lambda) + 30));
            for (int draw = 0; draw < 500'000; ++draw)
                ++counts.at(static_cast<std::size_t>(poissonNumber(lambda, stream)));
            const auto result
                = chiSquare(counts, [&](std::size_t k) { return poissonLaw(k, lambda); });
            QVERIFY2(
                std::abs(result.deviate) < 5.0, summary("scalar", lambda, result.deviate).c_str());
        }
    }

    void largeMeansKeepTheirMoments()
    {
        constexpr double kLargeGain = 1e8;
        const base::RandomStream stream(8);
        std::vector<float> pixels(20'000, 1.0F);
        addPoissonNoise(pixels, kLargeGain, stream);
        double sum = 0.0;
        double squares = 0.0;
        for (const float pixel : pixels) {
            const double deviate = (double(pixel) - 1.0) * std::sqrt(kLargeGain);
            sum += deviate;
            squares += deviate * deviate;
        }
        const auto n = static_cast<double>(pixels.size());
        QVERIFY(std::abs(sum / std::sqrt(n)) < 5.0);
        QVERIFY(std::abs(squares / n - 1.0) < 5.0 * std::sqrt(2.0 / n));
    }

    void fluxWithoutPhotonsGivesZeroAndNoise()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinite = std::numeric_limits<float>::infinity();
        for (const auto add : { addPoissonNoise, addGaussianNoise }) {
            std::vector<float> pixels { 0.0F, -0.0F, -1.0F, -1e30F, 1.0F };
            add(pixels, kGain, base::RandomStream(1));
            for (std::size_t i = 0; i < 4; ++i)
                QCOMPARE(pixels[i], 0.0F);
            QVERIFY(pixels[4] > 0.9F && pixels[4] < 1.1F && pixels[4] != 1.0F);
        }
        std::vector<float> pixels { nan, infinite, 1.0F };
        addPoissonNoise(pixels, kGain, base::RandomStream(1));
        QVERIFY(std::isnan(pixels[0]));
        QCOMPARE(pixels[1], infinite);
    }

    void poissonGivesWholePhotons()
    {
        std::vector<float> pixels(1000);
        for (std::size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = static_cast<float>(i) * 1e-4F;
        addPoissonNoise(pixels, 100.0, base::RandomStream(2));
        for (const float pixel : pixels)
            QVERIFY(std::abs(pixel * 100.0F - std::round(pixel * 100.0F)) < 1e-4F);
    }

    // The noise of a pixel depends on its number and flux alone: not on the length of the spectrum
    // (ragged tiles), nor on what the neighbours needed.
    void pixelsAreIndependentOfEachOther()
    {
        const base::RandomStream stream(4);
        for (const auto add : { addPoissonNoise, addGaussianNoise }) {
            std::vector<float> whole(1600, 0.5F);
            add(whole, kGain, stream);
            std::vector<float> start(100, 0.5F);
            for (std::size_t i = 0; i < 50; ++i)
                start[i] = 1e-4F;
            add(start, kGain, stream);
            for (std::size_t i = 50; i < 100; ++i)
                QCOMPARE(start[i], whole[i]);
        }
    }

    // Mean and variance of the Poisson law within five standard errors, at three fluxes.
    void gaussianMoments()
    {
        for (const float flux : { 0.002F, 0.3F, 2.0F }) {
            std::vector<float> pixels(400'000, flux);
            addGaussianNoise(pixels, kGain, base::RandomStream(6));
            double sum = 0.0;
            double squares = 0.0;
            for (const float pixel : pixels) {
                sum += double(pixel) - double(flux);
                squares += (double(pixel) - double(flux)) * (double(pixel) - double(flux));
            }
            const auto n = static_cast<double>(pixels.size());
            const double variance = double(flux) / kGain;
            QVERIFY(std::abs(sum / n) < 5.0 * std::sqrt(variance / n));
            QVERIFY(std::abs(squares / n / variance - 1.0) < 5.0 * std::sqrt(2.0 / n));
        }
    }
};

QTEST_GUILESS_MAIN(TestNoise)
#include "tst_noise.moc"

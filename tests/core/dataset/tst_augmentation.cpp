#include "core/base/thread_team.h"
#include "core/dataset/augmentation.h"
#include "core/dataset/continuum.h"

#include <Eigen/Dense>
#include <QTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

using namespace maury;
using namespace maury::dataset;

namespace {

const spectrum::WavelengthGrid kGrid = spectrum::mkGrid();

AugmentationSettings allOff()
{
    AugmentationSettings settings;
    settings.registrationSigmaAngstrom = 0.0;
    settings.registrationLinearSigma = 0.0;
    settings.dopplerSigmaKms = 0.0;
    settings.continuumSigma0 = 0.0;
    settings.continuumSigma1 = 0.0;
    settings.continuumSigma2 = 0.0;
    settings.broadeningSigmaPixels = 0.0;
    settings.gain = 0.0;
    return settings;
}

// Lines of 1.8 Å FWHM every 40 Å.
std::vector<float> combSpectrum()
{
    std::vector<float> flux(kGrid.pixels);
    for (std::size_t i = 0; i < flux.size(); ++i) {
        const double x = std::remainder(kGrid.wavelength(i) - 3820.0, 40.0) / 0.764;
        flux[i] = static_cast<float>(1.0 - 0.6 * std::exp(-0.5 * x * x));
    }
    return flux;
}

std::vector<float> variation(const Augmenter& augmenter, const std::vector<float>& flux,
    std::uint32_t epoch, std::uint64_t index)
{
    std::vector<float> out(flux.size());
    augmenter.apply(flux, epoch, index, out);
    return out;
}

// Zero point (Å) and linear term of the displacement of `moved` against `flux`, by least squares on
// the derivative: moved − flux = −(a + b (λ − middle)) dF/dλ to first order.
struct Displacement {
    double zeroPoint;
    double linear;
};
Displacement measureDisplacement(const std::vector<float>& flux, const std::vector<float>& moved)
{
    const double middle = 0.5 * (kGrid.firstAngstrom + kGrid.lastAngstrom());
    Eigen::Matrix2d normal = Eigen::Matrix2d::Zero();
    Eigen::Vector2d right = Eigen::Vector2d::Zero();
    for (std::size_t i = 10; i + 10 < flux.size(); ++i) {
        // Fourth-order central difference
        const auto f = [&](std::size_t pixel) { return double(flux[pixel]); };
        const double slope
            = (8.0 * (f(i + 1) - f(i - 1)) - (f(i + 2) - f(i - 2))) / (12.0 * kGrid.stepAngstrom);
        const Eigen::Vector2d row(-slope, -slope * (kGrid.wavelength(i) - middle));
        normal += row * row.transpose();
        right += row * (double(moved[i]) - f(i));
    }
    const Eigen::Vector2d solution = normal.ldlt().solve(right);
    return { solution[0], solution[1] };
}

// n values that should be N(0, sigma): mean and variance within five standard errors, and 3 % for
// what the measurement adds.
void checkNormal(const std::vector<double>& values, double sigma)
{
    const auto n = static_cast<double>(values.size());
    double sum = 0.0;
    double squares = 0.0;
    for (const double value : values) {
        sum += value / sigma;
        squares += value * value / (sigma * sigma);
    }
    QVERIFY2(std::abs(sum / n) < 5.0 / std::sqrt(n), qPrintable(QString::number(sum / n)));
    QVERIFY2(std::abs(squares / n - 1.0) < 5.0 * std::sqrt(2.0 / n) + 0.03,
        qPrintable(QString::number(squares / n)));
}

constexpr std::uint64_t kVariations = 2000;

} // namespace

class TestAugmentation : public QObject {
    Q_OBJECT
private slots:
    void defaultsAreTheDesigns()
    {
        const AugmentationSettings settings;
        QCOMPARE(settings.registrationSigmaAngstrom, 0.030);
        QCOMPARE(settings.registrationLinearSigma, 2.0e-5);
        QCOMPARE(settings.dopplerSigmaKms, 1.0);
        QCOMPARE(settings.continuumSigma0, 2e-3);
        QCOMPARE(settings.continuumSigma1, 5e-3);
        QCOMPARE(settings.continuumSigma2, 3e-3);
        QCOMPARE(settings.broadeningSigmaPixels, 0.3);
        QCOMPARE(settings.gain, 5000.0);
        QVERIFY(settings.noise == NoiseLaw::Poisson);
    }

    void allOffIsTheSpectrumBitForBit()
    {
        auto flux = combSpectrum();
        flux[3] = -0.25F; // no noise, so nothing is cut
        const Augmenter augmenter(kGrid, allOff(), 1);
        QCOMPARE(variation(augmenter, flux, 0, 0), flux);
        QCOMPARE(variation(augmenter, flux, 9, 12345), flux);
    }

    void registrationMoments()
    {
        auto settings = allOff();
        settings.registrationSigmaAngstrom = 0.030;
        const Augmenter augmenter(kGrid, settings, 1);
        const auto flux = combSpectrum();
        std::vector<double> found;
        for (std::uint64_t i = 0; i < kVariations; ++i) {
            const auto measured = measureDisplacement(flux, variation(augmenter, flux, 0, i));
            found.push_back(measured.zeroPoint);
            QVERIFY(std::abs(measured.linear) < 1e-6);
        }
        checkNormal(found, 0.030);
    }

    void linearTermMoments()
    {
        auto settings = allOff();
        settings.registrationLinearSigma = 2.0e-5;
        const Augmenter augmenter(kGrid, settings, 2);
        const auto flux = combSpectrum();
        std::vector<double> found;
        for (std::uint64_t i = 0; i < kVariations; ++i) {
            const auto measured = measureDisplacement(flux, variation(augmenter, flux, 0, i));
            found.push_back(measured.linear);
            QVERIFY(std::abs(measured.zeroPoint) < 1e-3);
        }
        checkNormal(found, 2.0e-5);
    }

    // Δλ = λ v / c: v from the displacement at the middle; its slope must be v / c, too.
    void dopplerMoments()
    {
        auto settings = allOff();
        settings.dopplerSigmaKms = 1.0;
        const Augmenter augmenter(kGrid, settings, 3);
        const auto flux = combSpectrum();
        const double middle = 0.5 * (kGrid.firstAngstrom + kGrid.lastAngstrom());
        std::vector<double> found;
        std::vector<double> slopes;
        for (std::uint64_t i = 0; i < kVariations; ++i) {
            const auto measured = measureDisplacement(flux, variation(augmenter, flux, 0, i));
            found.push_back(measured.zeroPoint / middle * 299792.458);
            slopes.push_back(measured.linear * 299792.458);
        }
        checkNormal(found, 1.0);
        checkNormal(slopes, 1.0);
    }

    // On a spectrum of ones the variation is 1 + c0 + c1 x + c2 x².
    void continuumMoments()
    {
        auto settings = allOff();
        settings.continuumSigma0 = 2e-3;
        settings.continuumSigma1 = 5e-3;
        settings.continuumSigma2 = 3e-3;
        const Augmenter augmenter(kGrid, settings, 4);
        const std::vector<float> flux(kGrid.pixels, 1.0F);
        std::vector<double> found[3];
        for (std::uint64_t i = 0; i < kVariations; ++i) {
            const auto out = variation(augmenter, flux, 0, i);
            const double left = double(out.front()) - 1.0;
            const double right = double(out.back()) - 1.0;
            // Pixels 799 and 800 lie at x = ∓1/1599.
            const double centre = 0.5 * (double(out[799]) + double(out[800])) - 1.0;
            found[0].push_back(centre);
            found[1].push_back(0.5 * (right - left));
            found[2].push_back(0.5 * (right + left) - centre);
            const double x = -0.5; // between pixels 399 and 400
            const double quarter = 0.5 * (double(out[399]) + double(out[400])) - 1.0;
            const double expected = found[0].back() + x * (found[1].back() + x * found[2].back());
            QVERIFY(std::abs(quarter - expected) < 2e-5);
        }
        checkNormal(found[0], 2e-3);
        checkNormal(found[1], 5e-3);
        checkNormal(found[2], 3e-3);
    }

    void continuumMultipliesTheFlux()
    {
        std::vector<float> flux { 2.0F, 4.0F, 8.0F };
        multiplyContinuum(flux, { 0.25, 0.5, 0.125 });
        QCOMPARE(flux, (std::vector<float> { 2.0F * 0.875F, 4.0F * 1.25F, 8.0F * 1.875F }));
    }

    // The width of the kernel is the root of the variance of a broadened single pixel. |N(0, 0.3)|
    // has mean 0.3 √(2/π) and variance 0.3² (1 − 2/π), and 68.27 % of it lies below 0.3.
    void broadeningWidthsFollowTheHalfNormalLaw()
    {
        auto settings = allOff();
        settings.broadeningSigmaPixels = 0.3;
        const Augmenter augmenter(kGrid, settings, 5);
        std::vector<float> flux(kGrid.pixels, 0.0F);
        flux[700] = 1.0F;
        double sum = 0.0;
        double squares = 0.0;
        double below = 0.0;
        for (std::uint64_t i = 0; i < kVariations; ++i) {
            const auto out = variation(augmenter, flux, 0, i);
            double variance = 0.0;
            for (std::size_t pixel = 680; pixel <= 720; ++pixel)
                variance += double(out[pixel]) * std::pow(double(pixel) - 700.0, 2);
            sum += std::sqrt(variance);
            squares += variance;
            below += variance < 0.09 ? 1.0 : 0.0;
        }
        const auto n = static_cast<double>(kVariations);
        const double meanExpected = 0.3 * std::sqrt(2.0 / std::numbers::pi);
        const double spread = 0.3 * std::sqrt(1.0 - 2.0 / std::numbers::pi);
        QVERIFY(std::abs(sum / n - meanExpected) < 5.0 * spread / std::sqrt(n));
        QVERIFY(std::abs(squares / n / 0.09 - 1.0) < 5.0 * std::sqrt(2.0 / n));
        QVERIFY(std::abs(below / n - 0.6827) < 5.0 * std::sqrt(0.6827 * 0.3173 / n));
    }

    // Variance of the noise at flux 1 and gain 5000: 1/5000 (S/N ≈ 70.7), for both laws.
    void noiseMoments()
    {
        for (const NoiseLaw law : { NoiseLaw::Poisson, NoiseLaw::Gaussian }) {
            auto settings = allOff();
            settings.gain = 5000.0;
            settings.noise = law;
            const Augmenter augmenter(kGrid, settings, 6);
            const std::vector<float> flux(kGrid.pixels, 1.0F);
            double sum = 0.0;
            double squares = 0.0;
            for (std::uint64_t i = 0; i < 200; ++i)
                for (const float value : variation(augmenter, flux, 0, i)) {
                    sum += double(value) - 1.0;
                    squares += (double(value) - 1.0) * (double(value) - 1.0);
                }
            const double n = 200.0 * 1600.0;
            QVERIFY(std::abs(sum / n) < 5.0 / std::sqrt(5000.0 * n));
            QVERIFY(std::abs(squares / n * 5000.0 - 1.0) < 5.0 * std::sqrt(2.0 / n));
        }
    }

    // Noise of neighbouring pixels, of neighbouring variations and of neighbouring epochs is
    // uncorrelated.
    void noiseIsWhite()
    {
        auto settings = allOff();
        settings.gain = 5000.0;
        const Augmenter augmenter(kGrid, settings, 6);
        const std::vector<float> flux(kGrid.pixels, 1.0F);
        double pixels = 0.0;
        double variations = 0.0;
        double epochs = 0.0;
        const auto noise = [](float value) { return (double(value) - 1.0) * std::sqrt(5000.0); };
        constexpr std::uint64_t kPairs = 100;
        for (std::uint64_t i = 0; i < kPairs; ++i) {
            const auto one = variation(augmenter, flux, 0, i);
            const auto next = variation(augmenter, flux, 0, i + 1);
            const auto later = variation(augmenter, flux, 1, i);
            for (std::size_t pixel = 1; pixel < one.size(); ++pixel) {
                pixels += noise(one[pixel]) * noise(one[pixel - 1]);
                variations += noise(one[pixel]) * noise(next[pixel]);
                epochs += noise(one[pixel]) * noise(later[pixel]);
            }
        }
        const double limit = 5.0 * std::sqrt(double(kPairs) * 1599.0);
        QVERIFY(std::abs(pixels) < limit);
        QVERIFY(std::abs(variations) < limit);
        QVERIFY(std::abs(epochs) < limit);
    }

    void aPureFunctionOfSeedEpochAndIndex()
    {
        const auto flux = combSpectrum();
        const Augmenter augmenter(kGrid, {}, 7);
        const Augmenter again(kGrid, {}, 7);
        const Augmenter other(kGrid, {}, 8);
        const auto third = variation(augmenter, flux, 2, 3);
        for (std::uint64_t i = 100; i > 90; --i)
            (void)variation(again, flux, 1, i);
        QCOMPARE(variation(again, flux, 2, 3), third);
        QVERIFY(variation(other, flux, 2, 3) != third);
        QVERIFY(variation(augmenter, flux, 1, 3) != third);
        QVERIFY(variation(augmenter, flux, 3, 2) != third);
    }

    void threadsDoNotMatter()
    {
        const auto flux = combSpectrum();
        const Augmenter augmenter(kGrid, {}, 9);
        constexpr std::uint64_t kCount = 64;
        std::vector<std::vector<float>> alone(kCount);
        for (std::uint64_t i = 0; i < kCount; ++i)
            alone[i] = variation(augmenter, flux, 0, i);
        base::ThreadTeam team(4);
        std::vector<std::vector<float>> together(kCount);
        team.run([&](int member) {
            const auto share = team.share(kCount, member);
            for (std::int64_t i = share.end - 1; i >= share.begin; --i)
                together[static_cast<std::size_t>(i)]
                    = variation(augmenter, flux, 0, static_cast<std::uint64_t>(i));
        });
        QCOMPARE(together, alone);
    }

    // Switching one step off must not change what the others draw.
    void stepsDrawIndependently()
    {
        AugmentationSettings settings;
        const Variation all = Augmenter(kGrid, settings, 10).variation(4, 5);
        settings.registrationSigmaAngstrom = 0.0;
        settings.continuumSigma1 = 0.0;
        const Variation some = Augmenter(kGrid, settings, 10).variation(4, 5);
        QCOMPARE(some.wavelength.registrationAngstrom, 0.0);
        QCOMPARE(some.wavelength.velocityKms, all.wavelength.velocityKms);
        QCOMPARE(some.continuum[1], 0.0);
        QCOMPARE(some.continuum[2], all.continuum[2]);
        QCOMPARE(some.broadeningPixels, all.broadeningPixels);
        QVERIFY(all.broadeningPixels > 0.0);
    }

    void settingsOutOfRangeAreNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("value");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("negative") << "registration-sigma" << -0.1;
        QTest::newRow("nan") << "registration-linear-sigma" << nan;
        QTest::newRow("infinite") << "doppler-sigma" << std::numeric_limits<double>::infinity();
        QTest::newRow("c0") << "continuum-sigma0" << 1.5;
        QTest::newRow("c1") << "continuum-sigma1" << -1.0;
        QTest::newRow("c2") << "continuum-sigma2" << nan;
        QTest::newRow("wide") << "broadening-sigma" << 11.0;
        QTest::newRow("gain below") << "gain" << 1e-9;
        QTest::newRow("gain negative") << "gain" << -5000.0;
        QTest::newRow("gain nan") << "gain" << nan;
    }
    void settingsOutOfRangeAreNamed()
    {
        QFETCH(QString, name);
        QFETCH(double, value);
        AugmentationSettings settings;
        const std::pair<const char*, double*> fields[] = {
            { "registration-sigma", &settings.registrationSigmaAngstrom },
            { "registration-linear-sigma", &settings.registrationLinearSigma },
            { "doppler-sigma", &settings.dopplerSigmaKms },
            { "continuum-sigma0", &settings.continuumSigma0 },
            { "continuum-sigma1", &settings.continuumSigma1 },
            { "continuum-sigma2", &settings.continuumSigma2 },
            { "broadening-sigma", &settings.broadeningSigmaPixels },
            { "gain", &settings.gain },
        };
        for (const auto& [field, target] : fields)
            if (name == field)
                *target = value;
        const auto result = validate(settings);
        QVERIFY(!result);
        QCOMPARE(result.error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(QString::fromStdString(result.error().place), name);
        QVERIFY(!result.error().found.empty() && !result.error().expected.empty());
        QVERIFY(validate(AugmentationSettings {}));
    }
};

QTEST_GUILESS_MAIN(TestAugmentation)
#include "tst_augmentation.moc"

#include "core/dataset/broadening.h"
#include "tests/support/simd_targets.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace maury::dataset;

class TestBroadening : public QObject {
    Q_OBJECT
private slots:
    // exp(−t) I_k(t) at t = 1: I_0(1) = 1.2660658778, I_1(1) = 0.5651591040, I_2(1) = 0.1357476698
    // (Abramowitz & Stegun 1964, tables 9.8 and 9.9), exp(−1) = 0.3678794412.
    void kernelOfWidthOneIsTabulated()
    {
        const auto kernel = broadeningKernel(1.0);
        QVERIFY(kernel.size() > 3);
        QVERIFY(std::abs(double(kernel[0]) - 0.3678794412 * 1.2660658778) < 1e-7);
        QVERIFY(std::abs(double(kernel[1]) - 0.3678794412 * 0.5651591040) < 1e-7);
        QVERIFY(std::abs(double(kernel[2]) - 0.3678794412 * 0.1357476698) < 1e-7);
    }

    // Sum 1 and variance width², for widths where a sampled Gaussian would do nothing and for wide
    // ones. The weights are float32, and those below 1e-8 are cut.
    void kernelsAreNormalisedWithTheRightVariance()
    {
        for (const double width : { 1e-3, 0.05, 0.3, 0.77, 1.5, 10.0, 67.0, 100.0 }) {
            const auto kernel = broadeningKernel(width);
            double sum = double(kernel[0]);
            double variance = 0.0;
            for (std::size_t k = 1; k < kernel.size(); ++k) {
                sum += 2.0 * double(kernel[k]);
                variance += 2.0 * double(kernel[k]) * double(k * k);
            }
            QVERIFY(std::abs(sum - 1.0) < 1e-6);
            QVERIFY(std::abs(variance / (width * width) - 1.0) < 1e-5);
        }
    }

    void tinyWidthsDoNothing()
    {
        QCOMPARE(broadeningKernel(0.0), std::vector<float> { 1.0F });
        QCOMPARE(broadeningKernel(1e-5), std::vector<float> { 1.0F });
    }

    void aSinglePixelBecomesTheKernel()
    {
        const auto kernel = broadeningKernel(0.8);
        maury::test::forEachSimdTarget([&](const std::string& target) {
            std::vector<float> flux(101, 0.0F);
            flux[50] = 2.0F;
            std::vector<float> out(flux.size(), -1.0F);
            broaden(flux, kernel, out);
            for (int i = 0; i < 101; ++i) {
                const auto distance = static_cast<std::size_t>(std::abs(i - 50));
                const float expected = distance < kernel.size() ? 2.0F * kernel[distance] : 0.0F;
                QVERIFY2(
                    std::abs(out[static_cast<std::size_t>(i)] - expected) < 1e-7F, target.c_str());
            }
        });
    }

    // Repeated ends: a constant stays constant up to the last pixel, also where the spectrum is
    // shorter than the kernel or than a vector.
    void constantsStayConstant()
    {
        const auto kernel = broadeningKernel(2.0);
        for (const std::size_t pixels : { 1UL, 2UL, 7UL, 20UL, 33UL, 50UL, 1600UL }) {
            const std::vector<float> flux(pixels, 1.25F);
            std::vector<float> out(pixels, 0.0F);
            broaden(flux, kernel, out);
            for (const float value : out)
                QVERIFY(std::abs(value - 1.25F) < 1e-6F);
        }
    }

    // The hand-computed end: 3/4 of weight on the pixel itself and 1/8 on either side, the outer
    // one repeated.
    void endsRepeatTheEndPixel()
    {
        std::vector<float> flux(40, 0.0F);
        flux.front() = 8.0F;
        flux.back() = 16.0F;
        std::vector<float> out(flux.size());
        broaden(flux, std::vector<float> { 0.75F, 0.125F }, out);
        QCOMPARE(out[0], 7.0F);
        QCOMPARE(out[1], 1.0F);
        QCOMPARE(out[2], 0.0F);
        QCOMPARE(out[38], 2.0F);
        QCOMPARE(out[39], 14.0F);
    }
};

QTEST_GUILESS_MAIN(TestBroadening)
#include "tst_broadening.moc"

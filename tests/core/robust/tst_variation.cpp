#include "core/preprocess/doppler.h"
#include "core/robust/rotation.h"
#include "core/robust/variation.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace maury;
using namespace maury::robust;

namespace {

Standards standardsWithOneLine(std::vector<double> codes = { 16.0 })
{
    Standards standards;
    standards.grid = blueGrid(4619.5);
    const auto pixels = static_cast<Eigen::Index>(standards.grid.pixels);
    standards.flux = mk::SpectraMatrix::Ones(static_cast<Eigen::Index>(codes.size()), pixels);
    for (Eigen::Index row = 0; row < standards.flux.rows(); ++row)
        for (Eigen::Index pixel = 0; pixel < pixels; ++pixel) {
            const double x = (static_cast<double>(pixel) - 465.0) / 1.5;
            standards.flux(row, pixel) -= static_cast<float>(0.6 * std::exp(-0.5 * x * x));
        }
    for (std::size_t i = 0; i < codes.size(); ++i) {
        standards.names.push_back("s" + std::to_string(i));
        standards.luminosityCode.push_back(5.0);
        standards.fwhmAngstrom.push_back(1.8);
        standards.cumulativeWeight.push_back(
            static_cast<double>(i + 1) / static_cast<double>(codes.size()));
    }
    standards.temperatureCode = std::move(codes);
    return standards;
}

/// Everything off but what a test switches on; S/N so high that it does not matter.
VariationSettings quiet()
{
    VariationSettings settings;
    settings.mixShare = 0.0;
    settings.widestFwhmAngstrom = settings.nativeFwhmAngstrom;
    settings.rotationShare = 0.0;
    settings.velocitySigmaKms = 0.0;
    settings.depthSigma = 0.0;
    settings.depthShapeSigma = 0.0;
    settings.continuumSigma = 0.0;
    settings.lowestSignalToNoise = settings.highestSignalToNoise = 1e6;
    return settings;
}

std::vector<float> made(const VariationMaker& maker, std::uint64_t step, std::uint64_t index)
{
    std::vector<float> flux(maker.standards().grid.pixels);
    maker.make(step, index, flux);
    return flux;
}

/// Second moment of 1 − flux about its centre, in pixels², and the centre.
std::pair<double, double> lineMoments(const std::vector<float>& flux)
{
    double sum = 0.0;
    double first = 0.0;
    double second = 0.0;
    for (std::size_t i = 430; i <= 500; ++i) {
        const double depth = 1.0 - static_cast<double>(flux[i]);
        sum += depth;
        first += depth * static_cast<double>(i);
        second += depth * static_cast<double>(i * i);
    }
    const double centre = first / sum;
    return { second / sum - centre * centre, centre };
}

} // namespace

class TestVariation : public QObject {
    Q_OBJECT
private slots:
    void nothingOnIsTheStandard()
    {
        const Standards standards = standardsWithOneLine();
        const auto flux = made(VariationMaker(standards, quiet(), 3), 0, 0);
        for (std::size_t i = 0; i < flux.size(); ++i)
            QVERIFY(std::abs(flux[i] - standards.flux(0, static_cast<Eigen::Index>(i))) < 1e-4F);
    }

    void isAPureFunction()
    {
        const VariationMaker maker(standardsWithOneLine({ 16.0, 17.0 }), {}, 3);
        const auto once = made(maker, 5, 7);
        (void)made(maker, 6, 7);
        QVERIFY(once == made(maker, 5, 7));
        QVERIFY(once != made(maker, 6, 7));
        QVERIFY(once != made(maker, 5, 8));
        const VariationMaker other(standardsWithOneLine({ 16.0, 17.0 }), {}, 4);
        QVERIFY(once != made(other, 5, 7));
        // Switching one step off leaves the numbers of the others.
        VariationSettings settings;
        settings.velocitySigmaKms = 0.0;
        const VariationMaker still(standardsWithOneLine({ 16.0, 17.0 }), settings, 3);
        QCOMPARE(still.variation(5, 7).depth, maker.variation(5, 7).depth);
        QCOMPARE(still.variation(5, 7).fwhmAngstrom, maker.variation(5, 7).fwhmAngstrom);
    }

    // A Gaussian line of variance 1.5² px² gets the variance of the blur on top:
    // (fwhm² − 1.8²) / 8 ln 2 / (Å per pixel)².
    void blurWidensTheLine()
    {
        VariationSettings settings = quiet();
        settings.widestFwhmAngstrom = 5.0;
        const VariationMaker maker(standardsWithOneLine(), settings, 3);
        const double step = maker.standards().grid.middleStepAngstrom();
        double widest = 0.0;
        for (std::uint64_t index = 0; index < 20; ++index) {
            const double fwhm = maker.variation(0, index).fwhmAngstrom;
            QVERIFY(fwhm >= 1.8 && fwhm <= 5.0);
            widest = std::max(widest, fwhm);
            const double added = (fwhm * fwhm - 1.8 * 1.8) / (8.0 * std::log(2.0)) / (step * step);
            const double variance = lineMoments(made(maker, 0, index)).first;
            QVERIFY(std::abs(variance - 2.25 - added) < 0.02 * variance);
        }
        QVERIFY(widest > 4.0);
    }

    // A standard of 3.6 Å is blurred from there on: less for the same resolution.
    void blurBeginsAtTheStandardsOwnResolution()
    {
        VariationSettings settings = quiet();
        settings.widestFwhmAngstrom = 5.0;
        Standards standards = standardsWithOneLine();
        standards.fwhmAngstrom[0] = 3.6;
        const VariationMaker maker(standards, settings, 3);
        const double step = maker.standards().grid.middleStepAngstrom();
        for (std::uint64_t index = 0; index < 10; ++index) {
            const double fwhm = maker.variation(0, index).fwhmAngstrom;
            QVERIFY(fwhm >= 3.6 && fwhm <= 5.0);
            const double added = (fwhm * fwhm - 3.6 * 3.6) / (8.0 * std::log(2.0)) / (step * step);
            const double variance = lineMoments(made(maker, 0, index)).first;
            QVERIFY(std::abs(variance - 2.25 - added) < 0.02 * variance);
        }
    }

    void velocityMovesTheLine()
    {
        VariationSettings settings = quiet();
        settings.velocitySigmaKms = 100.0;
        const VariationMaker maker(standardsWithOneLine(), settings, 3);
        for (std::uint64_t index = 0; index < 10; ++index) {
            const double v = maker.variation(0, index).velocityKms;
            const double expected = 465.0 + v / preprocess::kSpeedOfLightKms / 2e-4;
            QVERIFY(std::abs(lineMoments(made(maker, 0, index)).second - expected) < 0.02);
        }
    }

    // Depth about the running mean: a continuum of 1 with a line stays near 1, the line's depth
    // changes by the factor.
    void depthScalesTheLine()
    {
        VariationSettings settings = quiet();
        settings.depthSigma = 0.2;
        const VariationMaker maker(standardsWithOneLine(), settings, 3);
        const auto standard = made(VariationMaker(standardsWithOneLine(), quiet(), 3), 0, 0);
        for (std::uint64_t index = 0; index < 10; ++index) {
            const double factor = 1.0 + maker.variation(0, index).depth;
            const auto flux = made(maker, 0, index);
            // Between the pixels 465 and 475 (continuum inside of the window) nothing but the line.
            const auto contrast = [](const std::vector<float>& f) {
                return static_cast<double>(f[480]) - static_cast<double>(f[465]);
            };
            QVERIFY(std::abs(contrast(flux) / contrast(standard) - factor) < 0.02);
        }
    }

    // At S/N 50 the noise of a pixel of flux 1 is 0.02, of flux 0.4 it is 0.02·√0.4; 2000 draws of
    // each: relative error of a standard deviation 1/√4000 = 1.6 %.
    void noiseIsThatOfPhotons()
    {
        VariationSettings settings = quiet();
        settings.lowestSignalToNoise = settings.highestSignalToNoise = 50.0;
        const VariationMaker maker(standardsWithOneLine(), settings, 3);
        double continuum = 0.0;
        double core = 0.0;
        constexpr int kDraws = 2000;
        for (std::uint64_t index = 0; index < kDraws; ++index) {
            const auto flux = made(maker, 1, index);
            continuum += std::pow(static_cast<double>(flux[300]) - 1.0, 2);
            core += std::pow(static_cast<double>(flux[465]) - 0.4, 2);
        }
        QVERIFY(std::abs(std::sqrt(continuum / kDraws) - 0.02) < 5 * 0.016 * 0.02);
        QVERIFY(std::abs(std::sqrt(core / kDraws) - 0.02 * std::sqrt(0.4)) < 5 * 0.016 * 0.0126);
    }

    // Mixing: half of the variations, with a cell at most 2 codes away, at most half of it; labels
    // and flux in the same share.
    void mixingStaysAmongNeighbours()
    {
        VariationSettings settings = quiet();
        settings.mixShare = 0.5;
        Standards standards = standardsWithOneLine({ 16.0, 18.0, 21.0 });
        standards.flux.row(1).setConstant(2.0F);
        standards.flux.row(2).setConstant(3.0F);
        const VariationMaker maker(standards, settings, 3);
        int mixed = 0;
        for (std::uint64_t index = 0; index < 900; ++index) {
            const Variation v = maker.variation(0, index);
            if (v.partner == v.standard) {
                QCOMPARE(v.mix, 0.0);
                continue;
            }
            ++mixed;
            QVERIFY(v.standard != 2 && v.partner != 2); // 3 codes away from the nearest
            QVERIFY(v.mix > 0.0 && v.mix <= 0.5);
            const double from = v.standard == 0 ? 16.0 : 18.0;
            const double to = v.standard == 0 ? 18.0 : 16.0;
            QVERIFY(std::abs(v.temperatureCode - (from + v.mix * (to - from))) < 1e-12);
            if (index < 60) {
                const double own = v.standard == 0 ? 1.0 : 2.0; // far from the line
                const double other = v.standard == 0 ? 2.0 : 1.0;
                QVERIFY(std::abs(static_cast<double>(made(maker, 0, index)[200])
                            - (own + v.mix * (other - own)))
                    < 1e-4);
            }
        }
        QVERIFY(std::abs(mixed - 300) < 5 * 15); // half of those with a neighbour, 2 of 3
    }

    // Hot stars rotate in three of ten variations, cool ones never; F8 has no more than 30 km/s.
    void onlyHotStarsRotate()
    {
        VariationSettings settings;
        const VariationMaker hot(standardsWithOneLine({ 10.0 }), settings, 3);
        const VariationMaker cool(standardsWithOneLine({ 30.0 }), settings, 3);
        int rotating = 0;
        double fastest = 0.0;
        for (std::uint64_t index = 0; index < 1000; ++index) {
            const double v = hot.variation(0, index).rotationKms;
            rotating += v > 0.0 ? 1 : 0;
            QVERIFY(v == 0.0 || (v >= 30.0 && v <= 330.0));
            fastest = std::max(fastest, v);
            QCOMPARE(cool.variation(0, index).rotationKms, 0.0);
        }
        QVERIFY(std::abs(rotating - 300) < 5 * 15);
        QVERIFY(fastest > 300.0);
        QCOMPARE(fastestRotationKms(20.0), 330.0);
        QCOMPARE(fastestRotationKms(25.0), 180.0);
        QCOMPARE(fastestRotationKms(30.0), 30.0);
    }

    // The profile's area is 1 and its variance v² [(1−ε)/4 + (2ε/3)/5] / (1 − ε/3) (the second
    // moments of √(1−x²) and 1−x² are 1/4 and 1/5), plus 1/12 of the pixels it is averaged over.
    void rotationKernelByHand()
    {
        for (const double epsilon : { 0.0, 0.6, 1.0 })
            for (const double reach : { 0.3, 1.0, 5.5 }) {
                const auto kernel = rotationKernel(reach, epsilon);
                double area = kernel[0];
                double variance = 0.0;
                for (std::size_t k = 1; k < kernel.size(); ++k) {
                    area += 2.0 * static_cast<double>(kernel[k]);
                    variance += 2.0 * static_cast<double>(kernel[k]) * static_cast<double>(k * k);
                }
                QVERIFY(std::abs(area - 1.0) < 1e-6);
                const double expected = reach * reach
                    * ((1.0 - epsilon) / 4.0 + 2.0 * epsilon / 15.0) / (1.0 - epsilon / 3.0);
                if (reach > 1.0)
                    QVERIFY(std::abs(variance - expected - 1.0 / 12.0) < 0.01 * expected);
            }
        QCOMPARE(rotationKernel(0.0, 0.6), std::vector<float> { 1.0F });
    }

    void settingsOutOfRangeAreRefused()
    {
        QVERIFY(validate(VariationSettings {}).has_value());
        VariationSettings sharper;
        sharper.widestFwhmAngstrom = 1.0; // below the native one
        VariationSettings noisy;
        noisy.lowestSignalToNoise = 0.0;
        VariationSettings mixed;
        mixed.mixShare = std::nan("");
        for (const auto& settings : { sharper, noisy, mixed }) {
            const auto result = validate(settings);
            QVERIFY(!result);
            QCOMPARE(result.error().code, base::ErrorCode::OptionInvalid);
        }
    }

    // Standards ∝ 1/√(spectra in the cell): two libraries with the same three cells, one more cell
    // in the second: weights 1/√2 six times and 1 once more for each of the lone ones.
    void standardsOfSeveralLibraries()
    {
        const auto first = test::starAtlas({ 16.0 }, libraryGrid());
        const auto second = test::starAtlas({ 16.0, 23.0 }, libraryGrid());
        const auto standards = standardsOf({ { first, 1.8 }, { second, 3.6 } });
        QVERIFY_RESULT(standards);
        QCOMPARE(standards->size(), std::size_t { 9 });
        QCOMPARE(standards->fwhmAngstrom[2], 1.8);
        QCOMPARE(standards->fwhmAngstrom[3], 3.6);
        const double lone = standards->cumulativeWeight[8] - standards->cumulativeWeight[7];
        const double shared = standards->cumulativeWeight[0];
        QVERIFY(std::abs(shared / lone - 1.0 / std::sqrt(2.0)) < 1e-9);
        QCOMPARE(standards->cumulativeWeight.back(), 1.0);
        QCOMPARE(standards->draw(0.0), std::size_t { 0 });
        QCOMPARE(standards->draw(0.999999), std::size_t { 8 });
        QCOMPARE(standards->draw(1.5 * shared), std::size_t { 1 });
        QCOMPARE(fwhmFromName("libr18").value(), 1.8);
        QCOMPARE(fwhmFromName("libnor36").value(), 3.6);
        QCOMPARE(fwhmFromName("libr18_27").value(), 2.7);
        QCOMPARE(fwhmFromName("libr18_225").value(), 2.25);
        QVERIFY(!fwhmFromName("builtin") && !fwhmFromName("stars27") && !fwhmFromName("lib7"));
        const auto classes = classesOf(standards->temperatureCode);
        QCOMPARE(classes.names, (std::vector<std::string> { "A0", "F0" }));

        const auto shorter = test::starAtlas({ 16.0, 23.0 }, { 3800.0, 0.5, 1500 });
        QCOMPARE(standardsOf({ { shorter } }).error().code, base::ErrorCode::CoverageInsufficient);
        QCOMPARE(standardsOf({ { first }, { shorter } }).error().code,
            base::ErrorCode::WavelengthsInvalid);
    }
};

QTEST_GUILESS_MAIN(TestVariation)
#include "tst_variation.moc"

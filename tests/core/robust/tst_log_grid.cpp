#include "core/robust/local_continuum.h"
#include "core/robust/log_grid.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace maury;
using namespace maury::robust;

namespace {

LogGrid smallGrid(std::size_t pixels, std::size_t begin, std::size_t count)
{
    return { 4000.0, 2e-4, pixels, begin, count };
}

} // namespace

class TestLogGrid : public QObject {
    Q_OBJECT
private slots:
    // ln(4612/3830)/2e-4 = 928.9, ln(3870/3830)/2e-4 = 51.95, ln(4590/3870)/2e-4 = 853.1 (the
    // recipe's 853 pixels).
    void blueGridIsTheRecipes()
    {
        const LogGrid grid = blueGrid(4619.5);
        QCOMPARE(grid.pixels, std::size_t { 929 });
        QCOMPARE(grid.cropBegin, std::size_t { 52 });
        QCOMPARE(grid.cropPixels, std::size_t { 853 });
        QCOMPARE(grid.wavelength(0), 3830.0);
        QVERIFY(grid.lastAngstrom() <= 4612.0);
        QVERIFY(std::abs(grid.wavelength(1) / grid.wavelength(0) - std::exp(2e-4)) < 1e-12);
        QVERIFY(grid.wavelength(52) >= 3870.0 && grid.wavelength(51) < 3870.0);
        // The built-in atlas ends at 4599.5 Å: fewer pixels behind the same crop.
        const LogGrid shorter = blueGrid(4599.5);
        QCOMPARE(shorter.cropPixels, grid.cropPixels);
        QVERIFY(shorter.lastAngstrom() <= 4599.5 && shorter.lastAngstrom() > 4598.0);
        QVERIFY(shorter.cropBegin + shorter.cropPixels <= shorter.pixels);
    }

    // A line in λ is at ln(λ)'s place, the median is 1, and gaps and ends are marked and filled.
    void resamplesAndMarksGaps()
    {
        const auto from = libraryGrid();
        const LogGrid grid = blueGrid(from.lastAngstrom());
        std::vector<float> flux(from.pixels);
        for (std::size_t i = 0; i < from.pixels; ++i) {
            const double x = (from.wavelength(i) - 4200.0) / 2.0;
            flux[i] = static_cast<float>(7.0 * (1.0 - 0.5 * std::exp(-0.5 * x * x)));
        }
        std::vector<std::uint8_t> good(from.pixels, 1);
        std::fill_n(good.begin(), 100, std::uint8_t { 0 }); // 3800–3850 Å
        std::fill_n(good.begin() + 400, 20, std::uint8_t { 0 }); // 4000–4010 Å
        const LogSpectrum result = toLogGrid(flux, good, from, grid);
        const auto deepest
            = std::min_element(result.flux.begin(), result.flux.end()) - result.flux.begin();
        QVERIFY(std::abs(grid.wavelength(static_cast<std::size_t>(deepest)) - 4200.0) < 0.5);
        QVERIFY(std::abs(result.flux[500] - 1.0F) < 1e-4F);
        for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
            const double wavelength = grid.wavelength(pixel);
            const bool missing
                = wavelength < 3849.0 || (wavelength > 4000.5 && wavelength < 4009.0);
            const bool present
                = wavelength > 3851.0 && (wavelength < 3998.0 || wavelength > 4011.0);
            QVERIFY(!missing || result.good[pixel] == 0);
            QVERIFY(!present || result.good[pixel] == 1);
            QVERIFY(result.flux[pixel] > 0.4F); // filled, no line of zeros
        }
        // Nothing to divide by: nothing is good.
        std::fill(flux.begin(), flux.end(), -1.0F);
        const auto dark = toLogGrid(flux, good, from, grid);
        QCOMPARE(std::accumulate(dark.good.begin(), dark.good.end(), 0), 0);
    }

    // A ramp 0, 1, 2 …: the mean of a whole window is its middle; at the first pixel the window is
    // 0 … 46, mean 23; at the second 0 … 47, mean 23.5; the last of 200 has 153 … 199, mean 176.
    // The same 80 Å in both grids: 93 pixels of 2e-4, 63 of 3e-4 in ln λ.
    void gridsOfBothRanges()
    {
        const LogGrid blue = blueGrid(4619.5);
        const LogGrid wide = wideGrid();
        QCOMPARE(blue.localWindow(), std::size_t { 93 });
        QCOMPARE(wide.localWindow(), std::size_t { 63 });
        QVERIFY(std::abs(wide.wavelength(wide.cropBegin) - 3870.0) < 1.2);
        QVERIFY(wide.wavelength(wide.cropBegin + wide.cropPixels - 1) <= kWideSpectraNeed);
        QVERIFY(wide.lastAngstrom() <= kWideGridNeeds);
        QVERIFY(wideLibraryGrid().lastAngstrom() >= kWideGridNeeds);
    }

    void runningMeanIsTruncatedAtTheEnds()
    {
        std::vector<float> flux(200);
        std::iota(flux.begin(), flux.end(), 0.0F);
        std::vector<float> mean(200);
        runningMean(flux, 93, mean);
        QCOMPARE(mean[0], 23.0F);
        QCOMPARE(mean[1], 23.5F);
        for (std::size_t i = 46; i < 154; ++i)
            QCOMPARE(mean[i], flux[i]);
        QCOMPARE(mean[199], 176.0F);
        std::vector<float> few { 1.0F, 3.0F }; // shorter than the window
        std::vector<float> fewMean(2);
        runningMean(few, 93, fewMean);
        QCOMPARE(fewMean[0], 2.0F);
        QCOMPARE(fewMean[1], 2.0F);
    }

    // flux / mean − 1 of the crop, and (x − μ)/(σ + 0.02).
    void inputByHand()
    {
        const LogGrid grid = smallGrid(4, 1, 2);
        const std::vector<float> flux { 9.0F, 3.0F, 1.0F, 9.0F };
        const std::vector<float> mean { 1.0F, 2.0F, 0.0F, 1.0F };
        std::vector<float> input(2);
        divideLocally(flux, mean, grid, input);
        QCOMPARE(input[0], 0.5F);
        QCOMPARE(input[1], 0.0F); // no positive mean
        const Standardisation standardisation { { 0.1F, 0.0F }, { 0.18F, 0.0F } };
        standardisation.apply(input);
        QVERIFY(std::abs(input[0] - 2.0F) < 1e-5F);
        QCOMPARE(input[1], 0.0F);
    }

    // A slow change of the flux leaves the input; a missing pixel is the mean of the training,
    // whatever it was filled with.
    void continuumAndGapsAreInvisible()
    {
        const LogGrid grid = smallGrid(300, 50, 200);
        Standardisation standardisation { std::vector<float>(200, 0.3F),
            std::vector<float>(200, 0.1F) };
        LogSpectrum spectrum { std::vector<float>(300, 1.0F), std::vector<std::uint8_t>(300, 1) };
        spectrum.flux[150] = 0.5F;
        const auto flat = networkInput(spectrum, grid, standardisation);
        LogSpectrum tilted = spectrum;
        for (std::size_t i = 0; i < 300; ++i)
            tilted.flux[i] *= 5.0F * std::exp(0.002F * static_cast<float>(i));
        const auto reddened = networkInput(tilted, grid, standardisation);
        for (std::size_t i = 0; i < 200; ++i)
            QVERIFY(
                std::abs(flat[i] - reddened[i]) < 0.03F); // 0.2 % of the continuum, standardised
        spectrum.good[120] = 0;
        spectrum.flux[120] = 0.9F;
        QCOMPARE(networkInput(spectrum, grid, standardisation)[70], 0.0F);
        QVERIFY(flat[70] != 0.0F);
    }
};

QTEST_GUILESS_MAIN(TestLogGrid)
#include "tst_log_grid.moc"

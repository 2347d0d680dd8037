#include "core/dataset/wavelength_warp.h"
#include "tests/support/simd_targets.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace maury;
using namespace maury::dataset;

namespace {

const spectrum::WavelengthGrid kGrid = spectrum::mkGrid();

std::vector<float> warped(const std::vector<float>& flux, const PixelShift& shift)
{
    std::vector<float> out(flux.size(), -1.0F);
    warpWavelengths(flux, shift, out);
    return out;
}

// An absorption line of the libraries' resolution (FWHM 1.8 Å) centred at a pixel that need not be
// whole.
float lineAt(double pixel, double centre)
{
    const double sigma = 1.8 / 0.5 / std::sqrt(8.0 * std::numbers::ln2);
    const double x = (pixel - centre) / sigma;
    return static_cast<float>(1.0 - 0.8 * std::exp(-0.5 * x * x));
}

std::vector<float> line(std::size_t pixels, double centre)
{
    std::vector<float> flux(pixels);
    for (std::size_t i = 0; i < pixels; ++i)
        flux[i] = lineAt(static_cast<double>(i), centre);
    return flux;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(double(a[i]) - double(b[i])));
    return largest;
}

} // namespace

class TestWavelengthWarp : public QObject {
    Q_OBJECT
private slots:
    // Hand-computed: 0.25 Å to the red is half a pixel of 0.5 Å, so pixel i looks at i − 0.5.
    void zeroPointShiftsEveryPixelAlike()
    {
        const PixelShift shift = pixelShift(kGrid, { 0.25, 0.0, 0.0 });
        QCOMPARE(shift.offset, -0.5);
        QVERIFY(std::abs(shift.slope) < 1e-15);
    }

    // The linear term leaves the middle of the grid and moves the ends by b × 399.75 Å, against
    // each other.
    void linearTermTurnsAboutTheMiddle()
    {
        const PixelShift shift = pixelShift(kGrid, { 0.0, 1e-4, 0.0 });
        const double middle = shift.offset + shift.slope * 799.5;
        QVERIFY(std::abs(middle) < 1e-9);
        const double expectedPixels = 1e-4 * 399.75 / 0.5;
        QVERIFY(std::abs(shift.offset - expectedPixels) < 1e-4 * expectedPixels * 2);
    }

    // A line at 4340 Å receding with 100 km/s is found at 4340 × (1 + 100 / 299792.458) Å.
    void velocityMovesLinesToTheRed()
    {
        const double rest = (4340.0 - kGrid.firstAngstrom) / kGrid.stepAngstrom;
        const double moved
            = (4340.0 * (1.0 + 100.0 / 299792.458) - kGrid.firstAngstrom) / kGrid.stepAngstrom;
        const auto out = warped(line(kGrid.pixels, rest), pixelShift(kGrid, { 0.0, 0.0, 100.0 }));
        QVERIFY(largestDifference(out, line(kGrid.pixels, moved)) < 2e-3);
    }

    // Degree 5 is exact on polynomials of that degree, whatever the fraction.
    void polynomialsAreKept()
    {
        std::vector<float> flux(64);
        const auto polynomial = [](double i) {
            const double x = (i - 32.0) / 32.0;
            return 1.0 + x * (0.5 + x * (-0.7 + x * (0.3 + x * (0.2 - 0.4 * x))));
        };
        for (std::size_t i = 0; i < flux.size(); ++i)
            flux[i] = static_cast<float>(polynomial(static_cast<double>(i)));
        test::forEachSimdTarget([&](const std::string& target) {
            for (const double offset : { 0.0, 0.3, -0.5, 0.999, -2.25 }) {
                const auto out = warped(flux, { offset, 0.0 });
                for (std::size_t i = 8; i < 56; ++i)
                    QVERIFY2(std::abs(double(out[i]) - polynomial(double(i) + offset)) < 1e-6,
                        target.c_str());
            }
        });
    }

    // Half a pixel is the worst case: the line keeps its shape within 0.3 % of its depth, which
    // linear (4.4 %) and cubic interpolation (0.8 %) would fail.
    void halfPixelShiftDoesNotSmooth()
    {
        const auto out = warped(line(200, 100.0), { 0.5, 0.0 });
        QVERIFY(largestDifference(out, line(200, 99.5)) < 3e-3 * 0.8);
    }

    // Many integer parts within one spectrum (short and long runs) against the line where it
    // belongs.
    void steepSlopesAreFollowed()
    {
        for (const double slope : { 1e-5, -1e-5, 1e-3, -1e-3, 0.02, -0.02 }) {
            const double offset = -slope * 800.0;
            const auto out = warped(line(1600, 800.0), { offset, slope });
            for (std::size_t i = 0; i < 1600; ++i) {
                const double expected = lineAt(double(i) + offset + slope * double(i), 800.0);
                QVERIFY(std::abs(double(out[i]) - expected) < 2e-3);
            }
        }
    }

    void endsAreRepeated()
    {
        std::vector<float> flux(50);
        for (std::size_t i = 0; i < flux.size(); ++i)
            flux[i] = static_cast<float>(i);
        const auto right = warped(flux, { 7.5, 0.0 });
        const auto left = warped(flux, { -7.5, 0.0 });
        for (std::size_t i = 0; i < 7; ++i) {
            QCOMPARE(left[i], 0.0F);
            QCOMPARE(right[49 - i], 49.0F);
        }
        for (const double beyond : { 1e3, -1e3, 1e12 })
            for (const float value : warped(flux, { beyond, 0.0 }))
                QCOMPARE(value, beyond > 0 ? 49.0F : 0.0F);
    }

    void shortSpectraWork()
    {
        for (std::size_t pixels = 1; pixels < 40; ++pixels) {
            const std::vector<float> flat(pixels, 0.75F);
            for (const float value : warped(flat, { 0.4, 1e-3 }))
                QVERIFY(std::abs(value - 0.75F) < 1e-6F);
        }
    }
};

QTEST_GUILESS_MAIN(TestWavelengthWarp)
#include "tst_wavelength_warp.moc"

#include "core/preprocess/edges.h"

#include "core/mk/atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace maury;

class TestEdges : public QObject {
    Q_OBJECT
private slots:
    void fillsFromTheNearestAndOfTwoTheBluer()
    {
        std::vector<float> flux { 0, 0, 3, 0, 0, 0, 7, 0 };
        const std::vector<std::uint8_t> good { 0, 0, 1, 0, 0, 0, 1, 0 };
        preprocess::fillFromNearestGood(flux, good);
        const std::vector<float> expected { 3, 3, 3, 3, 3, 7, 7, 7 };
        QCOMPARE(flux, expected);
    }

    void nothingGoodStaysAsItIs()
    {
        std::vector<float> flux { 0, 5 };
        preprocess::fillFromNearestGood(flux, std::vector<std::uint8_t> { 0, 0 });
        QCOMPARE(flux[1], 5.0F);
    }

    // A continuum of 1 that was smoothed (σ 1.15 Å) together with 20 pixels of zeros at each end.
    void aSmoothedEdgeIsTrimmed()
    {
        const spectrum::WavelengthGrid grid { 3800.0, 0.5, 200 };
        std::vector<float> flux(grid.pixels);
        std::vector<std::uint8_t> good(grid.pixels);
        for (std::size_t i = 0; i < grid.pixels; ++i) {
            const double fromEdge = static_cast<double>(std::min(i, grid.pixels - 1 - i)) - 20.0;
            flux[i] = static_cast<float>(
                0.5 * (1.0 + std::erf(fromEdge * 0.5 / 1.15 / std::sqrt(2.0))));
            good[i] = flux[i] > 1e-4F ? 1 : 0;
        }
        const std::size_t marked = preprocess::trimEdgeRamps(flux, good, grid);
        QVERIFY2(marked >= 14 && marked <= 30, qPrintable(QString::number(marked)));
        preprocess::fillFromNearestGood(flux, good);
        for (const float value : flux)
            QVERIFY(value > 0.75F);
    }

    void anEdgeWithDataUpToTheEndIsLeft()
    {
        const spectrum::WavelengthGrid grid { 3800.0, 0.5, 100 };
        std::vector<float> flux(grid.pixels, 1.0F);
        for (std::size_t i = 0; i < 10; ++i)
            flux[i] = 0.3F + 0.07F * static_cast<float>(i); // the wing of a real line
        std::vector<std::uint8_t> good(grid.pixels, 1);
        QCOMPARE(preprocess::trimEdgeRamps(flux, good, grid), std::size_t { 0 });
    }

    void aFlatEdgeIsLeft()
    {
        const spectrum::WavelengthGrid grid { 3800.0, 0.5, 100 };
        const std::vector<float> flux(grid.pixels, 1.0F);
        std::vector<std::uint8_t> good(grid.pixels, 1);
        std::fill(good.begin(), good.begin() + 8, std::uint8_t { 0 });
        QCOMPARE(preprocess::trimEdgeRamps(flux, good, grid), std::size_t { 0 });
    }

    // libr18_27 was smoothed with its zeros: untrimmed, 59 of its edges are filled with less than
    // 0.05.
    void theSmoothedLibraryHasNoDarkEdges()
    {
        REQUIRE_TEST_DATA();
        const auto atlas = mk::readAtlasFolder(test::dataFolder() / "mkclass/libr18_27");
        QVERIFY_RESULT(atlas);
        const auto& flux = (*atlas)->flux();
        const float darkest
            = std::min(flux.col(0).minCoeff(), flux.col(flux.cols() - 1).minCoeff());
        QVERIFY2(darkest > 0.05F, qPrintable(QString::number(static_cast<double>(darkest))));
    }
};

QTEST_GUILESS_MAIN(TestEdges)
#include "tst_edges.moc"

#include "core/base/random.h"
#include "core/nn/activation.h"
#include "core/nn/panel_elements.h"
#include "core/nn/panel_kernels.h"
#include "core/nn/panel_matrix.h"

#include <QTest>

using namespace maury;
using namespace maury::nn;

namespace {

Matrix<float> randomMatrix(std::size_t rows, std::size_t cols, std::uint64_t seed)
{
    base::RandomStream stream(seed);
    Matrix<float> result(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(cols));
    for (auto& value : result.reshaped())
        value = static_cast<float>(stream.normal());
    return result;
}

// Pointers to some rows of a matrix.
std::vector<const float*> rowsFrom(
    const Matrix<float>& matrix, std::size_t first, std::size_t count)
{
    std::vector<const float*> rows;
    for (std::size_t i = 0; i < count; ++i)
        rows.push_back(matrix.row(static_cast<Eigen::Index>(first + i)).data());
    return rows;
}

// A float dot product of n terms of order one is off by at most about n·2⁻²⁴ in either order of
// summation.
double tolerance(std::size_t terms)
{
    return 4.0 * static_cast<double>(terms) * 0x1p-24 + 1e-6;
}

} // namespace

class TestPanelKernels : public QObject {
    Q_OBJECT

    static void shapes()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("cols");
        QTest::newRow("one") << 1 << 1 << 1;
        QTest::newRow("odd") << 13 << 17 << 33;
        QTest::newRow("no group of eight") << 5 << 7 << 3;
        QTest::newRow("paper's heads") << 100 << 64 << 33;
        QTest::newRow("several tiles and panels") << 43 << 130 << 96;
    }

private slots:
    void roundTripAndTranspose()
    {
        const Matrix<float> matrix = randomMatrix(37, 70, 1);
        PanelMatrix panels(37, 70);
        panels.assign(matrix);
        QCOMPARE(panels.toMatrix(), matrix);
        PanelMatrix transposed(70, 37);
        for (std::size_t p = 0; p < transposed.panels(); ++p)
            transposed.assignTransposed(panels, p);
        QCOMPARE(transposed.toMatrix(), Matrix<float>(matrix.transpose()));
    }

    void product_data() { shapes(); }
    void product()
    {
        QFETCH(int, rows);
        QFETCH(int, depth);
        QFETCH(int, cols);
        const auto m = static_cast<std::size_t>(rows);
        const auto k = static_cast<std::size_t>(depth);
        const auto n = static_cast<std::size_t>(cols);
        const Matrix<float> a = randomMatrix(m, k, 2);
        const Matrix<float> b = randomMatrix(k, n, 3);
        PanelMatrix panels(k, n);
        panels.assign(b);
        AlignedBuffer bias(panels.paddedCols());
        for (std::size_t i = 0; i < n; ++i)
            bias.data()[i] = static_cast<float>(i);
        const std::size_t stride = panels.paddedCols() + 5; // rows need not be aligned
        std::vector<float> c(m * stride, -1.0F);
        const std::size_t width = kernels::panelWidth();
        const kernels::Tiling tiling(m, 2);
        AlignedBuffer packed(m * k);
        for (std::size_t tile = 0; tile < tiling.tiles; ++tile)
            kernels::packTile(rowsFrom(a, tiling.begin(tile), tiling.height(tile)).data(),
                tiling.height(tile), k, packed.data() + tiling.begin(tile) * k, nullptr);
        // In two parts, as two threads would.
        for (std::size_t p = 0; p < panels.panels(); ++p)
            for (const auto& [first, last] : { std::pair { std::size_t { 0 }, tiling.tiles / 2 },
                     std::pair { tiling.tiles / 2, tiling.tiles } })
                kernels::multiplyPanel(packed.data(), tiling, first, last, k, panels.panel(p),
                    bias.data() + p * width, c.data() + p * width, stride, nullptr);
        const Matrix<double> expected = a.cast<double>() * b.cast<double>();
        for (std::size_t i = 0; i < m; ++i) {
            for (std::size_t j = 0; j < n; ++j)
                QVERIFY(std::abs(c[i * stride + j]
                            - expected(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j))
                            - static_cast<double>(j))
                    < tolerance(k) * (1.0 + static_cast<double>(j)));
            for (std::size_t j = panels.paddedCols(); j < stride; ++j)
                QCOMPARE(c[i * stride + j], -1.0F);
        }
    }

    void tilesCoverAllRowsEvenly()
    {
        for (std::size_t count = 1; count < 300; ++count)
            for (std::size_t shares = 1; shares < 5; ++shares) {
                const kernels::Tiling tiling(count, shares);
                QVERIFY(tiling.tiles % shares == 0 || tiling.tiles == count);
                std::size_t rows = 0;
                for (std::size_t tile = 0; tile < tiling.tiles; ++tile) {
                    const std::size_t height = tiling.height(tile);
                    QVERIFY(height >= 1 && height <= kernels::kMaximumTile);
                    QVERIFY(height + 1 >= tiling.height(0) && height <= tiling.height(0) + 1);
                    rows += height;
                }
                QCOMPARE(rows, count);
            }
    }

    // One panel of dZ = dA ⊙ slope, in place and as a panel.
    void slopes()
    {
        constexpr std::size_t kRows = 5;
        const std::size_t width = kernels::panelWidth();
        const std::size_t stride = width + 3;
        std::vector<float> values(kRows * stride, 2.0F);
        std::vector<float> slope(kRows * stride);
        for (std::size_t i = 0; i < slope.size(); ++i)
            slope[i] = static_cast<float>(i);
        AlignedBuffer panel(kRows * width);
        kernels::multiplySlope(values.data(), slope.data(), stride, kRows, panel.data());
        for (std::size_t row = 0; row < kRows; ++row) {
            for (std::size_t i = 0; i < width; ++i) {
                QCOMPARE(values[row * stride + i], 2.0F * slope[row * stride + i]);
                QCOMPARE(panel.data()[row * width + i], values[row * stride + i]);
            }
            QCOMPARE(values[row * stride + width], 2.0F);
        }
    }

    void update_data() { shapes(); }
    void update()
    {
        QFETCH(int, rows);
        QFETCH(int, depth);
        QFETCH(int, cols);
        const auto batch = static_cast<std::size_t>(rows);
        const auto k = static_cast<std::size_t>(depth);
        const auto n = static_cast<std::size_t>(cols);
        const Matrix<float> a = randomMatrix(batch, k, 4);
        const Matrix<float> d = randomMatrix(batch, n, 5);
        const Matrix<float> before = randomMatrix(k, n, 6);
        PanelMatrix w(k, n);
        w.assign(before);
        PanelMatrix dPanels(batch, n);
        dPanels.assign(d);
        AlignedBuffer packed(batch * k);
        // In two parts, as two threads would.
        const kernels::Tiling columns(k);
        const std::size_t half = batch / 2;
        kernels::packColumns(rowsFrom(a, 0, half).data(), 0, half, batch, columns, packed.data());
        kernels::packColumns(rowsFrom(a, half, batch - half).data(), half, batch - half, batch,
            columns, packed.data());
        AlignedBuffer bias(w.paddedCols());
        for (std::size_t p = 0; p < w.panels(); ++p) {
            kernels::updatePanel(
                packed.data(), batch, columns, dPanels.panel(p), -0.5F, w.panel(p));
            kernels::updateBias(
                dPanels.panel(p), batch, -0.5F, bias.data() + p * kernels::panelWidth());
        }
        const Matrix<double> expected
            = before.cast<double>() - 0.5 * a.cast<double>().transpose() * d.cast<double>();
        QVERIFY((w.toMatrix().cast<double>() - expected).cwiseAbs().maxCoeff() < tolerance(batch));
        for (std::size_t p = 0; p < w.panels(); ++p)
            kernels::gradientPanel(packed.data(), batch, columns, dPanels.panel(p), w.panel(p));
        const Matrix<double> gradient = a.cast<double>().transpose() * d.cast<double>();
        QVERIFY((w.toMatrix().cast<double>() - gradient).cwiseAbs().maxCoeff() < tolerance(batch));
        for (std::size_t j = 0; j < n; ++j)
            QVERIFY(std::abs(bias.data()[j]
                        + 0.5 * d.col(static_cast<Eigen::Index>(j)).cast<double>().sum())
                < tolerance(batch));
    }

    void activations_data()
    {
        QTest::addColumn<int>("activation");
        QTest::newRow("gelu") << int(Activation::GeluTanh);
        QTest::newRow("gelu-exact") << int(Activation::GeluExact);
        QTest::newRow("relu") << int(Activation::Relu);
    }
    void activations()
    {
        QFETCH(int, activation);
        const auto kind = static_cast<Activation>(activation);
        constexpr std::size_t kCount = 1 << 14;
        AlignedBuffer z(kCount);
        AlignedBuffer slope(kCount);
        std::vector<double> at(kCount);
        for (std::size_t i = 0; i < kCount; ++i) {
            z.data()[i] = -30.0F + 60.0F * static_cast<float>(i) / (kCount - 1);
            at[i] = static_cast<double>(z.data()[i]);
        }
        (kind == Activation::GeluTanh           ? kernels::geluTanh
                : kind == Activation::GeluExact ? kernels::geluExact
                                                : kernels::relu)(z.data(), slope.data(),
            kernels::panelWidth(), kCount / kernels::panelWidth());
        for (std::size_t i = 0; i < kCount; ++i) {
            // Absolute 1e-6 near zero, float rounding of the value itself further out.
            const double allowed = 1e-6 + 1.2e-7 * std::abs(at[i]);
            QVERIFY(std::abs(z.data()[i] - activate(kind, at[i])) < allowed);
            QVERIFY(std::abs(slope.data()[i] - activationDerivative(kind, at[i])) < 3e-6);
        }
    }
};

QTEST_GUILESS_MAIN(TestPanelKernels)
#include "tst_panel_kernels.moc"

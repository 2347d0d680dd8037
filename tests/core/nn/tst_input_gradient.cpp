#include "core/nn/input_gradient.h"

#include "core/base/random.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::nn;

namespace {

Matrix<double> randomMatrix(Eigen::Index rows, Eigen::Index cols, std::uint64_t seed)
{
    base::RandomStream stream(seed);
    Matrix<double> result(rows, cols);
    for (auto& value : result.reshaped())
        value = stream.normal();
    return result;
}

/// Any quantity of the logits: Σ over both heads of a·z + z²/2, whose gradient is a + z.
double quantity(const ForwardState<double>& state, Eigen::Index row)
{
    double sum = 0.0;
    for (const Matrix<double>* logits : { &state.scLogits, &state.lcLogits })
        for (Eigen::Index i = 0; i < logits->cols(); ++i) {
            const double z = (*logits)(row, i);
            sum += 0.3 * static_cast<double>(i) * z + 0.5 * z * z;
        }
    return sum;
}

Matrix<double> slopes(const Matrix<double>& logits)
{
    Matrix<double> result = logits;
    for (Eigen::Index i = 0; i < logits.cols(); ++i)
        result.col(i).array() += 0.3 * static_cast<double>(i);
    return result;
}

} // namespace

class TestInputGradient : public QObject {
    Q_OBJECT
private slots:
    void everyPixelAgainstDifferences_data()
    {
        QTest::addColumn<int>("activation");
        QTest::addColumn<bool>("dropout");
        QTest::newRow("gelu") << int(Activation::GeluTanh) << false;
        QTest::newRow("gelu-exact") << int(Activation::GeluExact) << false;
        QTest::newRow("relu") << int(Activation::Relu) << false;
        QTest::newRow("dropout") << int(Activation::GeluTanh) << true;
    }
    // Every input of a 6–5–4–(4|3) network against central differences; rows of the batch do not
    // mix.
    void everyPixelAgainstDifferences()
    {
        QFETCH(int, activation);
        QFETCH(bool, dropout);
        const NetworkSpec spec { 6, { 5, 4 }, static_cast<Activation>(activation), 4, 3 };
        auto parameters = zeroParameters<double>(spec);
        std::uint64_t seed = 5;
        parameters.forEach([&](DenseParameters<double>& layer) {
            layer.weights = 0.6 * randomMatrix(layer.weights.rows(), layer.weights.cols(), ++seed);
            layer.biases = 0.1 * randomMatrix(1, layer.biases.cols(), ++seed);
        });
        std::vector<Matrix<double>> scales;
        if (dropout)
            for (const int width : spec.hidden)
                scales.push_back(
                    (randomMatrix(3, width, ++seed).array() > 0.0).cast<double>() * 2.0);
        Matrix<double> input = randomMatrix(3, 6, 40);
        const auto at = [&] { return forward(spec, parameters, Matrix<double>(input), scales); };
        const auto state = at();
        const Matrix<double> gradient = backwardToInput(
            spec, parameters, state, slopes(state.scLogits), slopes(state.lcLogits));
        QCOMPARE(gradient.rows(), Eigen::Index { 3 });
        QCOMPARE(gradient.cols(), Eigen::Index { 6 });
        QVERIFY(gradient.cwiseAbs().maxCoeff() > 0.1);
        constexpr double kStep = 1e-5;
        for (Eigen::Index row = 0; row < input.rows(); ++row)
            for (Eigen::Index pixel = 0; pixel < input.cols(); ++pixel) {
                const double old = input(row, pixel);
                input(row, pixel) = old + kStep;
                const double above = quantity(at(), row);
                input(row, pixel) = old - kStep;
                const double below = quantity(at(), row);
                input(row, pixel) = old;
                const double expected = (above - below) / (2.0 * kStep);
                QVERIFY2(std::abs(gradient(row, pixel) - expected) < 1e-7,
                    qPrintable(QString("row %1, pixel %2").arg(row).arg(pixel)));
            }
    }

    // A network whose numbers can be followed by hand: z = 2·relu(3x₀ − x₁ + 1) at x = (1, 2) has
    // the slopes (6, −2), and none where the unit is off.
    void byHand()
    {
        const NetworkSpec spec { 2, { 1 }, Activation::Relu, 2, 2 };
        auto parameters = zeroParameters<double>(spec);
        parameters.hidden[0].weights << 3.0, -1.0;
        parameters.hidden[0].biases << 1.0;
        parameters.sc.weights << 2.0, 0.0;
        Matrix<double> input(2, 2);
        input << 1.0, 2.0, -1.0, 2.0;
        Matrix<double> dSc = Matrix<double>::Zero(2, 2);
        dSc.col(0).setOnes();
        const auto state = forward(spec, parameters, input);
        const Matrix<double> gradient = backwardToInput(
            spec, parameters, state, dSc, Matrix<double>(Matrix<double>::Zero(2, 2)));
        QCOMPARE(state.scLogits(0, 0), 4.0);
        QCOMPARE(gradient(0, 0), 6.0);
        QCOMPARE(gradient(0, 1), -2.0);
        QCOMPARE(gradient(1, 0), 0.0);
        QCOMPARE(gradient(1, 1), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestInputGradient)
#include "tst_input_gradient.moc"

#include "core/base/random.h"
#include "core/nn/layers.h"

#include <QTest>

#include <array>

using namespace maury;
using namespace maury::nn;

namespace {

Matrix<double> randomMatrix(int rows, int cols, std::uint64_t seed)
{
    base::RandomStream stream(seed);
    Matrix<double> result(rows, cols);
    for (auto& value : result.reshaped())
        value = stream.normal();
    return result;
}

// Central difference of a scalar function with respect to one number.
template <typename Function> double slopeOf(double& number, const Function& function)
{
    constexpr double kStep = 1e-5;
    const double old = number;
    number = old + kStep;
    const double above = function();
    number = old - kStep;
    const double below = function();
    number = old;
    return (above - below) / (2.0 * kStep);
}

void compareClose(double actual, double expected)
{
    // Central differences in double at step 1e-5 are good to about 1e-9 of numbers of order one.
    QVERIFY2(std::abs(actual - expected) < 1e-7 * (1.0 + std::abs(expected)),
        qPrintable(QString("%1 against %2").arg(actual, 0, 'g', 12).arg(expected, 0, 'g', 12)));
}

} // namespace

class TestLayers : public QObject {
    Q_OBJECT
private slots:
    void denseByHand()
    {
        Matrix<double> input(1, 2);
        input << 1.0, 2.0;
        DenseParameters<double> layer { Matrix<double>(2, 2), RowVector<double>(2) };
        layer.weights << 1.0, -1.0, 0.5, 3.0;
        layer.biases << 10.0, 20.0;
        const Matrix<double> output = denseForward(input, layer);
        QCOMPARE(output(0, 0), 12.0); // 1·1 + 2·0.5 + 10
        QCOMPARE(output(0, 1), 25.0); // −1·1 + 2·3 + 20
    }

    // Φ(1) = 0.8413447461 (tables of the normal distribution); the tanh form differs by less than
    // 5e-4.
    void geluKnownValues()
    {
        QVERIFY(std::abs(geluExact(1.0) - 0.8413447461) < 1e-10);
        QVERIFY(std::abs(geluTanh(1.0) - 0.8411919906) < 1e-9);
        QCOMPARE(geluExact(0.0), 0.0);
        QVERIFY(std::abs(geluTanh(-10.0)) < 1e-12);
        QCOMPARE(activate(Activation::Relu, -2.0), 0.0);
        QCOMPARE(activate(Activation::Relu, 2.0), 2.0);
    }

    void softmaxByHandAndWithoutOverflow()
    {
        Matrix<double> logits(2, 3);
        logits << 0.0, std::log(2.0), std::log(5.0), 1000.0, 1001.0, 990.0;
        const Matrix<double> p = softmax(logits);
        QVERIFY(std::abs(p(0, 0) - 0.125) < 1e-15);
        QVERIFY(std::abs(p(0, 1) - 0.25) < 1e-15);
        QVERIFY(std::abs(p.row(1).sum() - 1.0) < 1e-15);
        const std::array<std::uint16_t, 2> labels { 0, 2 };
        // −ln 0.125 = 2.0794…; second row: ln(e^10 + e^11 + 1) = 11.3132…
        const double expected
            = 0.5 * (std::log(8.0) + std::log(std::exp(10.0) + std::exp(11.0) + 1.0));
        QVERIFY(std::abs(crossEntropy(logits, labels) - expected) < 1e-12);
    }

    void denseGradients()
    {
        Matrix<double> input = randomMatrix(4, 3, 1);
        DenseParameters<double> layer { randomMatrix(3, 5, 2), randomMatrix(1, 5, 3).row(0) };
        const Matrix<double> weight = randomMatrix(4, 5, 4);
        const auto loss = [&] { return denseForward(input, layer).cwiseProduct(weight).sum(); };
        DenseParameters<double> gradient;
        denseBackwardParameters(input, weight, gradient);
        const Matrix<double> dInput = denseBackwardInput(weight, layer);
        for (Eigen::Index i = 0; i < layer.weights.size(); ++i)
            compareClose(gradient.weights.data()[i], slopeOf(layer.weights.data()[i], loss));
        for (Eigen::Index i = 0; i < layer.biases.size(); ++i)
            compareClose(gradient.biases.data()[i], slopeOf(layer.biases.data()[i], loss));
        for (Eigen::Index i = 0; i < input.size(); ++i)
            compareClose(dInput.data()[i], slopeOf(input.data()[i], loss));
    }

    void activationGradients_data()
    {
        QTest::addColumn<int>("activation");
        QTest::newRow("gelu") << int(Activation::GeluTanh);
        QTest::newRow("gelu-exact") << int(Activation::GeluExact);
        QTest::newRow("relu") << int(Activation::Relu);
    }
    void activationGradients()
    {
        QFETCH(int, activation);
        const auto kind = static_cast<Activation>(activation);
        Matrix<double> z = 2.0 * randomMatrix(6, 7, 5);
        const Matrix<double> weight = randomMatrix(6, 7, 6);
        const auto loss = [&] { return activationForward(kind, z).cwiseProduct(weight).sum(); };
        const Matrix<double> dZ = activationBackward(kind, z, weight);
        for (Eigen::Index i = 0; i < z.size(); ++i)
            compareClose(dZ.data()[i], slopeOf(z.data()[i], loss));
    }

    void crossEntropyGradient()
    {
        Matrix<double> logits = randomMatrix(5, 4, 7);
        const std::array<std::uint16_t, 5> labels { 0, 3, 1, 2, 3 };
        constexpr double kWeight = 0.7;
        const auto loss = [&] { return kWeight * crossEntropy(logits, labels); };
        const Matrix<double> d = softmaxCrossEntropyBackward(softmax(logits), labels, kWeight);
        for (Eigen::Index i = 0; i < logits.size(); ++i)
            compareClose(d.data()[i], slopeOf(logits.data()[i], loss));
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"

#include "core/base/random.h"
#include "core/nn/dropout.h"
#include "core/nn/network.h"
#include "core/nn/optimizer.h"

#include <QTest>

#include <array>

using namespace maury;
using namespace maury::nn;

namespace {

NetworkParameters<double> randomParameters(const NetworkSpec& spec)
{
    auto parameters = zeroParameters<double>(spec);
    base::RandomStream stream(3);
    parameters.forEach([&](DenseParameters<double>& layer) {
        for (auto& value : layer.weights.reshaped())
            value = 0.5 * stream.normal();
        for (auto& value : layer.biases)
            value = 0.1 * stream.normal();
    });
    return parameters;
}

/// Every number of a gradient against central differences of `lossOf`, which reads `parameters`.
template <typename Loss>
void compareWithDifferences(const NetworkSpec& spec, NetworkParameters<double>& parameters,
    NetworkParameters<double> gradient, const Loss& lossOf)
{
    std::vector<double*> numbers;
    std::vector<double> slopes;
    parameters.forEach([&](DenseParameters<double>& layer) {
        for (Eigen::Index i = 0; i < layer.weights.size(); ++i)
            numbers.push_back(layer.weights.data() + i);
        for (Eigen::Index i = 0; i < layer.biases.size(); ++i)
            numbers.push_back(layer.biases.data() + i);
    });
    gradient.forEach([&](DenseParameters<double>& layer) {
        slopes.insert(
            slopes.end(), layer.weights.data(), layer.weights.data() + layer.weights.size());
        slopes.insert(slopes.end(), layer.biases.data(), layer.biases.data() + layer.biases.size());
    });
    QCOMPARE(static_cast<std::int64_t>(numbers.size()), spec.parameterCount());
    constexpr double kStep = 1e-5;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double old = *numbers[i];
        *numbers[i] = old + kStep;
        const double above = lossOf();
        *numbers[i] = old - kStep;
        const double below = lossOf();
        *numbers[i] = old;
        const double expected = (above - below) / (2.0 * kStep);
        QVERIFY2(std::abs(slopes[i] - expected) < 1e-8, qPrintable(QString("number %1").arg(i)));
    }
}

} // namespace

class TestNetwork : public QObject {
    Q_OBJECT
private slots:
    void wholeNetworkGradient_data()
    {
        QTest::addColumn<int>("activation");
        QTest::newRow("gelu") << int(Activation::GeluTanh);
        QTest::newRow("gelu-exact") << int(Activation::GeluExact);
        QTest::newRow("relu") << int(Activation::Relu);
    }
    // Every parameter of a 6–5–4–(4|3) network against central differences of the weighted
    // two-headed loss.
    void wholeNetworkGradient()
    {
        QFETCH(int, activation);
        const NetworkSpec spec { 6, { 5, 4 }, static_cast<Activation>(activation), 4, 3 };
        auto parameters = randomParameters(spec);
        base::RandomStream stream(4);
        Matrix<double> input(7, 6);
        for (auto& value : input.reshaped())
            value = stream.normal();
        const std::array<std::uint16_t, 7> sc { 0, 1, 2, 3, 3, 1, 0 };
        const std::array<std::uint16_t, 7> lc { 2, 1, 0, 0, 2, 1, 1 };
        const HeadTargets targets { sc, lc, 2.0, 1.0 };
        auto gradient
            = backward(spec, parameters, forward(spec, parameters, Matrix<double>(input)), targets);

        compareWithDifferences(spec, parameters, std::move(gradient),
            [&] { return loss(forward(spec, parameters, Matrix<double>(input)), targets); });
    }

    // The same with soft targets and dropout: the units that are silent give nothing and get
    // nothing.
    void softTargetsAndDropoutGradient()
    {
        const NetworkSpec spec { 6, { 8, 5 }, Activation::GeluTanh, 5, 4 };
        auto parameters = randomParameters(spec);
        base::RandomStream stream(9);
        Matrix<double> input(7, 6);
        for (auto& value : input.reshaped())
            value = stream.normal();
        SoftTargets<double> targets { Matrix<double>(7, 5), Matrix<double>(7, 4), 1.0, 1.5 };
        for (Matrix<double>* target : { &targets.sc, &targets.lc })
            for (Eigen::Index row = 0; row < 7; ++row) {
                for (auto& value : target->row(row))
                    value = stream.uniform();
                target->row(row) /= target->row(row).sum();
            }
        const Dropout dropout { 0.4, 11, 3 };
        std::vector<Matrix<double>> scales;
        for (const int width : spec.hidden) {
            Matrix<float> drawn(7, width);
            for (Eigen::Index row = 0; row < 7; ++row)
                dropoutScales(dropout, static_cast<int>(scales.size()),
                    static_cast<std::size_t>(row),
                    { drawn.row(row).data(), static_cast<std::size_t>(width) });
            scales.push_back(drawn.cast<double>());
        }
        QVERIFY((scales[0].array() == 0.0).any() && (scales[0].array() > 1.0).any());
        const auto state = [&] { return forward(spec, parameters, Matrix<double>(input), scales); };
        compareWithDifferences(spec, parameters, backward(spec, parameters, state(), targets),
            [&] { return loss(state(), targets); });
    }

    // Two classes with logits 0 and ln 3 (p = 1/4, 3/4) and target 0.5, 0.5: loss = ln 4 − ½ ln 3,
    // dZ = (−1/4, 1/4).
    void softCrossEntropyByHand()
    {
        const Matrix<double> logits { { 0.0, std::log(3.0) } };
        const Matrix<double> target { { 0.5, 0.5 } };
        QVERIFY(
            std::abs(crossEntropy(logits, target) - (std::log(4.0) - 0.5 * std::log(3.0))) < 1e-15);
        const auto dZ = softmaxCrossEntropyBackward(softmax(logits), target, 1.0);
        QVERIFY(std::abs(dZ(0, 0) + 0.25) < 1e-15 && std::abs(dZ(0, 1) - 0.25) < 1e-15);
    }

    // 0 or 1/(1 − rate), the right share of zeros (200,000 units: σ = 0.0009), the same again for
    // the same names and others for others.
    void dropoutIsAPureFunction()
    {
        const auto draw = [](std::uint64_t seed, std::int64_t step, int layer, std::size_t sample,
                              std::size_t units = 2000) {
            std::vector<float> scales(units);
            dropoutScales({ 0.2, seed, step }, layer, sample, scales);
            return scales;
        };
        std::int64_t zeros = 0;
        for (std::size_t sample = 0; sample < 100; ++sample)
            for (const float scale : draw(1, 1, 0, sample)) {
                QVERIFY(scale == 0.0F || scale == 1.25F);
                zeros += scale == 0.0F ? 1 : 0;
            }
        QVERIFY(std::abs(static_cast<double>(zeros) / 2e5 - 0.2) < 5.0 * 0.0009);
        const auto first = draw(1, 1, 0, 0);
        QVERIFY(first == draw(1, 1, 0, 0));
        for (const auto& other :
            { draw(2, 1, 0, 0), draw(1, 2, 0, 0), draw(1, 1, 1, 0), draw(1, 1, 0, 1) })
            QVERIFY(first != other);
        const auto few = draw(1, 1, 0, 0, 130);
        QVERIFY(std::equal(few.begin(), few.end(), first.begin()));
        // Units beyond the first block are not those of the first once more.
        QVERIFY(!std::equal(first.begin(), first.begin() + 900, first.begin() + 1024));
    }

    /// 4 inputs – 3 – 2 – (2 | 3): 12, 6 and 10 weights.
    void operationsByHand()
    {
        const NetworkSpec spec { 4, { 3, 2 }, Activation::Relu, 2, 3 };
        QCOMPARE(spec.forwardOperations(), 2.0 * (12 + 6 + 10));
        // To the weights as many again; to the inputs too, except of the first layer.
        QCOMPARE(spec.trainingOperations(), 2.0 * (2 * (12 + 6 + 10) + 6 + 10));
    }

    void initialisations()
    {
        const NetworkSpec spec { 400, { 300, 50 }, Activation::GeluTanh, 30, 3 };
        const auto sigma = [](const Matrix<float>& weights) {
            return std::sqrt(
                weights.cast<double>().squaredNorm() / static_cast<double>(weights.size()));
        };
        const Parameters paper = initialParameters(spec, Initialisation::Paper, 1);
        QVERIFY(std::abs(sigma(paper.hidden[0].weights) - 0.1) < 0.001); // 120,000 draws: ±0.0002
        QVERIFY(std::abs(sigma(paper.hidden[1].weights) - 0.1) < 0.003);
        const Parameters he = initialParameters(spec, Initialisation::He, 1);
        QVERIFY(std::abs(sigma(he.hidden[0].weights) / std::sqrt(2.0 / 400.0) - 1.0) < 0.01);
        QCOMPARE(he.hidden[0].biases.norm(), 0.0F);
        QVERIFY(fits(he, spec));
        QCOMPARE(initialParameters(spec, Initialisation::He, 1).sc.weights, he.sc.weights);
        QVERIFY(initialParameters(spec, Initialisation::He, 2).sc.weights != he.sc.weights);
    }

    // Two AdamW steps on one number, computed by hand: g = 2, then 1; β₁ 0.9, β₂ 0.99, λ 0.1, decay
    // 0.5.
    void optimisersByHand()
    {
        double w = 1.0;
        double m = 0.0;
        double v = 0.0;
        double g = 2.0;
        adamwUpdate(&w, &g, &m, &v, 1, { 0.1, 0.9, 0.99, 0.5, 1 });
        QVERIFY(std::abs(w - (0.95 - 0.1)) < 1e-9); // first step moves by λ whatever g is
        g = 1.0;
        adamwUpdate(&w, &g, &m, &v, 1, { 0.1, 0.9, 0.99, 0.5, 2 });
        const double mHat = (0.9 * 0.2 + 0.1) / (1 - 0.81);
        const double vHat = (0.99 * 0.04 + 0.01) / (1 - 0.9801);
        QVERIFY(std::abs(w - (0.95 * 0.85 - 0.1 * mHat / std::sqrt(vHat))) < 1e-8);

        double x = 1.0;
        double velocity = 0.5;
        momentumUpdate(&x, &g, &velocity, 1, 0.1, 0.8);
        QVERIFY(std::abs(velocity - 1.4) < 1e-15);
        QVERIFY(std::abs(x - 0.86) < 1e-15);
        sgdUpdate(&x, &g, 1, 0.06);
        QVERIFY(std::abs(x - 0.8) < 1e-15);
    }

    void specsOutOfRangeAreRefused_data()
    {
        QTest::addColumn<QList<int>>("hidden");
        QTest::addColumn<int>("classes");
        QTest::newRow("no hidden layer") << QList<int> {} << 30;
        QTest::newRow("empty layer") << QList<int> { 64, 0 } << 30;
        QTest::newRow("giant layer") << QList<int> { 1 << 20 } << 30;
        QTest::newRow("one class") << QList<int> { 64 } << 1;
    }
    void specsOutOfRangeAreRefused()
    {
        QFETCH(QList<int>, hidden);
        QFETCH(int, classes);
        NetworkSpec spec;
        spec.hidden.assign(hidden.begin(), hidden.end());
        spec.scClasses = classes;
        const auto result = validate(spec);
        QVERIFY(!result);
        QCOMPARE(result.error().code, base::ErrorCode::OptionInvalid);
        QVERIFY(!result.error().expected.empty());
    }
};

QTEST_GUILESS_MAIN(TestNetwork)
#include "tst_network.moc"

#include "core/nn/network_probe.h"

#include "core/base/random.h"
#include "core/nn/first_layer.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace maury;
using namespace maury::nn;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::int64_t total(const Distribution& distribution)
{
    std::int64_t sum = 0;
    for (const auto count : distribution.bins)
        sum += count;
    return sum;
}

bool near(double a, double b, double tolerance = 1e-6)
{
    return std::abs(a - b) <= tolerance;
}

/// 2 – 3 – (2 | 2) with ReLU, small enough for pencil and paper.
const NetworkSpec kSmall { 2, { 3 }, Activation::Relu, 2, 2 };

Parameters smallParameters()
{
    auto parameters = zeroParameters<float>(kSmall);
    parameters.hidden[0].weights << 1, -1, 0, //
        2, 0, -3;
    parameters.hidden[0].biases << 0, 0, -1;
    parameters.sc.weights << 1, 0, //
        0, 1, //
        5, 5;
    parameters.lc.weights << 0, 2, //
        0, 0, //
        0, 0;
    return parameters;
}

} // namespace

class TestNetworkProbe : public QObject {
    Q_OBJECT
private slots:
    void percentilesByHand()
    {
        // Four numbers, bins of 1/64: 0 in the first bin, 1 in the last, two halves between.
        const std::vector<float> numbers { 0.0F, 0.5F, 0.5F, 1.0F };
        const Distribution spread = distributionOf(numbers);
        QCOMPARE(percentile(spread, 0.0), 0.0);
        QCOMPARE(percentile(spread, 1.0), 1.0);
        QVERIFY(near(percentile(spread, 0.5), 0.5 + 0.5 / 64.0)); // the middle of its bin
        QVERIFY(near(percentile(spread, 0.25), 1.0 / 64.0));
        QVERIFY(std::isnan(percentile(Distribution {}, 0.5)));
        QCOMPARE(percentile(distributionOf(std::vector<float>(7, 3.0F)), 0.3), 3.0);
    }

    void histogramByHand()
    {
        // Width of a bin 1: 64 bins from 0 to 64.
        const std::vector<float> numbers { 0.0F, 0.5F, 1.0F, 31.5F, 63.5F, 64.0F };
        const Distribution result = distributionOf(numbers);
        QCOMPARE(result.count, std::int64_t(6));
        QCOMPARE(result.notFinite, std::int64_t(0));
        QCOMPARE(result.smallest, 0.0);
        QCOMPARE(result.largest, 64.0);
        QCOMPARE(result.binWidth(), 1.0);
        QCOMPARE(result.bins.size(), std::size_t(kHistogramBins));
        QCOMPARE(result.bins[0], std::int64_t(2));
        QCOMPARE(result.bins[1], std::int64_t(1));
        QCOMPARE(result.bins[31], std::int64_t(1));
        QCOMPARE(result.bins[63], std::int64_t(2)); // the largest belongs to the last
        QCOMPARE(total(result), std::int64_t(6));
        QVERIFY(near(result.mean, 160.5 / 6.0));
        double squares = 0.0;
        for (const float number : numbers)
            squares += std::pow(static_cast<double>(number) - 160.5 / 6.0, 2);
        QVERIFY(near(result.deviation, std::sqrt(squares / 6.0)));
    }

    void whatIsNotFiniteIsCountedApart()
    {
        const Distribution result
            = distributionOf(std::vector<float> { kNan, 1.0F, kInfinity, 3.0F, -kInfinity });
        QCOMPARE(result.count, std::int64_t(2));
        QCOMPARE(result.notFinite, std::int64_t(3));
        QCOMPARE(result.mean, 2.0);
        QCOMPARE(result.deviation, 1.0);
        QCOMPARE(result.smallest, 1.0);
        QCOMPARE(result.largest, 3.0);
        QCOMPARE(total(result), std::int64_t(2));

        const Distribution none = distributionOf(std::vector<float> { kNan, kInfinity });
        QVERIFY(none.isEmpty());
        QVERIFY(none.bins.empty());
        QCOMPARE(none.notFinite, std::int64_t(2));
        QVERIFY(distributionOf({}).isEmpty());
    }

    // A large mean must not swallow a small spread, and equal numbers have none at all.
    void spreadBesideALargeMean()
    {
        std::vector<float> numbers(5000, 1000.0F);
        const Distribution equal = distributionOf(numbers);
        QCOMPARE(equal.deviation, 0.0);
        QCOMPARE(equal.bins[0], std::int64_t(5000));
        for (std::size_t i = 0; i < numbers.size(); i += 2)
            numbers[i] = 1000.0F + 1.0F / 1024.0F;
        const Distribution result = distributionOf(numbers);
        QVERIFY(near(result.deviation, 0.5 / 1024.0, 1e-12));
        QVERIFY(near(result.mean, 1000.0 + 0.5 / 1024.0, 1e-9));
        QCOMPARE(result.bins.front() + result.bins.back(), std::int64_t(5000));
    }

    // Every count, moment and extreme of many numbers against the plain definition.
    void manyNumbers()
    {
        base::RandomStream stream(7);
        std::vector<float> numbers(10'007);
        for (auto& number : numbers)
            number = static_cast<float>(3.0 + 2.0 * stream.normal());
        numbers[5003] = kNan;
        const Distribution result = distributionOf(numbers);
        double mean = 0.0;
        for (const float number : numbers)
            mean += std::isfinite(number) ? static_cast<double>(number) / 10'006.0 : 0.0;
        double squares = 0.0;
        std::vector<std::int64_t> bins(kHistogramBins);
        for (const float number : numbers) {
            if (!std::isfinite(number))
                continue;
            squares += std::pow(static_cast<double>(number) - mean, 2) / 10'006.0;
            const double place
                = (static_cast<double>(number) - result.smallest) / result.binWidth();
            ++bins[static_cast<std::size_t>(std::min(place, kHistogramBins - 0.5))];
        }
        QVERIFY(near(result.mean, mean, 1e-9));
        QVERIFY(near(result.deviation, std::sqrt(squares), 1e-9));
        std::int64_t moved = 0; // a number on an edge may be rounded to either side
        for (std::size_t bin = 0; bin < bins.size(); ++bin)
            moved += std::abs(bins[bin] - result.bins[bin]);
        QVERIFY(moved <= 4);
        QCOMPARE(total(result), std::int64_t(10'006));
    }

    // Samples (1, 1) and (2, 0): Z = (3, −1, −4), (2, −2, −1); only unit 1 ever speaks. Logits SC
    // (3, 0), (2, 0), LC (0, 6), (0, 4).
    void smallNetworkByHand()
    {
        ProbeBatch batch;
        batch.input.resize(2, 2);
        batch.input << 1, 1, //
            2, 0;
        batch.sc = { 0, 0 };
        batch.lc = { 1, 0 };
        batch.weightSc = 3.0;
        batch.weightLc = 1.0;
        const NetworkProbe probe = probeNetwork(kSmall, smallParameters(), batch);
        QCOMPARE(probe.samples, 2);
        QCOMPARE(probe.layers.size(), std::size_t(3));
        const LayerProbe& hidden = probe.layers[0];
        QCOMPARE(hidden.kind, LayerProbe::Kind::Hidden);
        QCOMPARE(hidden.number, 1);
        QCOMPARE(hidden.fanIn, 2);
        QCOMPARE(hidden.fanOut, 3);
        QCOMPARE(hidden.parameterCount(), std::int64_t(9));
        QCOMPARE(hidden.weights.count, std::int64_t(6));
        QVERIFY(near(hidden.weights.mean, -1.0 / 6.0));
        QCOMPARE(hidden.weights.smallest, -3.0);
        QVERIFY(near(hidden.biases.mean, -1.0 / 3.0));
        QCOMPARE(hidden.sums.count, std::int64_t(6));
        QVERIFY(near(hidden.sums.mean, (3 - 1 - 4 + 2 - 2 - 1) / 6.0));
        QCOMPARE(hidden.sums.smallest, -4.0);
        QCOMPARE(hidden.sums.largest, 3.0);
        QVERIFY(near(hidden.outputs.mean, 5.0 / 6.0));
        QCOMPARE(hidden.silentUnits, 2);
        const LayerProbe& sc = probe.layers[1];
        QCOMPARE(sc.kind, LayerProbe::Kind::SpectralHead);
        QCOMPARE(sc.sums.largest, 3.0);
        QVERIFY(near(sc.outputs.mean, 0.5)); // probabilities of two classes
        QVERIFY(near(sc.outputs.largest, 1.0 / (1.0 + std::exp(-3.0))));
        QCOMPARE(sc.silentUnits, 0);
        const auto minusLog = [](double margin) { return std::log1p(std::exp(-margin)); };
        const double lossSc = (minusLog(3) + minusLog(2)) / 2;
        const double lossLc = (minusLog(6) + minusLog(-4)) / 2;
        QVERIFY(near(probe.loss, (3 * lossSc + lossLc) / 4));
        // dLoss/dW of SC: ¾ · mean over samples of A₁ (p − one-hot); the other units are 0.
        const double slope
            = 0.75 / 2 * (3 * -1 / (1 + std::exp(3.0)) + 2 * -1 / (1 + std::exp(2.0)));
        QVERIFY(near(sc.gradients.smallest, slope));
        QVERIFY(near(sc.gradients.largest, -slope));
        QCOMPARE(sc.gradients.count, std::int64_t(6));
    }

    void withoutSamplesOnlyTheParameters()
    {
        const NetworkProbe probe = probeNetwork(kSmall, smallParameters(), {});
        QCOMPARE(probe.samples, 0);
        QVERIFY(std::isnan(probe.loss));
        for (const LayerProbe& layer : probe.layers) {
            QVERIFY(!layer.weights.isEmpty());
            QVERIFY(layer.sums.isEmpty());
            QVERIFY(layer.outputs.isEmpty());
            QVERIFY(layer.gradients.isEmpty());
            QCOMPARE(layer.silentUnits, 0);
        }
    }

    // GELU never is exactly 0: f(−4) = −0.00007 and f(−5) are silence, f(−1) = −0.159 is not.
    void fadedGeluUnitsAreSilent()
    {
        NetworkSpec spec = kSmall;
        spec.activation = Activation::GeluTanh;
        auto parameters = smallParameters();
        parameters.hidden[0].weights.setZero();
        parameters.hidden[0].biases << -4, -1, -5;
        ProbeBatch batch { Matrix<float>::Ones(4, 2), { 0, 1, 0, 1 }, { 0, 0, 1, 1 }, {}, {} };
        QCOMPARE(probeNetwork(spec, parameters, batch).layers[0].silentUnits, 2);
    }

    // A run that diverged is shown, not hidden: NaN is counted and is no silence.
    void brokenNetworks()
    {
        NetworkSpec spec = kSmall;
        spec.activation = Activation::GeluTanh;
        auto parameters = smallParameters();
        parameters.hidden[0].weights(0, 0) = kNan;
        ProbeBatch batch { Matrix<float>::Ones(1, 2), { 0 }, { 0 }, {}, {} };
        const NetworkProbe probe = probeNetwork(spec, parameters, batch);
        QCOMPARE(probe.layers[0].weights.notFinite, std::int64_t(1));
        QCOMPARE(probe.layers[0].sums.notFinite, std::int64_t(1));
        QCOMPARE(probe.layers[0].outputs.notFinite, std::int64_t(1));
        QVERIFY(std::isnan(probe.loss));
        QCOMPARE(firstLayerOf(parameters).order.back(), 0);
    }

    // 2 – 2 – 2 – (2 | 2). Path weights W₂·W_head by hand, less their mean over the classes.
    void pathWeightsByHand()
    {
        const NetworkSpec spec { 2, { 2, 2 }, Activation::GeluTanh, 2, 2 };
        auto parameters = zeroParameters<float>(spec);
        parameters.hidden[0].weights << 3, 0, //
            4, 2;
        parameters.hidden[1].weights << 1, 2, //
            0, -10;
        parameters.sc.weights << 1, 3, //
            0, 1;
        parameters.lc.weights << 2, 2, // the same for all classes: drives none
            7, 7;
        const FirstLayer layer = firstLayerOf(parameters);
        QCOMPARE(layer.units(), 2);
        // Unit 1: 1·(1, 3) + 2·(0, 1) = (1, 5) → (−2, 2). Unit 2: −10·(0, 1) = (0, −10) → (5, −5).
        QCOMPARE(layer.pathSc(0, 0), -2.0F);
        QCOMPARE(layer.pathSc(0, 1), 2.0F);
        QCOMPARE(layer.pathSc(1, 0), 5.0F);
        QCOMPARE(layer.pathSc(1, 1), -5.0F);
        QCOMPARE(layer.pathLc, Matrix<float>(Matrix<float>::Zero(2, 2)));
        QVERIFY(near(layer.influence[0], 5.0 * std::sqrt(8.0), 1e-5)); // ‖(3, 4)‖ ‖(−2, 2)‖
        QVERIFY(near(layer.influence[1], 2.0 * std::sqrt(50.0), 1e-5));
        QCOMPARE(layer.order, (std::vector<int> { 0, 1 }));
        QCOMPARE(layer.weights(1, 1), 2.0F);
    }

    void strongestClassesBySign()
    {
        Matrix<float> path(1, 5);
        path << 0.5F, -2.0F, 3.0F, 0.0F, -0.1F;
        QCOMPARE(strongestClasses(path, 0, true, 3), (std::vector<int> { 2, 0 }));
        QCOMPARE(strongestClasses(path, 0, false, 1), (std::vector<int> { 1 }));
        QCOMPARE(strongestClasses(path, 0, false, 9), (std::vector<int> { 1, 4 }));
    }
};

QTEST_GUILESS_MAIN(TestNetworkProbe)
#include "tst_network_probe.moc"

// Every kernel against the readable code of core/nn, on a device that is emulated: in one thread,
// and in several that must meet where the kernel says so.

#include "tests/gpu/device_numbers.h"
#include "tests/gpu/emulated_device.h"

#include "core/nn/dropout.h"
#include "core/nn/layers.h"
#include "core/nn/optimizer.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::gpu;
using test::difference;
using test::Numbers;
using test::randomMatrix;
using test::valuesOf;

namespace {

constexpr int kRows = 5;
constexpr int kWidth = 72; ///< more than a tile, and no whole number of them

} // namespace

class TestDeviceKernels : public QObject {
    Q_OBJECT

    test::Emulation m_emulation;
    std::unique_ptr<Device> m_device;

    void launch(const Kernel& kernel)
    {
        QVERIFY(m_device->launch(kernel, Stream::Main));
        QVERIFY(m_device->synchronize());
    }

    /// The numbers of three steps after seven; the first has a rate of 0.02.
    Numbers<StepNumbers> steps(double dropout)
    {
        const Numbers<StepControl> control(
            *m_device, { { 2.0, 1.0, dropout, 99, 7, 0.9, 0.99, 0.01 } });
        const Numbers<double> rates(*m_device, { 0.02, 0.03, 0.04 });
        Numbers<StepNumbers> numbers(*m_device, 3);
        launch(PrepareSteps { control.data(), rates.data(), numbers.data(), 3, 20 });
        return numbers;
    }

    nn::Matrix<float> scales(double rate, int layer)
    {
        nn::Matrix<float> all(kRows, kWidth);
        for (int row = 0; row < kRows; ++row)
            nn::dropoutScales({ rate, 99, 8 }, layer, static_cast<std::size_t>(row),
                { all.row(row).data(), kWidth });
        return all;
    }

private slots:
    void init()
    {
        m_emulation = {};
        m_device = test::emulateDevice(m_emulation);
    }
    void cleanup()
    {
        m_device.reset();
        QCOMPARE(m_emulation.inUse, std::size_t { 0 });
    }

    void kernels_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("three threads") << 3;
    }
    void kernels()
    {
        QFETCH(int, threads);
        m_emulation.threads = threads;
        stepNumbers();
        gather();
        activations();
        biases();
        optimizers();
        heads(false);
        heads(true);
        sums();
        scores();
    }

private:
    void stepNumbers()
    {
        const auto numbers = steps(0.25);
        for (std::size_t at = 0; at < 3; ++at) {
            const double step = 8.0 + static_cast<double>(at);
            const double rate = 0.02 + 0.01 * static_cast<double>(at);
            QCOMPARE(numbers[at].descent[0], -static_cast<float>(rate));
            QCOMPARE(numbers[at].descent[1], 1.0F);
            QVERIFY(std::abs(numbers[at].gradientSc - 2.0F / 60.0F) < 1e-8F);
            QVERIFY(std::abs(numbers[at].gradientLc - 1.0F / 60.0F) < 1e-8F);
            QVERIFY(std::abs(static_cast<double>(numbers[at].adamRate)
                        - rate / (1.0 - std::pow(0.9, step)))
                < 1e-7);
            QVERIFY(std::abs(static_cast<double>(numbers[at].adamScale)
                        - 1.0 / std::sqrt(1.0 - std::pow(0.99, step)))
                < 1e-5);
            QCOMPARE(numbers[at].keepWeight, static_cast<float>(1.0 - rate * 0.01));
            QCOMPARE(numbers[at].silentBelow, 1U << 30U);
            QCOMPARE(numbers[at].dropoutKey,
                base::RandomStream(99).split(static_cast<std::uint64_t>(step)).key());
        }
    }

    void gather()
    {
        const auto samples = randomMatrix(9, 16, 1);
        const Numbers<float> from(*m_device, valuesOf(samples));
        const Numbers<std::uint32_t> rows(*m_device, { 8, 0, 3, 3, 5 });
        const Numbers<float> to(*m_device, 5 * 16);
        launch(Gather { from.data(), rows.data(), to.data(), 5, 16 });
        for (int i = 0; i < 5; ++i)
            QCOMPARE(difference(to.matrix(5, 16).row(i),
                         samples.row(static_cast<Eigen::Index>(rows[static_cast<std::size_t>(i)]))),
                0.0);
    }

    // Also that the dropout silences the very units that it silences everywhere else.
    void activations()
    {
        const auto z = randomMatrix(kRows, kWidth, 1);
        const auto bias = randomMatrix(1, kWidth, 2);
        const auto dA = randomMatrix(kRows, kWidth, 3);
        nn::Matrix<float> sums = z;
        sums.rowwise() += bias.row(0);
        const auto numbers = steps(0.3);
        const Numbers<float> biases(*m_device, valuesOf(bias));
        for (const auto activation :
            { nn::Activation::GeluTanh, nn::Activation::GeluExact, nn::Activation::Relu })
            for (const bool dropout : { false, true }) {
                const Numbers<float> deviceZ(*m_device, valuesOf(z));
                const Numbers<float> a(*m_device, kRows * kWidth);
                const Numbers<float> dz(*m_device, valuesOf(dA));
                const StepNumbers* step = dropout ? numbers.data() : nullptr;
                const LayerUnits units { step, kRows, kWidth, 1 };
                launch(Activate { deviceZ.data(), biases.data(), a.data(), units, activation });
                const nn::Matrix<float> factors
                    = dropout ? scales(0.3, 1) : nn::Matrix<float>::Ones(kRows, kWidth);
                const nn::Matrix<float> expected
                    = nn::activationForward(activation, sums).cwiseProduct(factors);
                QCOMPARE(difference(deviceZ.matrix(kRows, kWidth), sums), 0.0);
                QVERIFY(difference(a.matrix(kRows, kWidth), expected) < 1e-6);
                launch(ActivateBackward { dz.data(), deviceZ.data(), units, activation });
                const nn::Matrix<float> gradient = nn::activationBackward(
                    activation, sums, nn::Matrix<float>(dA.cwiseProduct(factors)));
                QVERIFY(difference(dz.matrix(kRows, kWidth), gradient) < 5e-6);
            }
    }

    void biases()
    {
        const auto first = randomMatrix(90, 40, 1);
        const auto second = randomMatrix(90, 8, 2);
        const auto numbers = steps(0.0);
        const Numbers<float> dz1(*m_device, valuesOf(first));
        const Numbers<float> dz2(*m_device, valuesOf(second));
        for (const bool descends : { false, true }) {
            const Numbers<float> bias1(*m_device, std::vector<float>(40, 1.0F));
            const Numbers<float> bias2(*m_device, std::vector<float>(8, 1.0F));
            ReduceBiases reduce {};
            reduce.layers[0] = { dz1.data(), bias1.data(), 40 };
            reduce.layers[1] = { dz2.data(), bias2.data(), 8 };
            reduce.count = 2;
            reduce.rows = 90;
            reduce.step = descends ? numbers.data() : nullptr;
            launch(reduce);
            const auto expected = [&](const nn::Matrix<float>& dz) {
                const nn::Matrix<float> sum = dz.colwise().sum();
                return descends ? nn::Matrix<float>(1.0F - 0.02F * sum.array()) : sum;
            };
            QVERIFY(difference(bias1.matrix(1, 40), expected(first)) < 2e-5);
            QVERIFY(difference(bias2.matrix(1, 8), expected(second)) < 2e-5);
        }
    }

    void optimizers()
    {
        constexpr int kNumbers = 1200;
        constexpr int kWeights = 800;
        const auto numbers = steps(0.0);
        auto value = randomMatrix(1, kNumbers, 1);
        const auto gradient = randomMatrix(1, kNumbers, 2);
        auto first = randomMatrix(1, kNumbers, 3);
        nn::Matrix<float> second = randomMatrix(1, kNumbers, 4).cwiseAbs();
        const auto quad
            = [](const Numbers<float>& of) { return reinterpret_cast<Float4*>(of.data()); };
        const Numbers<float> g(*m_device, valuesOf(gradient));
        {
            const Numbers<float> w(*m_device, valuesOf(value));
            const Numbers<float> v(*m_device, valuesOf(first));
            launch(MomentumUpdate { quad(w), quad(g), quad(v), kNumbers / 4, numbers.data() });
            auto expected = value;
            auto velocity = first;
            nn::momentumUpdate(
                expected.data(), gradient.data(), velocity.data(), kNumbers, 0.02, 0.9);
            QVERIFY(difference(w.matrix(1, kNumbers), expected) < 1e-6);
            QVERIFY(difference(v.matrix(1, kNumbers), velocity) < 1e-6);
        }
        const Numbers<float> w(*m_device, valuesOf(value));
        const Numbers<float> m(*m_device, valuesOf(first));
        const Numbers<float> v(*m_device, valuesOf(second));
        launch(AdamwUpdate {
            quad(w), quad(g), quad(m), quad(v), kNumbers / 4, kWeights / 4, numbers.data() });
        nn::adamwUpdate(value.data(), gradient.data(), first.data(), second.data(), kWeights,
            { 0.02, 0.9, 0.99, 0.01, 8 });
        nn::adamwUpdate(value.data() + kWeights, gradient.data() + kWeights,
            first.data() + kWeights, second.data() + kWeights, kNumbers - kWeights,
            { 0.02, 0.9, 0.99, 0.0, 8 });
        QVERIFY(difference(w.matrix(1, kNumbers), value) < 1e-5);
        QVERIFY(difference(m.matrix(1, kNumbers), first) < 1e-6);
        QVERIFY(difference(v.matrix(1, kNumbers), second) < 1e-6);
    }

    static constexpr int kSc = 7;
    static constexpr int kLc = 3;
    static constexpr int kStride = 16;

    /// The heads' weights side by side.
    struct Heads {
        nn::DenseParameters<float> sc { randomMatrix(kWidth, kSc, 11), randomMatrix(1, kSc, 12) };
        nn::DenseParameters<float> lc { randomMatrix(kWidth, kLc, 13), randomMatrix(1, kLc, 14) };
        nn::Matrix<float> weights = nn::Matrix<float>::Zero(kWidth, kStride);
        nn::Matrix<float> biases = nn::Matrix<float>::Zero(1, kStride);

        Heads()
        {
            weights << sc.weights, lc.weights, nn::Matrix<float>::Zero(kWidth, kStride - kSc - kLc);
            biases << sc.biases, lc.biases, nn::Matrix<float>::Zero(1, kStride - kSc - kLc);
        }
    };

    void heads(bool soft)
    {
        const Heads parameters;
        const auto a = randomMatrix(kRows, kWidth, 1);
        const auto z = randomMatrix(kRows, kWidth, 2);
        const auto numbers = steps(0.3);
        const auto scLogits = nn::denseForward(a, parameters.sc);
        const auto lcLogits = nn::denseForward(a, parameters.lc);
        const std::vector<std::uint16_t> scLabels { 9, 6, 9, 0, 5, 3, 2 }; // of all samples
        const std::vector<std::uint16_t> lcLabels { 9, 2, 9, 0, 1, 2, 0 };
        const std::vector<std::uint32_t> rows { 1, 3, 4, 5, 6 };
        const auto softSc = nn::softmax(randomMatrix(kRows, kSc, 3));
        const auto softLc = nn::softmax(randomMatrix(kRows, kLc, 4));
        std::vector<std::uint16_t> ownSc;
        std::vector<std::uint16_t> ownLc;
        for (const auto row : rows) {
            ownSc.push_back(scLabels[row]);
            ownLc.push_back(lcLabels[row]);
        }
        const auto pSc = nn::softmax(scLogits);
        const auto pLc = nn::softmax(lcLogits);
        const nn::Matrix<float> dSc = soft
            ? nn::softmaxCrossEntropyBackward(pSc, softSc, 2.0F / 3.0F)
            : nn::softmaxCrossEntropyBackward(
                pSc, std::span<const std::uint16_t>(ownSc), 2.0F / 3.0F);
        const nn::Matrix<float> dLc = soft
            ? nn::softmaxCrossEntropyBackward(pLc, softLc, 1.0F / 3.0F)
            : nn::softmaxCrossEntropyBackward(
                pLc, std::span<const std::uint16_t>(ownLc), 1.0F / 3.0F);
        // The device divides by the 20 samples that the step was prepared for.
        const float share = static_cast<float>(kRows) / 20.0F;
        const nn::Matrix<float> dA = (nn::denseBackwardInput(dSc, parameters.sc)
            + nn::denseBackwardInput(dLc, parameters.lc))
                                         .cwiseProduct(scales(0.3, 2));
        const nn::Matrix<float> dz
            = share * nn::activationBackward(nn::Activation::GeluTanh, z, dA);

        const Numbers<float> deviceA(*m_device, valuesOf(a));
        const Numbers<float> deviceZ(*m_device, valuesOf(z));
        const Numbers<float> weights(*m_device, valuesOf(parameters.weights));
        const Numbers<float> biases(*m_device, valuesOf(parameters.biases));
        const Numbers<std::uint32_t> deviceRows(*m_device, rows);
        const Numbers<std::uint16_t> labelsSc(*m_device, scLabels);
        const Numbers<std::uint16_t> labelsLc(*m_device, lcLabels);
        const Numbers<float> targetsSc(*m_device, valuesOf(softSc));
        const Numbers<float> targetsLc(*m_device, valuesOf(softLc));
        const Numbers<float> dLogits(*m_device, kRows * kStride);
        const Numbers<float> deviceDz(*m_device, kRows * kWidth);
        const Numbers<RowStats> stats(*m_device, kRows);
        const HeadsInput input { deviceA.data(), weights.data(), biases.data(), kRows, kWidth,
            kStride, kSc, kLc };
        launch(TrainHeads { input,
            { deviceRows.data(), soft ? nullptr : labelsSc.data(), soft ? nullptr : labelsLc.data(),
                soft ? targetsSc.data() : nullptr, soft ? targetsLc.data() : nullptr },
            numbers.data(), deviceZ.data(), dLogits.data(), deviceDz.data(), stats.data(), 2, true,
            nn::Activation::GeluTanh });
        const auto logits = dLogits.matrix(kRows, kStride);
        QVERIFY(difference(logits.leftCols(kSc), share * dSc) < 1e-6);
        QVERIFY(difference(logits.middleCols(kSc, kLc), share * dLc) < 1e-6);
        QCOMPARE(difference(logits.rightCols(kStride - kSc - kLc),
                     nn::Matrix<float>::Zero(kRows, kStride - kSc - kLc)),
            0.0);
        QVERIFY(difference(deviceDz.matrix(kRows, kWidth), dz) < 5e-6);
        double loss = 0.0;
        double hits = 0.0;
        for (std::size_t i = 0; i < kRows; ++i) {
            loss += static_cast<double>(stats[i].loss[0]) / kRows;
            hits += static_cast<double>(stats[i].hit[0]);
        }
        const double expected = soft
            ? nn::crossEntropy(scLogits, softSc)
            : nn::crossEntropy(scLogits, std::span<const std::uint16_t>(ownSc));
        QVERIFY(std::abs(loss - expected) < 1e-4 * expected);
        double wanted = 0.0;
        for (Eigen::Index row = 0; row < kRows; ++row) {
            Eigen::Index best = 0;
            Eigen::Index own = ownSc[static_cast<std::size_t>(row)];
            scLogits.row(row).maxCoeff(&best);
            if (soft)
                softSc.row(row).maxCoeff(&own);
            wanted += best == own ? 1.0 : 0.0;
        }
        QCOMPARE(hits, wanted);
    }

    void sums()
    {
        std::vector<RowStats> rows(150);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = { { static_cast<float>(i), 2.0F }, { i % 3 == 0 ? 1.0F : 0.0F, 1.0F } };
        const Numbers<RowStats> stats(*m_device, rows);
        const Numbers<StepSums> sums(*m_device, 1);
        launch(SumStats { stats.data(), sums.data(), 150 });
        QCOMPARE(sums[0].loss[0], 74.5);
        QCOMPARE(sums[0].loss[1], 2.0);
        QCOMPARE(sums[0].hits[0], 50.0);
        QCOMPARE(sums[0].hits[1], 150.0);
    }

    void scores()
    {
        const Heads parameters;
        const auto a = randomMatrix(kRows, kWidth, 5);
        const auto p = nn::softmax(nn::denseForward(a, parameters.sc));
        const auto q = nn::softmax(nn::denseForward(a, parameters.lc));
        const Numbers<float> deviceA(*m_device, valuesOf(a));
        const Numbers<float> weights(*m_device, valuesOf(parameters.weights));
        const Numbers<float> biases(*m_device, valuesOf(parameters.biases));
        const Numbers<std::uint32_t> rows(*m_device, { 4, 3, 2, 1, 0 });
        const std::vector<std::uint16_t> labels { 0, 1, 2, 1, 0 };
        const Numbers<std::uint16_t> deviceLabels(*m_device, labels);
        const Numbers<float> probabilities(*m_device, kRows * kStride);
        const Numbers<RowChoice> choices(*m_device, kRows);
        const HeadsInput input { deviceA.data(), weights.data(), biases.data(), kRows, kWidth,
            kStride, kSc, kLc };
        launch(ScoreHeads { input,
            { rows.data(), deviceLabels.data(), deviceLabels.data(), nullptr, nullptr },
            probabilities.data(), choices.data() });
        QVERIFY(difference(probabilities.matrix(kRows, kStride).leftCols(kSc), p) < 1e-5);
        QVERIFY(difference(probabilities.matrix(kRows, kStride).middleCols(kSc, kLc), q) < 1e-5);
        for (Eigen::Index row = 0; row < kRows; ++row) {
            const RowChoice& choice = choices[static_cast<std::size_t>(row)];
            Eigen::Index best = 0;
            const float most = q.row(row).maxCoeff(&best);
            QCOMPARE(static_cast<Eigen::Index>(choice.best[1]), best);
            QVERIFY(std::abs(choice.probability[1] - most) < 1e-5F);
            const float own = q(row, labels[static_cast<std::size_t>(kRows - 1 - row)]);
            QVERIFY(std::abs(choice.crossEntropy[1] + std::log(own)) < 1e-3F);
        }
    }
};

QTEST_GUILESS_MAIN(TestDeviceKernels)
#include "tst_device_kernels.moc"

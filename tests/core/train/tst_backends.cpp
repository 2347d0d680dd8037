#include "core/base/random.h"
#include "core/train/cpu_backend.h"
#include "core/train/reference_backend.h"
#include "tests/support/random_samples.h"

#include <QTest>

#include <numeric>

using namespace maury;
using namespace maury::train;
using test::largestDifference;
using test::RandomSamples;

namespace {

/// Trains some steps with changing rows, batch sizes and settings.
std::vector<StepStats> trainSome(Backend& backend, const RandomSamples& samples, int steps)
{
    std::vector<StepStats> stats;
    base::RandomStream stream(23);
    for (int step = 0; step < steps; ++step) {
        std::vector<std::uint32_t> rows(step % 3 == 2 ? 7 : 25);
        for (auto& row : rows)
            row = stream.below(static_cast<std::uint32_t>(samples.sc.size()));
        const auto result
            = backend.trainStep(samples.batch(rows), { 0.01 + 0.001 * step, 2.0, 1.0 });
        stats.push_back(result.value());
    }
    return stats;
}

} // namespace

class TestBackends : public QObject {
    Q_OBJECT
private slots:
    void parity_data()
    {
        QTest::addColumn<int>("activation");
        QTest::addColumn<int>("optimizer");
        QTest::addColumn<QList<int>>("hidden");
        QTest::addColumn<int>("threads");
        using A = nn::Activation;
        QTest::newRow("paper") << int(A::GeluTanh) << int(Optimizer::Sgd) << QList { 48, 20, 8 }
                               << 2;
        QTest::newRow("exact gelu, one layer")
            << int(A::GeluExact) << int(Optimizer::Sgd) << QList { 37 } << 1;
        QTest::newRow("relu, momentum")
            << int(A::Relu) << int(Optimizer::Momentum) << QList { 65, 33 } << 3;
        QTest::newRow("adamw") << int(A::GeluTanh) << int(Optimizer::AdamW) << QList { 32, 16 }
                               << 2;
        QTest::newRow("five layers")
            << int(A::GeluTanh) << int(Optimizer::Sgd) << QList { 20, 19, 18, 17, 16 } << 2;
    }
    // Twelve steps of the fast backend in float against the reference in double: the difference of
    // a weight is the rounding of a few hundred sums of float products, of order 1e-7 of the
    // weights' own size each.
    void parity()
    {
        QFETCH(int, activation);
        QFETCH(int, optimizer);
        QFETCH(QList<int>, hidden);
        QFETCH(int, threads);
        nn::NetworkSpec spec { 90, {}, static_cast<nn::Activation>(activation), 11, 3 };
        spec.hidden.assign(hidden.begin(), hidden.end());
        const RandomSamples samples(60, spec);
        const auto start = nn::initialParameters(spec, nn::Initialisation::He, 5);
        const OptimizerSettings settings { static_cast<Optimizer>(optimizer), 0.9, 0.99, 0.01 };
        const auto reference = createReferenceBackend<double>();
        const auto cpu = createCpuBackend(threads);
        QVERIFY(reference->load(spec, start, settings));
        QVERIFY(cpu->load(spec, start, settings));
        const auto expected = trainSome(*reference, samples, 12);
        const auto actual = trainSome(*cpu, samples, 12);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(actual[i].lossSc - expected[i].lossSc) < 2e-4 * expected[i].lossSc);
            QVERIFY(std::abs(actual[i].lossLc - expected[i].lossLc) < 2e-4 * expected[i].lossLc);
            QCOMPARE(actual[i].samples, expected[i].samples);
        }
        // AdamW divides by √v̂: where a gradient is nearly zero its rounding is magnified.
        const double allowed = settings.kind == Optimizer::AdamW ? 5e-3 : 2e-5;
        const double difference = largestDifference(cpu->parameters().value(), reference->parameters().value());
        QVERIFY2(difference < allowed, qPrintable(QString::number(difference)));
        QVERIFY(largestDifference(start, cpu->parameters().value()) > 1e-3);

        std::vector<std::uint32_t> rows(60);
        std::iota(rows.begin(), rows.end(), 0U);
        const auto p = cpu->predict(samples.batch(rows)).value();
        const auto q = reference->predict(samples.batch(rows)).value();
        QVERIFY((p.sc - q.sc).cwiseAbs().maxCoeff() < 10.0F * static_cast<float>(allowed));
        QVERIFY((p.lc - q.lc).cwiseAbs().maxCoeff() < 10.0F * static_cast<float>(allowed));
    }

    void softTargetsAndDropout_data()
    {
        QTest::addColumn<double>("rate");
        QTest::newRow("soft targets") << 0.0;
        QTest::newRow("soft targets and dropout") << 0.3;
    }
    // The fast backend against the reference, and any number of threads against one.
    void softTargetsAndDropout()
    {
        QFETCH(double, rate);
        const nn::NetworkSpec spec { 90, { 70, 33 }, nn::Activation::GeluTanh, 13, 11 };
        const RandomSamples samples(60, spec);
        const auto start = nn::initialParameters(spec, nn::Initialisation::He, 5);
        const OptimizerSettings settings { Optimizer::Momentum, 0.9, 0.99, 0.01 };
        const auto train = [&](Backend& backend) {
            std::vector<StepStats> stats;
            base::RandomStream stream(29);
            for (int step = 0; step < 10; ++step) {
                std::vector<std::uint32_t> rows(step % 3 == 2 ? 7 : 25);
                for (auto& row : rows)
                    row = stream.below(60);
                stats.push_back(
                    backend.trainStep(samples.softBatch(rows), { 0.02, 1.0, 1.0, rate, 77 })
                        .value());
            }
            return stats;
        };
        const auto reference = createReferenceBackend<double>();
        const auto cpu = createCpuBackend(1);
        QVERIFY(reference->load(spec, start, settings));
        QVERIFY(cpu->load(spec, start, settings));
        const auto expected = train(*reference);
        const auto actual = train(*cpu);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(actual[i].lossSc - expected[i].lossSc) < 2e-4 * expected[i].lossSc);
            QVERIFY(std::abs(actual[i].lossLc - expected[i].lossLc) < 2e-4 * expected[i].lossLc);
            QCOMPARE(actual[i].hitsSc, expected[i].hitsSc);
        }
        const double difference = largestDifference(cpu->parameters().value(), reference->parameters().value());
        QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
        const auto several = createCpuBackend(3);
        QVERIFY(several->load(spec, start, settings));
        (void)train(*several);
        QCOMPARE(largestDifference(cpu->parameters().value(), several->parameters().value()), 0.0);
        // Predictions use the whole network: the same whatever was silent in the last step.
        const std::vector<std::uint32_t> rows { 3, 4 };
        const auto p = cpu->predict(samples.batch(rows)).value();
        const auto q = reference->predict(samples.batch(rows)).value();
        QVERIFY((p.sc - q.sc).cwiseAbs().maxCoeff() < 1e-3F);
    }

    void sameBitsForAnyNumberOfThreads()
    {
        const nn::NetworkSpec spec { 70, { 100, 40 }, nn::Activation::GeluTanh, 9, 3 };
        const RandomSamples samples(50, spec);
        const auto start = nn::initialParameters(spec, nn::Initialisation::Paper, 6);
        const auto one = createCpuBackend(1);
        QVERIFY(one->load(spec, start, {}));
        const auto expected = trainSome(*one, samples, 9);
        for (const int threads : { 2, 3, 5 }) {
            const auto several = createCpuBackend(threads);
            QVERIFY(several->load(spec, start, {}));
            const auto actual = trainSome(*several, samples, 9);
            QCOMPARE(largestDifference(one->parameters().value(), several->parameters().value()), 0.0);
            for (std::size_t i = 0; i < actual.size(); ++i)
                QCOMPARE(actual[i].lossSc, expected[i].lossSc);
        }
    }

    void optimizerStateContinuesExactly_data()
    {
        QTest::addColumn<int>("optimizer");
        QTest::newRow("sgd") << int(Optimizer::Sgd);
        QTest::newRow("momentum") << int(Optimizer::Momentum);
        QTest::newRow("adamw") << int(Optimizer::AdamW);
    }
    void optimizerStateContinuesExactly()
    {
        QFETCH(int, optimizer);
        const nn::NetworkSpec spec { 40, { 24, 12 }, nn::Activation::GeluTanh, 5, 3 };
        const RandomSamples samples(40, spec);
        const OptimizerSettings settings { static_cast<Optimizer>(optimizer), 0.9, 0.99, 0.01 };
        const auto first = createCpuBackend(2);
        QVERIFY(
            first->load(spec, nn::initialParameters(spec, nn::Initialisation::He, 7), settings));
        (void)trainSome(*first, samples, 5);
        const auto second = createCpuBackend(2);
        QVERIFY(second->load(spec, first->parameters().value(), settings));
        QVERIFY(second->restoreOptimizer(first->optimizerState().value()));
        (void)trainSome(*first, samples, 4);
        (void)trainSome(*second, samples, 4);
        QCOMPARE(largestDifference(first->parameters().value(), second->parameters().value()), 0.0);
    }

    void registryTellsWhy()
    {
        bool cuda = false;
        for (const auto& info : listBackends()) {
            QVERIFY2(info.available || !info.reason.empty(), info.name.c_str());
            cuda = cuda || info.name == "cuda";
        }
        QVERIFY(cuda);
        const auto unknown = createBackend("abacus", 1);
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(createBackend("auto", 1).value()->name(), std::string("cpu"));
    }
};

QTEST_GUILESS_MAIN(TestBackends)
#include "tst_backends.moc"

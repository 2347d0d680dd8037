#include "tests/gpu/backend_battery.h"

#include "core/base/random.h"
#include "core/nn/network.h"
#include "core/train/reference_backend.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::test {
namespace {

using train::Backend;
using train::StepSettings;
using train::StepStats;

/// The settings of a step: rates, head weights and dropout change from step to step.
StepSettings settingsOf(const ParityCase& parity, int step)
{
    return { parity.rate * (1.0 + 0.1 * (step % 5)), step % 4 == 3 ? 1.0 : 2.0, 1.0, parity.dropout,
        77 };
}

bool near(double actual, double expected)
{
    return std::abs(actual - expected) < 3e-4 * std::max(1.0, std::abs(expected));
}

void compareMoments(Backend& tested, Backend& reference, double allowed)
{
    const auto actual = tested.optimizerState().value();
    const auto expected = reference.optimizerState().value();
    QCOMPARE(actual.steps, expected.steps);
    QCOMPARE(actual.moments.size(), expected.moments.size());
    for (std::size_t at = 0; at < expected.moments.size(); ++at)
        QVERIFY(largestDifference(actual.moments[at], expected.moments[at]) < 10.0 * allowed);
}

void compareAnswers(
    Backend& tested, Backend& reference, const RandomSamples& samples, double allowed)
{
    std::vector<std::uint32_t> rows(samples.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::reverse(rows.begin(), rows.end());
    const auto actual = tested.predict(samples.batch(rows)).value();
    const auto expected = reference.predict(samples.batch(rows)).value();
    const auto tolerance = static_cast<float>(20.0 * allowed);
    QCOMPARE(actual.sc.rows(), expected.sc.rows());
    QCOMPARE(actual.lc.cols(), expected.lc.cols());
    QVERIFY((actual.sc - expected.sc).cwiseAbs().maxCoeff() < tolerance);
    QVERIFY((actual.lc - expected.lc).cwiseAbs().maxCoeff() < tolerance);
    const auto chosen = tested.choose(samples.batch(rows)).value();
    const auto wanted = reference.choose(samples.batch(rows)).value();
    QVERIFY(near(chosen.sc.crossEntropy, wanted.sc.crossEntropy));
    QVERIFY(near(chosen.lc.crossEntropy, wanted.lc.crossEntropy));
    QCOMPARE(chosen.sc.classes.size(), wanted.sc.classes.size());
    for (std::size_t i = 0; i < wanted.sc.classes.size(); ++i) {
        QVERIFY(std::abs(chosen.sc.probability[i] - wanted.sc.probability[i]) < tolerance);
        // Where two classes are as probable as each other rounding may choose.
        const auto row = static_cast<Eigen::Index>(i);
        QVERIFY(expected.sc(row, wanted.sc.classes[i]) - expected.sc(row, chosen.sc.classes[i])
            < 2.0F * tolerance);
        QVERIFY(expected.lc(row, wanted.lc.classes[i]) - expected.lc(row, chosen.lc.classes[i])
            < 2.0F * tolerance);
    }
}

/// The loss of the network in double precision.
double lossOf(const nn::NetworkSpec& spec, const nn::NetworkParameters<double>& parameters,
    const RandomSamples& samples, bool soft)
{
    const auto state = nn::forward<double>(spec, parameters, samples.flux.cast<double>());
    if (soft)
        return nn::loss(state,
            nn::SoftTargets<double> {
                samples.softSc.cast<double>(), samples.softLc.cast<double>(), 2.0, 1.0 });
    return nn::loss(state, nn::HeadTargets { samples.sc, samples.lc, 2.0, 1.0 });
}

} // namespace

std::vector<std::uint32_t> drawnRows(
    const RandomSamples& samples, std::size_t count, std::uint64_t seed)
{
    base::RandomStream stream(seed);
    std::vector<std::uint32_t> rows(count);
    for (auto& row : rows)
        row = stream.below(samples.size());
    return rows;
}

void compareWithReference(Backend& tested, const ParityCase& parity)
{
    const RandomSamples samples(60, parity.spec);
    const auto start = nn::initialParameters(parity.spec, nn::Initialisation::He, 5);
    const auto reference = train::createReferenceBackend<double>();
    QVERIFY(reference->load(parity.spec, start, parity.optimizer));
    QVERIFY(tested.load(parity.spec, start, parity.optimizer));
    const std::vector<train::LabelledSamples> sets { samples.labelled() };
    if (parity.kept)
        QVERIFY(tested.keep(sets));
    for (int step = 0; step < parity.steps; ++step) {
        const auto rows
            = drawnRows(samples, step % 3 == 2 ? 7 : 25, 1000 + static_cast<std::uint64_t>(step));
        const auto batch = parity.soft ? samples.softBatch(rows) : samples.batch(rows);
        const auto settings = settingsOf(parity, step);
        const auto expected = reference->trainStep(batch, settings).value();
        const auto result = tested.trainStep(batch, settings);
        QVERIFY2(result, result ? "" : base::describe(result.error()).c_str());
        QVERIFY(near(result->lossSc, expected.lossSc));
        QVERIFY(near(result->lossLc, expected.lossLc));
        QVERIFY(std::abs(result->hitsSc - expected.hitsSc) <= 1);
        QVERIFY(std::abs(result->hitsLc - expected.hitsLc) <= 1);
        QCOMPARE(result->samples, expected.samples);
    }
    const auto actual = tested.parameters().value();
    const double difference = largestDifference(actual, reference->parameters().value());
    QVERIFY2(difference < parity.allowed, qPrintable(QString::number(difference)));
    QVERIFY(largestDifference(start, actual) > 1e-3);
    compareMoments(tested, *reference, parity.allowed);
    compareAnswers(tested, *reference, samples, parity.allowed);
    QVERIFY(tested.keep({}));
}

void checkGradients(Backend& tested, bool soft)
{
    const nn::NetworkSpec spec { 12, { 9, 7 }, nn::Activation::GeluTanh, 5, 3 };
    const RandomSamples samples(16, spec);
    auto start = nn::initialParameters(spec, nn::Initialisation::He, 3);
    base::RandomStream stream(8);
    start.forEach([&](nn::DenseParameters<float>& layer) {
        for (auto& bias : layer.biases)
            bias = static_cast<float>(0.1 * stream.normal());
    });
    QVERIFY(tested.load(spec, start, {}));
    std::vector<std::uint32_t> rows(samples.size());
    std::iota(rows.begin(), rows.end(), 0U);
    QVERIFY(tested.trainStep(
        soft ? samples.softBatch(rows) : samples.batch(rows), { 1.0, 2.0, 1.0, 0.0, 0 }));
    const auto moved = nn::castParameters<double>(tested.parameters().value());
    auto parameters = nn::castParameters<double>(start);
    std::vector<const nn::DenseParameters<double>*> after;
    moved.forEach([&](const auto& layer) { after.push_back(&layer); });
    std::size_t at = 0;
    parameters.forEach([&](nn::DenseParameters<double>& layer) {
        const auto& other = *after[at++];
        const auto check = [&](double& value, double reached) {
            constexpr double kStep = 1e-5;
            const double before = value;
            value = before + kStep;
            const double up = lossOf(spec, parameters, samples, soft);
            value = before - kStep;
            const double down = lossOf(spec, parameters, samples, soft);
            value = before;
            const double gradient = (up - down) / (2.0 * kStep);
            const double step = before - reached; // the rate is 1
            QVERIFY2(std::abs(step - gradient) < 2e-6 + 1e-4 * std::abs(gradient),
                qPrintable(QString("%1 %2").arg(step).arg(gradient)));
        };
        for (Eigen::Index i = 0; i < layer.weights.size(); ++i)
            check(layer.weights.data()[i], other.weights.data()[i]);
        for (Eigen::Index i = 0; i < layer.biases.size(); ++i)
            check(layer.biases.data()[i], other.biases.data()[i]);
    });
}

void checkStepsTogether(Backend& tested, double allowed)
{
    const nn::NetworkSpec spec { 30, { 24, 13 }, nn::Activation::GeluTanh, 6, 3 };
    const RandomSamples samples(80, spec);
    const auto start = nn::initialParameters(spec, nn::Initialisation::He, 5);
    const auto rows = drawnRows(samples, 5 * 16 + 9, 3);
    const std::vector<train::LabelledSamples> sets { samples.labelled() };
    const StepSettings settings { 0.02, 2.0, 1.0, 0.2, 5 };
    QVERIFY(tested.load(spec, start, { train::Optimizer::AdamW, 0.9, 0.99, 0.01 }));
    QVERIFY(tested.keep(sets));
    const auto together = tested.trainSteps(samples.batch(rows), 16, settings).value();
    const auto reached = tested.parameters().value();
    QCOMPARE(together.size(), std::size_t { 6 });
    QVERIFY(tested.load(spec, start, { train::Optimizer::AdamW, 0.9, 0.99, 0.01 }));
    for (std::size_t step = 0; step < 6; ++step) {
        const std::size_t first = step * 16;
        const std::vector<std::uint32_t> own(rows.begin() + static_cast<std::ptrdiff_t>(first),
            rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), first + 16)));
        const auto alone = tested.trainStep(samples.batch(own), settings).value();
        QCOMPARE(together[step].samples, alone.samples);
        QVERIFY(std::abs(together[step].lossSc - alone.lossSc) <= 100.0 * allowed);
    }
    const double difference = largestDifference(reached, tested.parameters().value());
    QVERIFY2(difference <= allowed, qPrintable(QString::number(difference)));
    QVERIFY(tested.keep({}));
}

void checkHandover(Backend& from, Backend& to, train::Optimizer optimizer)
{
    const nn::NetworkSpec spec { 40, { 24, 12 }, nn::Activation::GeluTanh, 5, 3 };
    const RandomSamples samples(40, spec);
    const train::OptimizerSettings settings { optimizer, 0.9, 0.99, 0.01 };
    QVERIFY(from.load(spec, nn::initialParameters(spec, nn::Initialisation::He, 7), settings));
    const auto some = [&](Backend& backend, std::uint64_t seed) {
        for (std::uint64_t step = 0; step < 4; ++step)
            QVERIFY(backend.trainStep(
                samples.batch(drawnRows(samples, 20, seed + step)), { 0.01, 2.0, 1.0, 0.1, 9 }));
    };
    some(from, 100);
    QVERIFY(to.load(spec, from.parameters().value(), settings));
    QVERIFY(to.restoreOptimizer(from.optimizerState().value()));
    some(from, 200);
    some(to, 200);
    const double difference = largestDifference(from.parameters().value(), to.parameters().value());
    const double allowed = optimizer == train::Optimizer::AdamW ? 5e-3 : 2e-5;
    QVERIFY2(difference <= allowed, qPrintable(QString::number(difference)));
}

} // namespace maury::test

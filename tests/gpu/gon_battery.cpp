#include "tests/gpu/gon_battery.h"

#include <QTest>

#include <cmath>

namespace maury::test {
namespace {

using gon::GonBackend;
using gon::Matrix;

const gon::GonStepSettings kSettings { 1e-3, 0.9, 0.99, 0.5 };

void append(const std::vector<nn::DenseParameters<float>>& layers, std::vector<double>& to)
{
    for (const auto& layer : layers) {
        to.insert(to.end(), layer.weights.data(), layer.weights.data() + layer.weights.size());
        to.insert(to.end(), layer.biases.data(), layer.biases.data() + layer.biases.size());
    }
}

std::vector<double> weightsOf(const gon::NetworkState& state)
{
    std::vector<double> result;
    append(state.decoder.layers, result);
    result.insert(result.end(), state.extra.step.begin(), state.extra.step.end());
    return result;
}

std::vector<double> momentsOf(const gon::NetworkState& state, bool second)
{
    std::vector<double> result;
    for (const gon::LayerMoments& moments : state.moments)
        append({ second ? moments.second : moments.first }, result);
    return result;
}

std::vector<double> valuesOf(const Matrix& matrix)
{
    return { matrix.data(), matrix.data() + matrix.size() };
}

bool close(double a, double b, double allowed)
{
    return std::abs(a - b) <= allowed * std::max(std::abs(a), std::abs(b));
}

void compare(const char* what, const std::vector<double>& expected,
    const std::vector<double>& found, double allowed)
{
    QCOMPARE(found.size(), expected.size());
    const double error = largestDifference(expected, found);
    QVERIFY2(error <= allowed, qPrintable(QString("%1: %2").arg(what).arg(error)));
}

} // namespace

void compareGonSteps(GonBackend& tested, const GonCase& made, double allowed, int steps)
{
    const auto reference = gon::createProcessorGonBackend(gon::NetworkPrecision::Double);
    QVERIFY(reference->load(made.setup, made.start));
    QVERIFY(tested.load(made.setup, made.start));
    for (int step = 0; step < steps; ++step) {
        const auto expected = reference->trainStep(made.batch, kSettings);
        const auto found = tested.trainStep(made.batch, kSettings);
        QVERIFY(expected);
        QVERIFY2(found, found ? "" : base::describe(found.error()).c_str());
        QVERIFY2(close(found->loss.loss, expected->loss.loss, allowed),
            qPrintable(QString("step %1: %2, not %3")
                           .arg(step)
                           .arg(found->loss.loss)
                           .arg(expected->loss.loss)));
        QVERIFY(close(found->loss.chi2PerPixel, expected->loss.chi2PerPixel, allowed));
        QVERIFY(close(found->loss.priorPerPixel, expected->loss.priorPerPixel, 10.0 * allowed));
        QVERIFY(close(found->gradientNorm, expected->gradientNorm, 10.0 * allowed));
        if (step > 0)
            continue;
        const auto a = reference->state();
        const auto b = tested.state();
        QVERIFY(b);
        compare("gradient", momentsOf(*a, false), momentsOf(*b, false), allowed);
        compare("second moment", momentsOf(*a, true), momentsOf(*b, true), allowed);
        compare("weights", weightsOf(*a), weightsOf(*b), 1e-3);
    }
    const auto state = tested.state();
    QVERIFY(state);
    QCOMPARE(state->steps, std::int64_t { steps });
}

void compareGonCodes(GonBackend& tested, const GonCase& made, double allowed)
{
    const auto reference = gon::createProcessorGonBackend(gon::NetworkPrecision::Double);
    QVERIFY(reference->load(made.setup, made.start));
    QVERIFY(tested.load(made.setup, made.start));
    Matrix data = made.batch.data.replicate(3, 1);
    Matrix weight = made.batch.inferenceWeight.replicate(3, 1);
    weight.row(4).setZero();
    for (int round = 0; round < 2; ++round) { // the second time with other weights
        const auto expected = reference->encode(data, weight);
        const auto found = tested.encode(data, weight);
        QVERIFY2(found, found ? "" : base::describe(found.error()).c_str());
        compare("codes", valuesOf(*expected), valuesOf(*found), allowed);
        QVERIFY(found->row(4).isZero());
        const auto fluxExpected = reference->decode(*expected);
        const auto flux = tested.decode(*expected);
        QVERIFY(flux);
        compare("spectra", valuesOf(*fluxExpected), valuesOf(*flux), allowed);
        QVERIFY(reference->trainStep(made.batch, kSettings));
        const auto state = reference->state();
        QVERIFY(tested.restore(*state));
    }
}

void checkGonHandover(GonBackend& from, GonBackend& to, const GonCase& made, double allowed)
{
    QVERIFY(from.load(made.setup, made.start));
    for (int step = 0; step < 3; ++step)
        QVERIFY(from.trainStep(made.batch, kSettings));
    const auto state = from.state();
    QVERIFY(state);
    QVERIFY(to.load(made.setup, made.start));
    QVERIFY(to.restore(*state));
    const auto back = to.state();
    QVERIFY(back);
    QVERIFY(weightsOf(*back) == weightsOf(*state));
    QVERIFY(momentsOf(*back, true) == momentsOf(*state, true));
    for (int step = 0; step < 3; ++step) {
        const auto a = from.trainStep(made.batch, kSettings);
        const auto b = to.trainStep(made.batch, kSettings);
        QVERIFY(a);
        QVERIFY(b);
        QVERIFY(close(a->loss.loss, b->loss.loss, allowed));
    }
}

} // namespace maury::test

// Whether the gradients of all decoders and inferences are those of the loss: against finite
// differences, against the implementation without shortcuts, and in single against double precision.

#include "core/gon/reference_network.h"
#include "core/gon/training_network.h"
#include "tests/support/gon_case.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::gon;
using test::GonCase;
using test::largestDifference;
using test::makeGonCase;

namespace {

void addCases(bool withBaselines)
{
    QTest::addColumn<int>("decoder");
    QTest::addColumn<int>("inference");
    QTest::addColumn<bool>("variational");
    const auto add = [](DecoderKind decoder, InferenceKind inference, bool variational) {
        const std::string name = toString(decoder) + " " + toString(inference)
            + (variational ? " variational" : "");
        QTest::newRow(name.c_str())
            << static_cast<int>(decoder) << static_cast<int>(inference) << variational;
    };
    for (const DecoderKind decoder :
        { DecoderKind::Dense, DecoderKind::Siren, DecoderKind::Fourier })
        for (const InferenceKind inference : { InferenceKind::OneStep, InferenceKind::LearnedStep,
                 InferenceKind::GaussNewton, InferenceKind::Detached }) {
            add(decoder, inference, false);
            if (withBaselines && inference != InferenceKind::Detached)
                add(decoder, inference, true);
        }
    add(DecoderKind::Linear, InferenceKind::GaussNewton, false);
    if (withBaselines)
        add(DecoderKind::Dense, InferenceKind::Encoder, false);
}

GonCase currentCase(int decoder, int inference, bool variational)
{
    return makeGonCase(
        static_cast<DecoderKind>(decoder), static_cast<InferenceKind>(inference), variational);
}

} // namespace

class TestGonGradient : public QObject {
    Q_OBJECT

private slots:
    void finiteDifferences_data() { addCases(true); }
    void finiteDifferences()
    {
        QFETCH(int, decoder);
        QFETCH(int, inference);
        QFETCH(bool, variational);
        if (static_cast<InferenceKind>(inference) == InferenceKind::Detached)
            return; // not a gradient: see detachedDropsASecondOrderTerm()
        const GonCase made = currentCase(decoder, inference, variational);
        const auto network
            = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Double);
        network->gradient(made.batch);
        const std::vector<double> exact = network->flatGradient();
        const std::vector<double> values = network->flatParameters();
        std::vector<double> numeric(exact.size());
        // Five points: the error of the differences is of fourth order.
        const double h = 1e-4;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto lossAt = [&](double step) {
                std::vector<double> moved = values;
                moved[i] += step;
                network->setFlatParameters(moved);
                return network->gradient(made.batch).loss;
            };
            numeric[i] = (8.0 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h)))
                / (12.0 * h);
        }
        const double error = largestDifference(numeric, exact);
        QVERIFY2(error <= 1e-6, qPrintable(QString::number(error)));
    }

    void shortcutEqualsReference_data() { addCases(false); }
    void shortcutEqualsReference()
    {
        QFETCH(int, decoder);
        QFETCH(int, inference);
        QFETCH(bool, variational);
        const GonCase made = currentCase(decoder, inference, variational);
        const auto network
            = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Double);
        const BatchLoss loss = network->gradient(made.batch);
        const ReferenceGradient reference = referenceGradient(
            made.setup, made.start, network->flatParameters(), made.batch);
        QVERIFY(std::abs(loss.loss - reference.loss.loss) <= 1e-12 * std::abs(loss.loss));
        QCOMPARE(reference.gradient.size(), network->flatGradient().size());
        const double error = largestDifference(reference.gradient, network->flatGradient());
        QVERIFY2(error <= 1e-10, qPrintable(QString::number(error)));
    }

    void singlePrecisionFollows_data() { addCases(true); }
    void singlePrecisionFollows()
    {
        QFETCH(int, decoder);
        QFETCH(int, inference);
        QFETCH(bool, variational);
        const GonCase made = currentCase(decoder, inference, variational);
        const auto exact = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Double);
        const auto fast = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        const BatchLoss a = exact->gradient(made.batch);
        const BatchLoss b = fast->gradient(made.batch);
        QVERIFY(std::abs(a.loss - b.loss) <= 1e-4 * std::abs(a.loss));
        const double error = largestDifference(exact->flatGradient(), fast->flatGradient());
        QVERIFY2(error <= 2e-3, qPrintable(QString::number(error)));
    }

    void detachedDropsASecondOrderTerm()
    {
        GonCase detached = makeGonCase(DecoderKind::Dense, InferenceKind::Detached, false);
        detached.setup.stepSize = 1.0;
        GonCase exact = detached;
        exact.setup.inference = InferenceKind::OneStep;
        const auto a
            = makeTrainingNetwork(detached.setup, detached.start, NetworkPrecision::Double);
        const auto b = makeTrainingNetwork(exact.setup, exact.start, NetworkPrecision::Double);
        const BatchLoss lossA = a->gradient(detached.batch);
        const BatchLoss lossB = b->gradient(exact.batch);
        QCOMPARE(lossA.loss, lossB.loss);
        QVERIFY(largestDifference(a->flatGradient(), b->flatGradient()) > 1e-3);
    }

    /// A batch that is not full gives what a network of that size gives.
    void smallerBatches()
    {
        const GonCase made = makeGonCase(DecoderKind::Dense, InferenceKind::GaussNewton, false);
        TrainingBatch half = made.batch;
        half.data = made.batch.data.topRows(2).eval();
        half.lossWeight = made.batch.lossWeight.topRows(2).eval();
        half.inferenceWeight = made.batch.inferenceWeight.topRows(2).eval();
        NetworkSetup small = made.setup;
        small.batch = 2;
        const auto large
            = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Double);
        const auto fitting = makeTrainingNetwork(small, made.start, NetworkPrecision::Double);
        large->gradient(made.batch);
        const BatchLoss a = large->gradient(half);
        const BatchLoss b = fitting->gradient(half);
        QVERIFY(std::abs(a.loss - b.loss) < 1e-13);
        QVERIFY(largestDifference(large->flatGradient(), fitting->flatGradient()) < 1e-12);
    }

    /// A spectrum that is wholly masked has the code 0 and changes nothing.
    void maskedSpectrum()
    {
        GonCase made = makeGonCase(DecoderKind::Dense, InferenceKind::GaussNewton, false);
        made.batch.lossWeight.row(1).setZero();
        made.batch.inferenceWeight.row(1).setZero();
        const auto network
            = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        const BatchLoss loss = network->gradient(made.batch);
        QVERIFY(std::isfinite(loss.loss));
        QVERIFY(network->codes().row(1).isZero());
        for (const double g : network->flatGradient())
            QVERIFY(std::isfinite(g));
    }

    /// The same bits for a dense decoder whatever the number of threads.
    void threadsDoNotMatter()
    {
        GonCase made = makeGonCase(DecoderKind::Dense, InferenceKind::GaussNewton, false);
        const auto one = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        made.setup.threads = 2;
        const auto two = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        QCOMPARE(one->gradient(made.batch).loss, two->gradient(made.batch).loss);
        QVERIFY(one->flatGradient() == two->flatGradient());
    }

    void stateComesBack()
    {
        const GonCase made = makeGonCase(DecoderKind::Siren, InferenceKind::LearnedStep, false);
        const auto network
            = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        for (int i = 0; i < 3; ++i) {
            network->gradient(made.batch);
            network->update(1e-3, 0.9, 0.99, 50.0);
        }
        const NetworkState state = network->state();
        QCOMPARE(state.steps, std::int64_t { 3 });
        const auto other = makeTrainingNetwork(made.setup, state, NetworkPrecision::Single);
        for (TrainingNetwork* each : { network.get(), other.get() }) {
            each->gradient(made.batch);
            each->update(1e-3, 0.9, 0.99, 50.0);
        }
        QVERIFY(network->flatParameters() == other->flatParameters());
    }
};

QTEST_GUILESS_MAIN(TestGonGradient)
#include "tst_gon_gradient.moc"

// Whether the gradients of all decoders and inferences are those of the loss: against finite
// differences, against the implementation without shortcuts, and in single against double precision.

#include "core/gon/decoder_start.h"
#include "core/gon/reference_network.h"
#include "core/gon/training_network.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using namespace maury::gon;

namespace {

struct Case {
    GonConfig config;
    NetworkSetup setup;
    NetworkState start;
    TrainingBatch batch;
};

/// Spectra with lines, gaps and hidden blocks, and moments that look like theirs.
Case makeCase(DecoderKind decoder, InferenceKind inference, bool variational, std::size_t pixels = 45,
    std::size_t batchSize = 5)
{
    Case made;
    made.config = defaultsFor(inference, decoder);
    made.config.variational = variational;
    made.config.decoder.latent = 5;
    if (decoder != DecoderKind::Linear)
        made.config.decoder.hidden = { 7, 6 };
    made.config.decoder.coordinates.features = 4;
    made.config.decoder.coordinates.siren = 3.0;
    made.config.decoder.coordinates.segmentAngstrom = 12.0;
    made.config.stepSize = 0.02;
    base::RandomStream stream(7);
    DataMoments moments;
    std::vector<double> wavelengths;
    for (std::size_t p = 0; p < pixels; ++p) {
        wavelengths.push_back(4000.0 + 0.5 * static_cast<double>(p));
        moments.mean.push_back(static_cast<float>(0.8 + 0.1 * stream.normal()));
        moments.deviation.push_back(static_cast<float>(0.05 + 0.05 * stream.uniform()));
    }
    const auto normal = [&](std::size_t rows, std::size_t cols, double sigma) {
        Matrix matrix(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(cols));
        for (Eigen::Index i = 0; i < matrix.size(); ++i)
            matrix.data()[i] = static_cast<float>(sigma * stream.normal());
        return matrix;
    };
    moments.components = normal(5, pixels, 0.05);
    TrainingBatch& batch = made.batch;
    batch.data = normal(batchSize, pixels, 0.1).array() + 0.8F;
    batch.lossWeight = normal(batchSize, pixels, 10.0).cwiseAbs().array() + 20.0F;
    batch.lossWeight.block(1, 3, 2, 4).setZero();
    batch.inferenceWeight = batch.lossWeight;
    batch.inferenceWeight.block(0, 10, 3, 6).setZero();
    if (variational)
        batch.noise = normal(batchSize, 5, 1.0);
    made.setup = { made.config.decoder, inference, made.config.stepSize, variational, wavelengths,
        batchSize, 1 };
    made.start = initialState(made.config, wavelengths, moments);
    return made;
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b)
{
    double largest = 0.0;
    double scale = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
        scale = std::max(scale, std::abs(a[i]));
    }
    return largest / scale;
}

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

Case currentCase(int decoder, int inference, bool variational)
{
    return makeCase(
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
        const Case made = currentCase(decoder, inference, variational);
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
        const Case made = currentCase(decoder, inference, variational);
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
        const Case made = currentCase(decoder, inference, variational);
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
        Case detached = makeCase(DecoderKind::Dense, InferenceKind::Detached, false);
        detached.setup.stepSize = 1.0;
        Case exact = detached;
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
        const Case made = makeCase(DecoderKind::Dense, InferenceKind::GaussNewton, false);
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
        Case made = makeCase(DecoderKind::Dense, InferenceKind::GaussNewton, false);
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
        Case made = makeCase(DecoderKind::Dense, InferenceKind::GaussNewton, false);
        const auto one = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        made.setup.threads = 2;
        const auto two = makeTrainingNetwork(made.setup, made.start, NetworkPrecision::Single);
        QCOMPARE(one->gradient(made.batch).loss, two->gradient(made.batch).loss);
        QVERIFY(one->flatGradient() == two->flatGradient());
    }

    void stateComesBack()
    {
        const Case made = makeCase(DecoderKind::Siren, InferenceKind::LearnedStep, false);
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

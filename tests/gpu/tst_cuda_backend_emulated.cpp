// The whole backend of the plug-in, its device emulated.

#include "core/train/checkpoint.h"
#include "core/train/cpu_backend.h"
#include "core/train/trainer.h"
#include "gpu/device_backend.h"
#include "tests/gpu/backend_battery.h"
#include "tests/gpu/emulated_device.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_samples.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <thread>

using namespace maury;
using namespace maury::train;
using test::Emulation;

namespace {

std::unique_ptr<Backend> emulated(Emulation& emulation)
{
    return gpu::createDeviceBackend("cuda", test::emulateDevice(emulation));
}

TrainingConfig tinyConfig()
{
    TrainingConfig config;
    config.hidden = { 24, 12 };
    config.batchSize = 25;
    config.epochs = 6;
    config.live.learningRate = 0.1;
    config.initialisation = nn::Initialisation::He;
    config.backend = "cuda";
    return config;
}

TrainingData tinyData()
{
    return { test::tinySamples(240, 1), test::tinySamples(60, 2), {} };
}

base::Result<TrainingReport> trained(
    const TrainingConfig& config, Backend& backend,
    const TrainingObserver& observer = [](const TrainingEvent&) {})
{
    TrainingControl control;
    return Trainer::run(config, tinyData(), backend, control, observer, {});
}

/// Some steps of every kind.
nn::Parameters someSteps(Backend& backend, Optimizer optimizer, double dropout)
{
    const nn::NetworkSpec spec { 30, { 40, 24, 13 }, nn::Activation::GeluTanh, 6, 3 };
    const test::RandomSamples samples(50, spec);
    const std::vector<LabelledSamples> sets { samples.labelled() };
    const auto start = nn::initialParameters(spec, nn::Initialisation::He, 5);
    [&] {
        QVERIFY(backend.load(spec, start, { optimizer, 0.9, 0.99, 0.01 }));
        QVERIFY(backend.keep(sets));
        QVERIFY(backend.trainSteps(
            samples.batch(test::drawnRows(samples, 100, 1)), 16, { 0.02, 2.0, 1.0, dropout, 5 }));
        QVERIFY(backend.trainStep(
            samples.softBatch(test::drawnRows(samples, 11, 2)), { 0.02, 2.0, 1.0, dropout, 5 }));
    }();
    return backend.parameters().value();
}

} // namespace

class TestCudaBackendEmulated : public QObject {
    Q_OBJECT
private slots:
    void parity_data()
    {
        QTest::addColumn<int>("activation");
        QTest::addColumn<int>("optimizer");
        QTest::addColumn<QList<int>>("hidden");
        QTest::addColumn<double>("dropout");
        QTest::addColumn<bool>("soft");
        QTest::addColumn<bool>("kept");
        QTest::addColumn<bool>("fuses");
        using A = nn::Activation;
        using O = Optimizer;
        QTest::newRow("paper") << int(A::GeluTanh) << int(O::Sgd) << QList { 48, 20, 8 } << 0.0
                               << false << true << true;
        QTest::newRow("without epilogues") << int(A::GeluTanh) << int(O::Sgd) << QList { 48, 20, 8 }
                                           << 0.0 << false << true << false;
        QTest::newRow("samples brought along")
            << int(A::GeluTanh) << int(O::Sgd) << QList { 33 } << 0.0 << false << false << true;
        QTest::newRow("exact gelu, one layer")
            << int(A::GeluExact) << int(O::Sgd) << QList { 37 } << 0.0 << false << true << true;
        QTest::newRow("relu, momentum")
            << int(A::Relu) << int(O::Momentum) << QList { 65, 33 } << 0.0 << false << true << true;
        QTest::newRow("adamw") << int(A::GeluTanh) << int(O::AdamW) << QList { 32, 16 } << 0.0
                               << false << true << true;
        QTest::newRow("ten layers")
            << int(A::GeluTanh) << int(O::Sgd) << QList { 20, 19, 18, 17, 16, 16, 17, 18, 19, 20 }
            << 0.0 << false << true << true;
        QTest::newRow("soft targets, dropout") << int(A::GeluTanh) << int(O::Momentum)
                                               << QList { 70, 33 } << 0.3 << true << false << true;
        QTest::newRow("dropout") << int(A::GeluTanh) << int(O::Sgd) << QList { 70, 33 } << 0.3
                                 << false << true << true;
    }
    // A hundred steps in float against the reference in double: as far as the processor's backend
    // strays in as many.
    void parity()
    {
        QFETCH(int, activation);
        QFETCH(int, optimizer);
        QFETCH(QList<int>, hidden);
        QFETCH(double, dropout);
        QFETCH(bool, soft);
        QFETCH(bool, kept);
        QFETCH(bool, fuses);
        test::ParityCase parity;
        parity.spec = { 90, {}, static_cast<nn::Activation>(activation), 11, 3 };
        parity.spec.hidden.assign(hidden.begin(), hidden.end());
        parity.optimizer = { static_cast<Optimizer>(optimizer), 0.9, 0.99, 0.01 };
        parity.dropout = dropout;
        parity.soft = soft;
        parity.kept = kept;
        parity.steps = 100;
        parity.allowed = parity.optimizer.kind == Optimizer::AdamW ? 1e-2 : 5e-4;
        Emulation emulation;
        emulation.fuses = fuses;
        const auto backend = emulated(emulation);
        test::compareWithReference(*backend, parity);
        QVERIFY(emulation.replayed >= 100);
        QVERIFY(emulation.recorded <= 2); // for 25 and for 7 samples: settings need no new graph
    }

    void gradients_data()
    {
        QTest::addColumn<bool>("soft");
        QTest::addColumn<bool>("fuses");
        QTest::newRow("labels") << false << true;
        QTest::newRow("soft targets") << true << true;
        QTest::newRow("without epilogues") << false << false;
    }
    void gradients()
    {
        QFETCH(bool, soft);
        QFETCH(bool, fuses);
        Emulation emulation;
        emulation.fuses = fuses;
        test::checkGradients(*emulated(emulation), soft);
    }

    void stepsTogether()
    {
        Emulation emulation;
        test::checkStepsTogether(*emulated(emulation), 0.0);
    }

    void handover_data()
    {
        QTest::addColumn<int>("optimizer");
        QTest::newRow("sgd") << int(Optimizer::Sgd);
        QTest::newRow("momentum") << int(Optimizer::Momentum);
        QTest::newRow("adamw") << int(Optimizer::AdamW);
    }
    void handover()
    {
        QFETCH(int, optimizer);
        Emulation first;
        Emulation second;
        const auto kind = static_cast<Optimizer>(optimizer);
        test::checkHandover(*emulated(first), *emulated(second), kind);
        test::checkHandover(*emulated(first), *createCpuBackend(1), kind);
    }

    // Whatever the queues do first among what may happen next: the same bits. A missing follow()
    // would show, or a buffer that is used twice at a time.
    void everyPermittedOrderIsRight()
    {
        for (const auto optimizer : { Optimizer::Sgd, Optimizer::AdamW })
            for (const double dropout : { 0.0, 0.25 }) {
                Emulation straight;
                const auto expected = someSteps(*emulated(straight), optimizer, dropout);
                for (std::uint64_t order = 1; order <= 6; ++order) {
                    Emulation emulation;
                    emulation.order = order;
                    QCOMPARE(test::largestDifference(
                                 someSteps(*emulated(emulation), optimizer, dropout), expected),
                        0.0);
                }
            }
    }

    void tf32IsNearFp32()
    {
        Emulation exact;
        Emulation rounded;
        rounded.precision = Precision::Tf32;
        const auto a = someSteps(*emulated(exact), Optimizer::Sgd, 0.0);
        const auto b = someSteps(*emulated(rounded), Optimizer::Sgd, 0.0);
        const double difference = test::largestDifference(a, b);
        QVERIFY2(difference > 0.0 && difference < 1e-3, qPrintable(QString::number(difference)));
    }

    // A run in tf32 strays from the one in fp32 less than a run with other random numbers does.
    void tf32StraysLessThanAnotherSeed()
    {
        const auto endOf = [](Precision precision, std::uint64_t seed) {
            Emulation emulation;
            emulation.precision = precision;
            auto config = tinyConfig();
            config.seed = seed;
            return trained(config, *emulated(emulation)).value().history.back();
        };
        const EpochDone exact = endOf(Precision::Fp32, 1);
        const EpochDone rounded = endOf(Precision::Tf32, 1);
        const EpochDone other = endOf(Precision::Fp32, 2);
        const double strays = std::abs(rounded.train.loss - exact.train.loss);
        const double differs = std::abs(other.train.loss - exact.train.loss);
        const QString found = QString("%1 beside %2, loss %3")
                                  .arg(strays)
                                  .arg(differs)
                                  .arg(exact.train.loss);
        qInfo("tf32 strays by %s", qPrintable(found));
        QVERIFY2(strays > 0.0 && strays < differs, qPrintable(found));
        QVERIFY2(strays < 0.01 * exact.train.loss, qPrintable(found));
        QVERIFY(std::abs(rounded.test.sc.accuracy - exact.test.sc.accuracy) < 0.05);
    }

    void memoryIsGivenBack()
    {
        Emulation emulation;
        {
            const auto backend = emulated(emulation);
            (void)someSteps(*backend, Optimizer::AdamW, 0.1);
            const std::size_t once = emulation.inUse;
            for (int again = 0; again < 3; ++again)
                (void)someSteps(*backend, Optimizer::AdamW, 0.1);
            QCOMPARE(emulation.inUse, once);
        }
        QCOMPARE(emulation.inUse, std::size_t { 0 });
    }

    void outOfMemoryTellsHowMuch()
    {
        Emulation emulation;
        emulation.memory = 100'000;
        const auto backend = emulated(emulation);
        const nn::NetworkSpec spec { 30, { 24 }, nn::Activation::GeluTanh, 6, 3 };
        const test::RandomSamples samples(2000, spec);
        const std::vector<LabelledSamples> sets { samples.labelled() };
        QVERIFY(backend->load(spec, nn::initialParameters(spec, nn::Initialisation::He, 1), {}));
        const auto kept = backend->keep(sets);
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, base::ErrorCode::BackendFailed);
        const auto text = QString::fromStdString(base::describe(kept.error()));
        QVERIFY2(text.contains("256000 bytes for a set of 2000 samples"), qPrintable(text));
        QVERIFY2(text.contains("are free"), qPrintable(text));
        // The backend is as it was: without the set it still trains.
        const std::vector<std::uint32_t> rows { 1, 2, 3 };
        QVERIFY(backend->trainStep(samples.batch(rows), {}));
    }

    // Whichever call the device is lost with: an error with the call's name, no crash, and all
    // memory given back.
    void lostDevice()
    {
        Emulation whole;
        QVERIFY(trained(tinyConfig(), *emulated(whole)));
        const std::int64_t calls = whole.calls;
        for (std::int64_t at = 0; at < calls; at += 1 + calls / 60) {
            Emulation emulation;
            emulation.lostAtCall = at;
            const auto report = trained(tinyConfig(), *emulated(emulation));
            QVERIFY(!report);
            QCOMPARE(report.error().code, base::ErrorCode::BackendFailed);
            QCOMPARE(report.error().found, std::string("the device was lost"));
            QVERIFY(!report.error().place.empty());
            QCOMPARE(emulation.inUse, std::size_t { 0 });
        }
    }

    void lostDeviceLeavesACheckpointToGoOnFrom()
    {
        const test::TemporaryFolder folder;
        auto config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        Emulation emulation;
        const auto report = trained(config, *emulated(emulation), [&](const TrainingEvent& event) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->epoch == 3)
                emulation.lostAtCall = emulation.calls;
        });
        QVERIFY(!report);
        const auto text = QString::fromStdString(base::describe(report.error()));
        QVERIFY2(text.contains("run up to epoch 3"), qPrintable(text));
        config.backend = "cpu";
        TrainingControl control;
        const auto cpu = createCpuBackend(1);
        const auto resumed
            = Trainer::resume(config, tinyData(), *cpu, control, [](const TrainingEvent&) {}, {});
        QVERIFY2(resumed, resumed ? "" : base::describe(resumed.error()).c_str());
        QCOMPARE(resumed->history.size(), std::size_t { 6 });
    }

    // Settings that change in mid-run reach the next step; nothing is recorded anew for them.
    void liveChangesActWithoutNewGraphs()
    {
        Emulation emulation;
        const auto backend = emulated(emulation);
        auto config = tinyConfig();
        config.epochs = 4;
        TrainingControl control;
        std::int64_t recorded = 0;
        std::vector<double> rates;
        const auto report = Trainer::run(config, tinyData(), *backend, control,
            [&](const TrainingEvent& event) {
                if (const auto* step = std::get_if<StepDone>(&event))
                    rates.push_back(step->learningRate);
                const auto* done = std::get_if<EpochDone>(&event);
                if (done == nullptr)
                    return;
                if (done->epoch == 0)
                    recorded = emulation.recorded;
                auto live = control.live();
                live.learningRate *= 0.5;
                live.weightSc += 0.5;
                control.setLive(live);
            },
            {});
        QVERIFY(report);
        QCOMPARE(rates.front(), 0.1);
        QCOMPARE(rates.back(), 0.1 / 8.0);
        QCOMPARE(emulation.recorded, recorded);
        QCOMPARE(report->changes.size(), std::size_t { 6 });
    }

    // The rate 0 from the second epoch on: nothing moves any more.
    void aRateOfNothingMovesNothing()
    {
        Emulation emulation;
        const auto backend = emulated(emulation);
        const nn::NetworkSpec spec { 30, { 24 }, nn::Activation::GeluTanh, 6, 3 };
        const test::RandomSamples samples(50, spec);
        QVERIFY(backend->load(spec, nn::initialParameters(spec, nn::Initialisation::He, 1), {}));
        const auto rows = test::drawnRows(samples, 20, 4);
        QVERIFY(backend->trainStep(samples.batch(rows), { 0.05, 2.0, 1.0 }));
        const auto before = backend->parameters().value();
        QVERIFY(backend->trainStep(samples.batch(rows), { 0.0, 2.0, 1.0 }));
        QCOMPARE(test::largestDifference(before, backend->parameters().value()), 0.0);
    }

    void pausesGoesOnAndTakesSingleBatches()
    {
        Emulation emulation;
        const auto backend = emulated(emulation);
        TrainingControl control;
        std::atomic<int> steps = 0;
        std::atomic<bool> paused = false;
        control.pause();
        std::stop_source stop;
        std::thread hand([&] {
            while (!paused)
                std::this_thread::yield();
            control.stepOnce();
            while (steps < 1)
                std::this_thread::yield();
            control.resume();
        });
        const auto report = Trainer::run(
            tinyConfig(), tinyData(), *backend, control,
            [&](const TrainingEvent& event) {
                if (std::holds_alternative<StepDone>(event))
                    ++steps;
                if (std::holds_alternative<PauseChanged>(event))
                    paused = true;
            },
            stop.get_token());
        hand.join();
        QVERIFY(report);
        QCOMPARE(steps.load(), 6 * 10);
    }

    void trainsAsWellAsTheProcessor()
    {
        Emulation emulation;
        auto config = tinyConfig();
        config.epochs = 30;
        const auto device = trained(config, *emulated(emulation));
        const auto cpu = trained(config, *createCpuBackend(1));
        QVERIFY(device && cpu);
        const auto& a = device->history.back();
        const auto& b = cpu->history.back();
        QVERIFY(std::abs(a.test.loss - b.test.loss) < 0.02 * (0.1 + b.test.loss));
        QVERIFY(a.test.sc.accuracy > 0.9);
    }

    void tooManyClassesAreAnError()
    {
        Emulation emulation;
        const auto backend = emulated(emulation);
        const nn::NetworkSpec spec { 8, { 8 }, nn::Activation::GeluTanh, 5000, 3 };
        const auto loaded
            = backend->load(spec, nn::initialParameters(spec, nn::Initialisation::He, 1), {});
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, base::ErrorCode::BackendFailed);
    }
};

QTEST_GUILESS_MAIN(TestCudaBackendEmulated)
#include "tst_cuda_backend_emulated.moc"

// The plug-in on a GPU. Skipped with the probe's reason where there is none.

#include "core/train/backend.h"
#include "core/train/trainer.h"
#include "core/train/training_control.h"
#include "tests/gpu/backend_battery.h"
#include "tests/support/tiny_samples.h"

#include <QTest>

using namespace maury;
using namespace maury::train;

class TestCudaBackend : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        for (const auto& info : listBackends())
            if (info.name == "cuda" && !info.available)
                QSKIP(info.reason.c_str());
    }

    void parity_data()
    {
        QTest::addColumn<int>("activation");
        QTest::addColumn<int>("optimizer");
        QTest::addColumn<double>("dropout");
        QTest::addColumn<bool>("soft");
        QTest::addColumn<bool>("kept");
        using A = nn::Activation;
        using O = Optimizer;
        QTest::newRow("paper") << int(A::GeluTanh) << int(O::Sgd) << 0.0 << false << true;
        QTest::newRow("paper, staged") << int(A::GeluTanh) << int(O::Sgd) << 0.0 << false << false;
        QTest::newRow("exact gelu") << int(A::GeluExact) << int(O::Sgd) << 0.0 << false << true;
        QTest::newRow("relu, momentum") << int(A::Relu) << int(O::Momentum) << 0.0 << false << true;
        QTest::newRow("adamw, dropout")
            << int(A::GeluTanh) << int(O::AdamW) << 0.2 << false << true;
        QTest::newRow("soft, dropout") << int(A::GeluTanh) << int(O::Sgd) << 0.2 << true << false;
    }
    void parity()
    {
        QFETCH(int, activation);
        QFETCH(int, optimizer);
        QFETCH(double, dropout);
        QFETCH(bool, soft);
        QFETCH(bool, kept);
        test::ParityCase parity;
        parity.spec = { 90, { 70, 33 }, static_cast<nn::Activation>(activation), 13, 11 };
        parity.optimizer = { static_cast<Optimizer>(optimizer), 0.9, 0.99, 0.01 };
        parity.dropout = dropout;
        parity.soft = soft;
        parity.kept = kept;
        parity.steps = 100;
        parity.allowed = parity.optimizer.kind == Optimizer::AdamW ? 2e-2 : 1e-3;
        test::compareWithReference(*backend(), parity);
    }

    void gradients() { test::checkGradients(*backend(), false); }
    void gradientsOfSoftTargets() { test::checkGradients(*backend(), true); }
    void stepsTogether() { test::checkStepsTogether(*backend(), 1e-4); }
    void handover() { test::checkHandover(*backend(), *backend(), Optimizer::AdamW); }
    void handoverToTheProcessor()
    {
        test::checkHandover(*backend(), *createBackend("cpu", 1).value(), Optimizer::Momentum);
    }

    void trains()
    {
        TrainingConfig config;
        config.hidden = { 24, 12 };
        config.initialisation = nn::Initialisation::He;
        config.live.learningRate = 0.1;
        config.batchSize = 16;
        config.epochs = 30;
        config.backend = "cuda";
        const auto trained = test::tinySamples(400, 1);
        const auto tested = test::tinySamples(100, 2);
        TrainingControl control;
        const auto tf32 = createBackend("cuda", 0, Precision::Tf32).value();
        const auto report = Trainer::run(
            config, { trained, tested, {} }, *tf32, control, [](const TrainingEvent&) {}, {});
        QVERIFY2(report, report ? "" : base::describe(report.error()).c_str());
        QVERIFY(report->history.back().test.sc.accuracy > 0.8);
    }

private:
    static std::unique_ptr<Backend> backend()
    {
        return createBackend("cuda", 0, Precision::Fp32).value();
    }
};

QTEST_GUILESS_MAIN(TestCudaBackend)
#include "tst_cuda_backend.moc"

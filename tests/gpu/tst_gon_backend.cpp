// Gradient Origin Networks of the plug-in on a GPU. Skipped with the probe's reason where there is
// none.

#include "core/train/backend.h"
#include "tests/gpu/gon_battery.h"

#include <QTest>

using namespace maury;
using namespace maury::gon;

class TestGonBackend : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        for (const auto& info : train::listBackends())
            if (info.name == "cuda" && !info.available)
                QSKIP(info.reason.c_str());
    }

    void parity_data()
    {
        QTest::addColumn<int>("inference");
        QTest::newRow("Gauss-Newton") << int(InferenceKind::GaussNewton);
        QTest::newRow("one-step") << int(InferenceKind::OneStep);
        QTest::newRow("detached") << int(InferenceKind::Detached);
        QTest::newRow("learned") << int(InferenceKind::LearnedStep);
    }
    void parity()
    {
        QFETCH(int, inference);
        const auto made = test::makeGonCase(
            DecoderKind::Dense, static_cast<InferenceKind>(inference), false, 300, 20);
        const auto backend = createGonBackend("cuda", made.setup).value();
        test::compareGonSteps(*backend, made, 5e-3);
        test::compareGonCodes(*backend, made, 1e-3);
        const auto processor = createProcessorGonBackend(NetworkPrecision::Single);
        test::checkGonHandover(*backend, *processor, made, 5e-3);
    }
};

QTEST_GUILESS_MAIN(TestGonBackend)
#include "tst_gon_backend.moc"

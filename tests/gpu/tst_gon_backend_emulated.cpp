// Gradient Origin Networks of the plug-in, its device emulated, against those of the processor.

#include "gpu/gon_backend.h"
#include "tests/gpu/emulated_device.h"
#include "tests/gpu/gon_battery.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using namespace maury::gon;
using test::Emulation;
using test::GonCase;
using test::makeGonCase;

namespace {

std::unique_ptr<GonBackend> emulated(Emulation& emulation)
{
    return gpu::createDeviceGonBackend("cuda", test::emulateDevice(emulation));
}

GonCase denseCase(InferenceKind inference, Activation activation, bool skip)
{
    GonCase made = makeGonCase(DecoderKind::Dense, inference, false);
    if (skip != made.config.decoder.skip) {
        const auto skipping
            = makeGonCase(DecoderKind::Dense, InferenceKind::GaussNewton, false).start;
        const auto plain = makeGonCase(DecoderKind::Dense, InferenceKind::OneStep, false).start;
        made.start.decoder = (skip ? skipping : plain).decoder;
        made.setup.decoder.skip = skip;
    }
    made.setup.decoder.activation = activation;
    return made;
}

} // namespace

class TestGonBackendEmulated : public QObject {
    Q_OBJECT
private slots:
    void parity_data()
    {
        QTest::addColumn<int>("inference");
        QTest::addColumn<int>("activation");
        QTest::addColumn<bool>("skip");
        QTest::addColumn<int>("threads");
        using I = InferenceKind;
        using A = Activation;
        const auto row = [](const char* name, I inference, A activation, bool skip, int threads) {
            QTest::newRow(name) << int(inference) << int(activation) << skip << threads;
        };
        row("default", I::GaussNewton, A::Gelu, true, 1);
        row("blocks of three threads", I::GaussNewton, A::Gelu, true, 3);
        row("without skip", I::GaussNewton, A::Silu, false, 1);
        row("softplus", I::GaussNewton, A::Softplus, true, 1);
        row("one-step", I::OneStep, A::Silu, false, 1);
        row("one-step with skip", I::OneStep, A::Elu, true, 1);
        row("detached", I::Detached, A::Silu, false, 1);
        row("learned", I::LearnedStep, A::Sine, false, 1);
    }
    void parity()
    {
        QFETCH(int, inference);
        QFETCH(int, activation);
        QFETCH(bool, skip);
        QFETCH(int, threads);
        const GonCase made = denseCase(
            static_cast<InferenceKind>(inference), static_cast<Activation>(activation), skip);
        Emulation emulation;
        emulation.threads = threads;
        emulation.order = static_cast<std::uint64_t>(threads);
        const auto backend = emulated(emulation);
        test::compareGonSteps(*backend, made, 2e-3, threads > 1 ? 2 : 12); // threads must be made
        QCOMPARE(emulation.recorded, std::int64_t { 1 }); // settings need no new graph
        test::compareGonCodes(*backend, made, 1e-4);
    }

    /// Principal components are used, too, though never trained.
    void linearDecoder()
    {
        const GonCase made = makeGonCase(DecoderKind::Linear, InferenceKind::GaussNewton, false);
        Emulation emulation;
        test::compareGonCodes(*emulated(emulation), made, 1e-4);
    }

    /// More dimensions than find room in a block's shared memory.
    void wideCode()
    {
        constexpr int kLatent = 120;
        GonCase made = makeGonCase(DecoderKind::Linear, InferenceKind::GaussNewton, false, 200, 3);
        made.setup.decoder.latent = kLatent;
        base::RandomStream stream(5);
        auto& weights = made.start.decoder.layers.front().weights;
        weights.resize(kLatent, 200);
        for (auto& value : weights.reshaped())
            value = static_cast<float>(0.05 * stream.normal());
        Emulation emulation;
        test::compareGonCodes(*emulated(emulation), made, 1e-3);
    }

    void handover()
    {
        const GonCase made = denseCase(InferenceKind::LearnedStep, Activation::Silu, false);
        Emulation first;
        Emulation second;
        test::checkGonHandover(*emulated(first), *emulated(second), made, 1e-6);
        const auto processor = createProcessorGonBackend(NetworkPrecision::Single);
        test::checkGonHandover(*emulated(first), *processor, made, 1e-3);
        test::checkGonHandover(*processor, *emulated(first), made, 1e-3);
    }

    /// A batch that is not full is one of that size; a spectrum without weight changes nothing.
    void smallerBatches()
    {
        const GonCase made = denseCase(InferenceKind::GaussNewton, Activation::Gelu, true);
        TrainingBatch half { made.batch.data.topRows(2), made.batch.lossWeight.topRows(2),
            made.batch.inferenceWeight.topRows(2), {} };
        half.lossWeight.row(1).setZero();
        half.inferenceWeight.row(1).setZero();
        Emulation emulation;
        const auto backend = emulated(emulation);
        const auto processor = createProcessorGonBackend(NetworkPrecision::Double);
        for (GonBackend* each : { backend.get(), processor.get() }) {
            QVERIFY(each->load(made.setup, made.start));
            QVERIFY(each->trainStep(made.batch, {}));
        }
        const auto a = backend->trainStep(half, {});
        const auto b = processor->trainStep(half, {});
        QVERIFY(a);
        QVERIFY(b);
        QVERIFY(std::isfinite(a->loss.loss));
        QVERIFY(std::abs(a->loss.loss - b->loss.loss) <= 1e-3 * b->loss.loss);
        QCOMPARE(emulation.recorded, std::int64_t { 2 });
    }

    /// What stays on the processor is refused with the reason.
    void obstacles()
    {
        Emulation emulation;
        const auto backend = emulated(emulation);
        const auto refused = [&](DecoderKind decoder, InferenceKind inference, bool variational) {
            const GonCase made = makeGonCase(decoder, inference, variational);
            const auto loaded = backend->load(made.setup, made.start);
            QVERIFY(!loaded);
            QCOMPARE(loaded.error().code, base::ErrorCode::BackendUnavailable);
            QVERIFY(!loaded.error().found.empty());
        };
        refused(DecoderKind::Siren, InferenceKind::GaussNewton, false);
        refused(DecoderKind::Dense, InferenceKind::Encoder, false);
        refused(DecoderKind::Dense, InferenceKind::GaussNewton, true);
    }

    /// Wherever the device is lost, it is an error, and everything is given back.
    void lostDevice()
    {
        const GonCase made = denseCase(InferenceKind::GaussNewton, Activation::Gelu, true);
        Emulation whole;
        {
            const auto backend = emulated(whole);
            QVERIFY(backend->load(made.setup, made.start));
            QVERIFY(backend->trainStep(made.batch, {}));
            QVERIFY(backend->encode(made.batch.data, made.batch.inferenceWeight));
        }
        for (std::int64_t at = 0; at < whole.calls; at += 3) {
            Emulation emulation;
            emulation.lostAtCall = at;
            {
                const auto backend = emulated(emulation);
                const auto failed = [&] {
                    if (const auto loaded = backend->load(made.setup, made.start); !loaded)
                        return loaded.error().code;
                    if (const auto step = backend->trainStep(made.batch, {}); !step)
                        return step.error().code;
                    const auto codes
                        = backend->encode(made.batch.data, made.batch.inferenceWeight);
                    return codes ? base::ErrorCode::OptionInvalid : codes.error().code;
                };
                QCOMPARE(failed(), base::ErrorCode::BackendFailed);
            }
            QCOMPARE(emulation.inUse, std::size_t { 0 });
        }
    }

    void tooLittleMemory()
    {
        const GonCase made = denseCase(InferenceKind::GaussNewton, Activation::Gelu, true);
        Emulation emulation;
        emulation.memory = 20000;
        const auto loaded = emulated(emulation)->load(made.setup, made.start);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, base::ErrorCode::BackendFailed);
        QVERIFY(loaded.error().expected.find("for ") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestGonBackendEmulated)
#include "tst_gon_backend_emulated.moc"

// Variations that are made on a device, emulated, against those of the processor: the same streams,
// so the same spectra up to float32's rounding.

#include "core/nn/parameters.h"
#include "core/robust/input_batch.h"
#include "core/robust/ordinal.h"
#include "core/robust/robust_trainer.h"
#include "core/robust/variation_backend.h"
#include "core/train/cpu_backend.h"
#include "core/train/fresh_set.h"
#include "core/train/training_data.h"
#include "gpu/ceilings.h"
#include "gpu/device_backend.h"
#include "tests/gpu/backend_battery.h"
#include "tests/gpu/emulated_device.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <iterator>

using namespace maury;
using test::Emulation;

namespace {

constexpr int kPixels = 400;
constexpr std::size_t kSamples = 24;
const spectrum::WavelengthGrid kGrid { 3900.0, 0.5, kPixels };

std::unique_ptr<train::Backend> emulated(Emulation& emulation)
{
    return gpu::createDeviceBackend("cuda", test::emulateDevice(emulation));
}

/// Two standards, the second with an edge without data.
std::vector<float> standards()
{
    std::vector<float> flux;
    for (const double code : { 16.0, 30.0 })
        for (int pixel = 0; pixel < kPixels; ++pixel)
            flux.push_back(code > 20.0 && pixel < 9
                    ? 0.0F
                    : static_cast<float>(test::starFlux(
                        kGrid.wavelength(static_cast<std::size_t>(pixel)), code, 3.0)));
    return flux;
}

std::vector<std::uint32_t> standardOf()
{
    std::vector<std::uint32_t> of;
    for (std::uint32_t i = 0; i < kSamples; ++i)
        of.push_back(i % 3 == 0 ? 1 : 0);
    return of;
}

/// A network that passes a pixel's flux on to the difference of two logits tells what a backend
/// keeps: logit(p₀) = w · flux.
class Reader {
public:
    explicit Reader(train::Backend& backend, const std::vector<float>& samples)
        : m_backend(backend)
        , m_samples(samples)
    {
    }

    nn::Matrix<float> read()
    {
        nn::Matrix<float> flux(kSamples, kPixels);
        std::vector<std::uint32_t> rows(kSamples);
        for (std::uint32_t i = 0; i < kSamples; ++i)
            rows[i] = i;
        for (int pixel = 0; pixel < kPixels; ++pixel) {
            train::Batch batch;
            batch.samples = m_samples.data();
            batch.rows = rows;
            load(pixel);
            const auto heads = m_backend.predict(batch).value();
            for (Eigen::Index row = 0; row < flux.rows(); ++row) {
                const auto p = static_cast<double>(heads.sc(row, 0));
                const auto q = static_cast<double>(heads.sc(row, 1));
                flux(row, pixel) = static_cast<float>(std::log(p / q));
            }
        }
        return flux;
    }

    static nn::NetworkSpec spec() { return { kPixels, { 8 }, nn::Activation::Relu, 2, 2 }; }

    void load(int pixel)
    {
        auto parameters = nn::zeroParameters<float>(spec());
        parameters.hidden[0].weights(pixel, 0) = 1.0F;
        parameters.sc.weights(0, 0) = 1.0F;
        QVERIFY(m_backend.load(spec(), parameters, {}));
    }

private:
    train::Backend& m_backend;
    const std::vector<float>& m_samples;
};

dataset::AugmentationSettings nothing()
{
    dataset::AugmentationSettings settings;
    settings.registrationSigmaAngstrom = settings.registrationLinearSigma = 0.0;
    settings.dopplerSigmaKms = settings.broadeningSigmaPixels = settings.gain = 0.0;
    settings.continuumSigma0 = settings.continuumSigma1 = settings.continuumSigma2 = 0.0;
    return settings;
}

mk::AtlasPtr library()
{
    return test::starAtlas({ 12.0, 16.0, 20.0, 23.0, 26.0, 30.0, 34.0 }, robust::libraryGrid());
}

} // namespace

Q_DECLARE_METATYPE(maury::dataset::AugmentationSettings)

class TestDeviceVariations : public QObject {
    Q_OBJECT
private slots:
    void fresh_data()
    {
        QTest::addColumn<dataset::AugmentationSettings>("settings");
        QTest::addColumn<int>("threads");
        auto one = nothing();
        QTest::newRow("nothing") << one << 1;
        one.registrationSigmaAngstrom = 1.3;
        one.registrationLinearSigma = 1e-3;
        one.dopplerSigmaKms = 100.0;
        QTest::newRow("wavelengths") << one << 1;
        one = nothing();
        one.continuumSigma0 = one.continuumSigma1 = one.continuumSigma2 = 0.1;
        QTest::newRow("continuum") << one << 1;
        one = nothing();
        one.broadeningSigmaPixels = 2.0;
        QTest::newRow("broadening") << one << 1;
        one = nothing();
        one.gain = 5000.0;
        one.noise = dataset::NoiseLaw::Gaussian;
        QTest::newRow("normal noise") << one << 1;
        one.noise = dataset::NoiseLaw::Poisson;
        QTest::newRow("photons") << one << 1;
        one.gain = 6.0;
        QTest::newRow("few photons") << one << 1;
        one.gain = 14.0;
        QTest::newRow("some photons") << one << 1;
        QTest::newRow("the paper's") << dataset::AugmentationSettings {} << 1;
        QTest::newRow("three threads") << dataset::AugmentationSettings {} << 3;
    }
    // Where the rounding of a mean decides a count of photons is one more or less: rare.
    void fresh()
    {
        QFETCH(dataset::AugmentationSettings, settings);
        QFETCH(int, threads);
        Emulation emulation;
        const auto made = freshOf(emulation, settings, 3, threads);
        const auto of = standardOf();
        const auto from = standards();
        const dataset::Augmenter augmenter(kGrid, settings, 77);
        std::vector<float> expected(kPixels);
        int different = 0;
        for (std::size_t row = 0; row < kSamples; ++row) {
            augmenter.apply(std::span(from).subspan(of[row] * kPixels, kPixels), 3, row, expected);
            for (int pixel = 0; pixel < kPixels; ++pixel) {
                const float off = std::abs(made(static_cast<Eigen::Index>(row), pixel)
                    - std::max(0.0F, expected[static_cast<std::size_t>(pixel)]));
                different += off > 3e-5F ? 1 : 0;
                // A count that comes out otherwise is one of the same law.
                if (settings.gain > 0.0)
                    QVERIFY(off < 8.0F / std::sqrt(static_cast<float>(settings.gain)));
            }
        }
        const bool photons = settings.gain > 0.0 && settings.noise == dataset::NoiseLaw::Poisson;
        QVERIFY2(different <= (photons ? kPixels * int { kSamples } / 100 : 0),
            qPrintable(QString::number(different)));
    }

    void everyEpochIsAnother()
    {
        Emulation emulation;
        const auto three = freshOf(emulation, {}, 3);
        const auto four = freshOf(emulation, {}, 4);
        QVERIFY((three - four).cwiseAbs().maxCoeff() > 0.01F);
    }

    void setsThatAreNotKeptAreLeftToTheProcessor()
    {
        Emulation emulation;
        const auto backend = emulated(emulation);
        const auto from = standards();
        const auto of = standardOf();
        const std::vector<float> samples(kSamples * kPixels, 1.0F);
        Reader(*backend, samples).load(0);
        const auto made = backend->makeFresh({ samples.data(), from, of, kGrid, {}, 77, 3 });
        QVERIFY(made && !*made);
    }

    // A run with new variations for every epoch: the device makes its own, and learns the same.
    void runsWithFreshEpochs()
    {
        train::TrainingConfig config;
        config.hidden = { 16 };
        config.batchSize = 20;
        config.epochs = 3;
        config.perSpectrumTrain = 6;
        config.perSpectrumTest = 2;
        config.initialisation = nn::Initialisation::He;
        config.freshEveryEpoch = true;
        config.live.augmentation.noise = dataset::NoiseLaw::Gaussian;
        config.threads = 1;
        const auto atlas = test::starAtlas({ 12.0, 16.0, 20.0 });
        const auto prepared = train::prepareTrainingData({ atlas }, nullptr, config);
        QVERIFY_RESULT(prepared);
        const auto lossesOf = [&](train::Backend& backend) {
            train::TrainingControl control;
            std::vector<double> losses;
            const auto report = train::Trainer::run(config, prepared->data, backend, control,
                [&](const train::TrainingEvent& event) {
                    if (const auto* step = std::get_if<train::StepDone>(&event))
                        losses.push_back(step->loss);
                },
                {});
            return report ? losses : std::vector<double> {};
        };
        Emulation emulation;
        const auto device = lossesOf(*emulated(emulation));
        const auto cpu = lossesOf(*train::createCpuBackend(1));
        QCOMPARE(device.size(), cpu.size());
        QVERIFY(!cpu.empty());
        for (std::size_t i = 0; i < cpu.size(); ++i)
            QVERIFY2(std::abs(device[i] - cpu[i]) < 2e-3 * (1.0 + cpu[i]),
                qPrintable(QString("%1 %2").arg(device[i]).arg(cpu[i])));
    }

    void robust_data()
    {
        QTest::addColumn<double>("mix");
        QTest::addColumn<int>("threads");
        QTest::newRow("the recipe's") << 0.0 << 1;
        QTest::newRow("mixed") << 0.6 << 1;
        QTest::newRow("three threads") << 0.6 << 3;
    }
    void robust()
    {
        QFETCH(double, mix);
        QFETCH(int, threads);
        Emulation emulation;
        emulation.threads = threads;
        const auto backend = emulated(emulation);
        auto* varies = dynamic_cast<robust::VariationBackend*>(backend.get());
        QVERIFY(varies != nullptr);
        const auto standards = robust::standardsOf({ { library() } });
        QVERIFY_RESULT(standards);
        robust::VariationSettings settings;
        settings.mixShare = mix;
        const robust::VariationMaker maker(*standards, settings, 21);
        robust::BatchMaker batches(1);
        robust::InputBatch first(40, standards->grid);
        batches.make(maker, 7, nullptr, first);
        const auto standardisation = robust::standardise(first.input);
        QVERIFY(varies->takeStandards(maker, standardisation).value());
        robust::InputBatch expected(20, standards->grid);
        robust::InputBatch made(20, standards->grid);
        batches.make(maker, 9, &standardisation, expected);
        QVERIFY_RESULT(varies->makeVariations(maker, 9, made));
        const float off = (made.input - expected.input).cwiseAbs().maxCoeff();
        QVERIFY2(off < 2e-3F, qPrintable(QString::number(static_cast<double>(off))));
        QVERIFY(expected.input.cwiseAbs().maxCoeff() > 0.5F);
        QVERIFY((made.temperature - expected.temperature).cwiseAbs().maxCoeff() < 1e-5F);
        QVERIFY((made.luminosity - expected.luminosity).cwiseAbs().maxCoeff() < 1e-5F);
        QVERIFY(made.temperatureCode == expected.temperatureCode);
        QVERIFY(made.luminosityCode == expected.luminosityCode);
    }

    // A whole run of the robust protocol, dropout and AdamW included.
    void robustRuns()
    {
        robust::RobustConfig config;
        config.hidden = { 24, 12 };
        config.batchSize = 32;
        config.steps = 24;
        config.warmUpSteps = 4;
        config.threads = 1;
        config.seed = 5;
        config.heldOut = 20;
        const auto run = [&](train::Backend& backend, std::vector<double>& losses) {
            robust::RobustControl control;
            return robust::RobustTrainer::run(config, { { { library() } }, {} }, backend, control,
                [&](const train::TrainingEvent& event) {
                    if (const auto* step = std::get_if<train::StepDone>(&event))
                        losses.insert(losses.end(), { step->loss, step->accuracySc });
                },
                {});
        };
        Emulation emulation;
        std::vector<double> deviceLosses;
        std::vector<double> cpuLosses;
        const auto device = run(*emulated(emulation), deviceLosses);
        const auto cpu = run(*train::createCpuBackend(1), cpuLosses);
        QVERIFY_RESULT(device);
        QVERIFY_RESULT(cpu);
        QCOMPARE(deviceLosses.size(), cpuLosses.size());
        for (std::size_t i = 0; i < cpuLosses.size(); i += 2) {
            QVERIFY2(std::abs(deviceLosses[i] - cpuLosses[i]) < 0.01 * cpuLosses[i],
                qPrintable(QString("%1 %2").arg(deviceLosses[i]).arg(cpuLosses[i])));
            QVERIFY(std::abs(deviceLosses[i + 1] - cpuLosses[i + 1]) < 0.15);
        }
        QCOMPARE(device->makeMilliseconds, 0.0); // nothing was made here
        QVERIFY(cpu->makeMilliseconds > 0.0);
        QVERIFY(std::abs(device->score.metrics.loss - cpu->score.metrics.loss) < 0.05);
        // An epoch is one launch of one graph: 20 steps, and the 4 of the last epoch.
        QCOMPARE(emulation.recorded, std::int64_t { 2 });
        QCOMPARE(emulation.replayed, std::int64_t { 2 });
    }

    // Steps that share a launch are those that are taken one by one: rates of their own, dropout,
    // and rows that are scored before each update.
    void variedStepsTogether()
    {
        constexpr std::size_t kBatch = 16;
        constexpr std::size_t kScored = 5;
        const auto standards = robust::standardsOf({ { library() } });
        QVERIFY_RESULT(standards);
        const robust::VariationMaker maker(*standards, {}, 21);
        const nn::NetworkSpec spec { static_cast<int>(standards->grid.cropPixels), { 20, 12 },
            nn::Activation::GeluTanh, static_cast<int>(robust::temperatureBins().count),
            static_cast<int>(robust::luminosityBins().count) };
        const std::vector<train::StepSettings> settings {
            { 1e-3, 2.0, 1.0, 0.2, 7 }, { 2e-3, 2.0, 1.0, 0.2, 7 }, { 5e-4, 2.0, 1.0, 0.2, 7 }
        };
        Emulation emulation;
        const auto trained = [&](std::size_t together, std::vector<robust::VariedStep>& steps) {
            const auto backend = emulated(emulation);
            auto& varies = dynamic_cast<robust::VariationBackend&>(*backend);
            const auto start = nn::initialParameters(spec, nn::Initialisation::He, 3);
            bool fine
                = backend->load(spec, start, { train::Optimizer::AdamW, 0.9, 0.99, 0.01 }).has_value();
            robust::Standardisation plain;
            plain.mean.assign(standards->grid.cropPixels, 0.0F);
            plain.deviation.assign(standards->grid.cropPixels, 1.0F);
            fine = fine && varies.takeStandards(maker, plain).value();
            for (std::size_t at = 0; fine && at < settings.size(); at += together) {
                auto done = varies.trainOnVariations(
                    maker, 4 + at, kBatch, kScored, std::span(settings).subspan(at, together));
                fine = done.has_value();
                if (fine)
                    std::move(done->begin(), done->end(), std::back_inserter(steps));
            }
            return fine ? backend->parameters().value() : nn::Parameters {};
        };
        std::vector<robust::VariedStep> one;
        std::vector<robust::VariedStep> all;
        const nn::Parameters afterOne = trained(1, one);
        const nn::Parameters afterAll = trained(settings.size(), all);
        QCOMPARE(one.size(), settings.size());
        QCOMPARE(all.size(), settings.size());
        QCOMPARE(test::largestDifference(afterAll, afterOne), 0.0);
        for (std::size_t at = 0; at < all.size(); ++at) {
            QCOMPARE(all[at].stats.lossSc, one[at].stats.lossSc);
            QCOMPARE(all[at].scored.sc.rows(), Eigen::Index { kScored });
            QVERIFY(all[at].scored.sc == one[at].scored.sc);
            QVERIFY(all[at].scored.lc == one[at].scored.lc);
            QVERIFY(std::abs(all[at].scored.sc.row(0).sum() - 1.0F) < 1e-5F);
        }
        QVERIFY(all[0].scored.sc != all[1].scored.sc);
    }

    void ceilings()
    {
        Emulation emulation;
        const auto device = test::emulateDevice(emulation);
        const auto measured = gpu::measureCeilings(*device, 24);
        QVERIFY_RESULT(measured);
        QVERIFY(measured->gflops > 0.0);
        QVERIFY(measured->copyGigabytesPerSecond > 0.0);
        QCOMPARE(emulation.inUse, std::size_t { 0 });
    }

private:
    /// Fresh variations as the backend keeps them, negative numbers as 0.
    static nn::Matrix<float> freshOf(Emulation& emulation,
        const dataset::AugmentationSettings& settings, std::uint32_t epoch, int threads = 1)
    {
        const auto backend = emulated(emulation);
        const auto from = standards();
        const auto of = standardOf();
        const std::vector<float> samples(kSamples * kPixels, 1.0F);
        const std::vector<std::uint16_t> labels(kSamples, 0);
        const std::vector<train::LabelledSamples> sets { { samples.data(), labels, labels } };
        Reader reader(*backend, samples);
        reader.load(0);
        bool made = backend->keep(sets).has_value();
        emulation.threads = threads;
        made = made
            && backend->makeFresh({ samples.data(), from, of, kGrid, settings, 77, epoch }).value();
        emulation.threads = 1; // to read it, one does as well and is faster
        return made ? reader.read() : nn::Matrix<float>::Constant(kSamples, kPixels, -1.0F);
    }
};

QTEST_GUILESS_MAIN(TestDeviceVariations)
#include "tst_device_variations.moc"

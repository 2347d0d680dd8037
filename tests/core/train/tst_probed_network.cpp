#include "core/train/probed_network.h"

#include "core/train/config_json.h"
#include "core/train/cpu_backend.h"
#include "core/train/trainer.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_samples.h"

#include <QTest>

#include <cmath>
#include <mutex>
#include <thread>

using namespace maury;
using namespace maury::train;
using test::tinySamples;

namespace {

TrainingConfig tinyConfig()
{
    TrainingConfig config;
    config.hidden = { 32, 16 };
    config.batchSize = 25;
    config.epochs = 6;
    config.live.learningRate = 0.1;
    config.threads = 2;
    return config;
}

struct Outcome {
    base::Result<TrainingReport> report;
    std::vector<ProbedNetworkPtr> probes;
};

Outcome run(bool watched, const TrainingConfig& config = tinyConfig())
{
    const auto backend = createCpuBackend(config.threads);
    TrainingControl control;
    control.setWatched(watched);
    std::vector<ProbedNetworkPtr> probes;
    auto report
        = Trainer::run(config, { tinySamples(240, 1), tinySamples(60, 2), {} }, *backend, control,
            [&](const TrainingEvent& event) {
                if (const auto* probed = std::get_if<NetworkProbed>(&event))
                    probes.push_back(probed->network);
            },
            {});
    return { std::move(report), std::move(probes) };
}

bool sameBits(const nn::Parameters& a, const nn::Parameters& b)
{
    bool same = a.sc.weights == b.sc.weights && a.lc.weights == b.lc.weights
        && a.sc.biases == b.sc.biases && a.lc.biases == b.lc.biases;
    for (std::size_t i = 0; same && i < a.hidden.size(); ++i)
        same = a.hidden[i].weights == b.hidden[i].weights
            && a.hidden[i].biases == b.hidden[i].biases;
    return same;
}

/// Collects what a run on another thread says.
class Watcher {
public:
    void take(const TrainingEvent& event)
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto* probed = std::get_if<NetworkProbed>(&event))
            m_probes.push_back(probed->network);
        if (const auto* pause = std::get_if<PauseChanged>(&event))
            m_paused = pause->paused;
    }
    std::vector<ProbedNetworkPtr> probes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_probes;
    }
    bool paused() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_paused;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<ProbedNetworkPtr> m_probes;
    bool m_paused = false;
};

mk::AtlasPtr tinyAtlas(std::size_t pixels)
{
    std::vector<mk::Standard> standards;
    for (const double code : { 16.0, 18.0, 20.0, 23.0 })
        for (const double luminosity : { 0.0, 3.0, 5.0 }) {
            mk::Standard standard;
            standard.temperatureCode = code;
            standard.luminosityCode = luminosity;
            standard.group = mk::luminosityGroup(luminosity);
            standards.push_back(standard);
        }
    const auto set = tinySamples(static_cast<int>(standards.size()), 3);
    mk::SpectraMatrix flux
        = mk::SpectraMatrix::Ones(set->flux.rows(), static_cast<Eigen::Index>(pixels));
    flux.leftCols(set->flux.cols()) = set->flux;
    using Good = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return std::make_shared<mk::Atlas>("tiny", std::filesystem::path {},
        spectrum::WavelengthGrid { 4000.0, 1.0, pixels }, true, standards, flux,
        Good(Good::Ones(flux.rows(), flux.cols())));
}

} // namespace

class TestProbedNetwork : public QObject {
    Q_OBJECT
private slots:
    void looksChangeNoBit()
    {
        const Outcome without = run(false);
        const Outcome with = run(true);
        QVERIFY_RESULT(without.report);
        QVERIFY_RESULT(with.report);
        QVERIFY(without.probes.empty());
        QVERIFY(!with.probes.empty());
        QVERIFY(sameBits(without.report->model.parameters, with.report->model.parameters));
        QVERIFY(sameBits(without.report->best.parameters, with.report->best.parameters));
        for (std::size_t i = 0; i < with.report->history.size(); ++i)
            QCOMPARE(with.report->history[i].train.loss, without.report->history[i].train.loss);
    }

    void oneEpochIsWhatTheModelHolds()
    {
        TrainingConfig config = tinyConfig();
        config.epochs = 1;
        const Outcome outcome = run(true, config);
        QVERIFY_RESULT(outcome.report);
        QCOMPARE(outcome.probes.size(), std::size_t(1));
        const ProbedNetwork& network = *outcome.probes.front();
        const nn::Parameters& now = outcome.report->model.parameters;
        QCOMPARE(network.epoch, 1);
        QCOMPARE(network.spec, outcome.report->model.spec);
        QCOMPARE(network.probe.samples, 48);
        QCOMPARE(network.probe.layers.size(), std::size_t(4));
        QCOMPARE(network.firstLayer.weights, now.hidden.front().weights);
        // The run began where its seed says.
        QVERIFY(network.initial != nullptr);
        const auto initial = initialParameters(network.spec, config);
        QCOMPARE(network.initial->firstWeights, initial.hidden.front().weights);
        QVERIFY(initial.hidden.front().weights != now.hidden.front().weights);
        QCOMPARE(network.initial->probe.layers[0].weights.mean,
            nn::probeNetwork(network.spec, initial, {}).layers[0].weights.mean);
    }

    void fewLooksHoweverFastTheEpochs()
    {
        TrainingConfig config = tinyConfig();
        config.hidden = { 4 };
        config.epochs = 40;
        const Outcome outcome = run(true, config);
        QVERIFY_RESULT(outcome.report);
        const double seconds = outcome.report->seconds;
        QVERIFY(outcome.probes.size() <= static_cast<std::size_t>(1.0 + seconds / 0.4));
        for (std::size_t i = 1; i < outcome.probes.size(); ++i)
            QVERIFY(outcome.probes[i]->epoch > outcome.probes[i - 1]->epoch);
    }

    // In a pause the network is shown as soon as somebody looks, and again after each batch.
    void pausedRunsAreShown()
    {
        const auto backend = createCpuBackend(1);
        TrainingControl control;
        control.pause();
        Watcher watcher;
        const TrainingConfig config = tinyConfig();
        std::jthread thread([&](const std::stop_token& stop) {
            (void)Trainer::run(
                config, { tinySamples(240, 1), {}, {} }, *backend, control,
                [&](const TrainingEvent& event) { watcher.take(event); }, stop);
        });
        QTRY_VERIFY(watcher.paused());
        QVERIFY(watcher.probes().empty());
        control.setWatched(true);
        QTRY_COMPARE(watcher.probes().size(), std::size_t(1));
        const auto first = watcher.probes().front();
        QCOMPARE(first->epoch, 0);
        QCOMPARE(first->firstLayer.weights, first->initial->firstWeights);
        control.stepOnce();
        QTRY_COMPARE(watcher.probes().size(), std::size_t(2));
        QVERIFY(watcher.probes().back()->firstLayer.weights != first->firstLayer.weights);
        QVERIFY(watcher.probes().back()->probe.loss != first->probe.loss);
        control.setWatched(false);
        control.stepOnce();
        control.setWatched(true);
        QTRY_VERIFY(watcher.probes().size() >= std::size_t(3));
        thread.request_stop();
    }

    void aFinishedModelOnItsStandards()
    {
        const Outcome outcome = run(false);
        QVERIFY_RESULT(outcome.report);
        const Model& model = outcome.report->model;
        const auto network = probeModel(model, tinyAtlas(24));
        QCOMPARE(network->epoch, 6);
        QCOMPARE(network->probe.samples, 12);
        QVERIFY(std::isfinite(network->probe.loss));
        QVERIFY(network->initial != nullptr);
        QCOMPARE(network->initial->firstWeights,
            initialParameters(model.spec, tinyConfig()).hidden.front().weights);
        // The same again: nothing is random.
        QCOMPARE(probeModel(model, tinyAtlas(24))->probe.loss, network->probe.loss);
    }

    void whatDoesNotFitIsLeftOut()
    {
        Outcome outcome = run(false);
        QVERIFY_RESULT(outcome.report);
        Model model = outcome.report->model;
        for (const auto& atlas : { mk::AtlasPtr(), tinyAtlas(30) }) {
            const auto network = probeModel(model, atlas);
            QCOMPARE(network->probe.samples, 0);
            QVERIFY(!network->probe.layers.front().weights.isEmpty());
            QCOMPARE(network->firstLayer.units(), 32);
        }
        model.programVersion = "0.0.1"; // may have drawn other numbers from the same seed
        QVERIFY(probeModel(model, nullptr)->initial == nullptr);
        model.programVersion = MAURY_VERSION;
        model.settings = "{}";
        QVERIFY(probeModel(model, nullptr)->initial == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestProbedNetwork)
#include "tst_probed_network.moc"

#include "core/train/checkpoint.h"
#include "core/train/cpu_backend.h"
#include "core/train/kept_epochs.h"
#include "core/train/last_good.h"
#include "core/train/trainer.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_run.h"
#include "tests/support/tiny_samples.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <thread>

using namespace maury;
using namespace maury::train;
using test::TemporaryFolder;
using test::only;
using test::Outcome;
using test::runTiny;
using test::sameNumbers;
using test::tinyConfig;
using test::tinyData;
using test::tinySamples;

class TestTrainer : public QObject {
    Q_OBJECT
private slots:
    void learnsAndTells()
    {
        TrainingConfig config = tinyConfig();
        config.epochs = 60;
        const Outcome outcome = runTiny(config);
        QVERIFY_RESULT(outcome.report);
        const auto epochs = only<EpochDone>(outcome.events);
        QCOMPARE(epochs.size(), std::size_t(60));
        QVERIFY(epochs.back().test.sc.accuracy > 0.95);
        QVERIFY(epochs.back().test.lc.accuracy > 0.95);
        QVERIFY(epochs.back().train.loss < 0.5 * epochs.front().train.loss);
        QCOMPARE(only<StepDone>(outcome.events).size(), std::size_t(60 * 10));
        std::int64_t sum = 0;
        for (const auto& row : epochs.back().test.sc.confusion)
            for (const auto count : row)
                sum += count;
        QCOMPARE(sum, std::int64_t(60));
        QCOMPARE(outcome.report->history.size(), std::size_t(60));
        QCOMPARE(outcome.report->model.epoch, 60);
    }

    // A rate so high that the run jumps: the kept epoch is the one that fits the training set best,
    // whatever the last one and the test set look like.
    void aJumpAtTheEndLosesNothing()
    {
        TrainingConfig config = tinyConfig();
        config.epochs = 20;
        config.live.learningRate = 1.2;
        const Outcome outcome = runTiny(config);
        QVERIFY_RESULT(outcome.report);
        const TrainingReport& report = *outcome.report;
        const auto epochs = only<EpochDone>(outcome.events);
        const auto lastBest = std::find_if(
            epochs.rbegin(), epochs.rend(), [](const EpochDone& epoch) { return epoch.best; });
        QVERIFY(lastBest != epochs.rend());
        QCOMPARE(report.bestEpoch, lastBest->epoch);
        QCOMPARE(report.best.epoch, report.bestEpoch + 1);

        const TrainingData data = tinyData();
        const auto lossOfModel = [&](const Model& model) {
            const auto backend = createCpuBackend(1);
            if (!backend->load(model.spec, model.parameters, {}))
                return std::numeric_limits<double>::quiet_NaN();
            const auto loss = lossOf(*backend, model, *data.train, 10, 2.0, 1.0);
            return loss ? *loss : std::numeric_limits<double>::quiet_NaN();
        };
        QVERIFY(report.bestEpoch != 19); // or the test shows nothing
        QVERIFY(lossOfModel(report.best) < lossOfModel(report.model));
    }

    void aFixedSeedReproducesBits()
    {
        TrainingConfig config = tinyConfig();
        const Outcome first = runTiny(config);
        const Outcome second = runTiny(config);
        QVERIFY(sameNumbers(first.report->model.parameters, second.report->model.parameters));
        config.seed = 2;
        QVERIFY(!sameNumbers(first.report->model.parameters, runTiny(config).report->model.parameters));
    }

    void resumedEqualsUninterrupted_data()
    {
        QTest::addColumn<int>("optimizer");
        QTest::newRow("sgd") << int(Optimizer::Sgd);
        QTest::newRow("momentum") << int(Optimizer::Momentum);
        QTest::newRow("adamw") << int(Optimizer::AdamW);
    }
    void resumedEqualsUninterrupted()
    {
        QFETCH(int, optimizer);
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.optimizer = static_cast<Optimizer>(optimizer);
        config.live.learningRate = 0.02;
        const Outcome whole = runTiny(config);
        QVERIFY_RESULT(whole.report);

        // Stopped in the middle of epoch 5 (0-based 4): the checkpoint is of the end of the one
        // before.
        config.checkpoint = folder / "run.h5";
        std::stop_source stop;
        const Outcome half = runTiny(
            config, false,
            [&](const TrainingEvent& event, TrainingControl&) {
                const auto* step = std::get_if<StepDone>(&event);
                if (step != nullptr && step->epoch == 4 && step->step == 3)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY_RESULT(half.report);
        QVERIFY(half.report->stopped);
        QCOMPARE(half.report->history.size(), std::size_t(4));

        const Outcome rest = runTiny(config, true);
        QVERIFY_RESULT(rest.report);
        QCOMPARE(only<RunStarted>(rest.events).front().firstEpoch, 4);
        QVERIFY(sameNumbers(whole.report->model.parameters, rest.report->model.parameters));
        QVERIFY(sameNumbers(whole.report->best.parameters, rest.report->best.parameters));
        QCOMPARE(rest.report->history.size(), whole.report->history.size());
        for (std::size_t i = 0; i < whole.report->history.size(); ++i) {
            QCOMPARE(rest.report->history[i].train.loss, whole.report->history[i].train.loss);
            QCOMPARE(rest.report->history[i].test.loss, whole.report->history[i].test.loss);
            QCOMPARE(rest.report->history[i].test.sc.confusion,
                whole.report->history[i].test.sc.confusion);
        }
    }

    void anotherRunsCheckpointIsRefused()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.epochs = 2;
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        config.hidden = { 33 };
        const Outcome outcome = runTiny(config, true);
        QVERIFY(!outcome.report);
        QCOMPARE(outcome.report.error().code, base::ErrorCode::ModelMismatch);
    }

    void liveChangesTakeEffectAndAreLogged()
    {
        TrainingConfig config = tinyConfig();
        config.epochs = 2;
        const Outcome outcome
            = runTiny(config, false, [](const TrainingEvent& event, TrainingControl& control) {
                  const auto* step = std::get_if<StepDone>(&event);
                  if (step == nullptr || step->epoch != 0 || step->step != 4)
                      return;
                  LiveSettings live = control.live();
                  live.learningRate = 0.003;
                  live.weightLc = 5.0;
                  control.setLive(live);
              });
        const auto changes = only<SettingChanged>(outcome.events);
        QCOMPARE(changes.size(), std::size_t(2));
        QCOMPARE(changes[0].setting, std::string("lr"));
        QCOMPARE(changes[0].before, 0.1);
        QCOMPARE(changes[0].after, 0.003);
        QCOMPARE(changes[0].step, std::int64_t(5));
        QCOMPARE(changes[1].setting, std::string("weights-lc"));
        const auto steps = only<StepDone>(outcome.events);
        QCOMPARE(steps[4].learningRate, 0.1);
        QCOMPARE(steps[5].learningRate, 0.003);
        // The weighted loss follows at once: (2·SC + 5·LC) / 7.
        QVERIFY(std::abs(steps[6].loss - (2.0 * steps[6].lossSc + 5.0 * steps[6].lossLc) / 7.0)
            < 1e-12);
        QCOMPARE(outcome.report->changes.size(), std::size_t(2));
    }

    void pauseSingleStepResume()
    {
        const auto backend = createCpuBackend(1);
        TrainingControl control;
        control.pause();
        std::atomic<int> steps { 0 };
        std::atomic<int> pauses { 0 };
        const TrainingConfig config = tinyConfig();
        base::Result<TrainingReport> report
            = base::failure(base::ErrorCode::Cancelled, "not started");
        std::jthread thread([&](std::stop_token stop) {
            report = Trainer::run(
                config, tinyData(), *backend, control,
                [&](const TrainingEvent& event) {
                    if (std::holds_alternative<StepDone>(event))
                        ++steps;
                    if (std::holds_alternative<PauseChanged>(event))
                        ++pauses;
                },
                stop);
        });
        QTRY_COMPARE(pauses.load(), 1);
        QCOMPARE(steps.load(), 0);
        control.stepOnce();
        QTRY_COMPARE(steps.load(), 1);
        control.stepOnce();
        control.stepOnce();
        QTRY_COMPARE(steps.load(), 3);
        QVERIFY(control.paused());
        control.resume();
        thread.join();
        QCOMPARE(steps.load(), 80);
        QVERIFY_RESULT(report);
    }

    void stopsWhilePaused()
    {
        const auto backend = createCpuBackend(1);
        TrainingControl control;
        control.pause();
        std::stop_source stop;
        stop.request_stop();
        const auto report = Trainer::run(
            tinyConfig(), tinyData(), *backend, control, [](const TrainingEvent&) {},
            stop.get_token());
        QVERIFY_RESULT(report);
        QVERIFY(report->stopped);
        QVERIFY(report->history.empty());
    }

    void divergenceStopsWithTheLastGoodWeights()
    {
        const TemporaryFolder folder;
        // Fluxes of a million and a rate that hardly moves: two good epochs. Then the rate jumps,
        // and the sums overflow.
        auto train = std::make_shared<dataset::SampleSet>(*tinySamples(240, 1));
        train->flux *= 1e6F;
        TrainingConfig config = tinyConfig();
        config.live.learningRate = 1e-20;
        config.checkpoint = folder / "run.h5";
        const auto backend = createCpuBackend(2);
        TrainingControl control;
        const auto report = Trainer::run(config, { train, {}, {} }, *backend, control,
            [&](const TrainingEvent& event) {
                const auto* epoch = std::get_if<EpochDone>(&event);
                if (epoch == nullptr || epoch->epoch != 1)
                    return;
                LiveSettings live = control.live();
                live.learningRate = 10.0;
                control.setLive(live);
            },
            {});
        QVERIFY(!report);
        QVERIFY(base::describe(report.error()).find("run.h5") != std::string::npos);
        QCOMPARE(report.error().code, base::ErrorCode::TrainingDiverged);
        const auto checkpoint = readCheckpoint(config.checkpoint);
        QVERIFY_RESULT(checkpoint);
        QVERIFY(allFinite(checkpoint->model.parameters));
        QCOMPARE(checkpoint->history.size(), std::size_t(2));
    }

    void absurdRatesDivergeOnBothBackends_data()
    {
        QTest::addColumn<QString>("backend");
        QTest::newRow("cpu") << "cpu";
        QTest::newRow("reference") << "reference";
    }
    /// Two good epochs, then a learning rate of a million: the run ends with the reason, and what
    /// the two epochs had reached can be taken up.
    void absurdRatesDivergeOnBothBackends()
    {
        QFETCH(QString, backend);
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        const auto engine = createBackend(backend.toStdString(), 2);
        QVERIFY_RESULT(engine);
        TrainingControl control;
        std::vector<EpochDone> epochs;
        nn::Parameters good;
        const auto report = Trainer::run(config, tinyData(), **engine, control,
            [&](const TrainingEvent& event) {
                if (const auto* epoch = std::get_if<EpochDone>(&event)) {
                    epochs.push_back(*epoch);
                    good = (*engine)->parameters().value();
                    if (epoch->epoch == 1) {
                        LiveSettings live = control.live();
                        live.learningRate = 1e6;
                        control.setLive(live);
                    }
                }
            },
            {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, base::ErrorCode::TrainingDiverged);
        QVERIFY(report.error().place.starts_with("epoch 3, batch "));
        QVERIFY(report.error().found == "a loss that is no number"
            || report.error().found == "an infinite loss");
        QCOMPARE(epochs.size(), std::size_t(2));

        const auto kept = lastGoodReport(config.checkpoint);
        QVERIFY_RESULT(kept);
        QVERIFY(kept->stopped);
        QCOMPARE(kept->history.size(), std::size_t(2));
        QVERIFY(allFinite(kept->best.parameters));
        QVERIFY(sameNumbers(kept->model.parameters, good));
        QCOMPARE(kept->best.epoch, kept->bestEpoch + 1);
        QCOMPARE(kept->history[1].train.loss, epochs[1].train.loss);
    }

    void theLastUpdateOfAnEpochCanDivergeToo()
    {
        const TemporaryFolder folder;
        // One batch an epoch: its loss is finite, its update is not, and no batch comes after it.
        auto train = std::make_shared<dataset::SampleSet>(*tinySamples(240, 1));
        train->flux *= 1e30F;
        TrainingConfig config = tinyConfig();
        config.batchSize = 240;
        config.live.learningRate = 1e9;
        config.checkpoint = folder / "run.h5";
        const auto backend = createCpuBackend(1);
        TrainingControl control;
        int steps = 0;
        const auto report = Trainer::run(config, { train, {}, {} }, *backend, control,
            [&steps](const TrainingEvent& event) {
                steps += std::holds_alternative<StepDone>(event) ? 1 : 0;
            },
            {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, base::ErrorCode::TrainingDiverged);
        QCOMPARE(report.error().found, std::string("weights that are not finite"));
        QCOMPARE(steps, 1);
        QVERIFY(!std::filesystem::exists(config.checkpoint));
    }

    void checkpointThatCannotBeWrittenIsToldAndTheRunGoesOn()
    {
        TrainingConfig config = tinyConfig();
        config.checkpoint = "/no-such-folder/run.h5";
        const Outcome outcome = runTiny(config);
        QVERIFY_RESULT(outcome.report);
        const auto notices = only<Notice>(outcome.events);
        QCOMPARE(notices.size(), std::size_t(8));
        QCOMPARE(notices.front().error.code, base::ErrorCode::WriteFailed);
        QCOMPARE(outcome.report->history.size(), std::size_t(8));
    }

    void keptEpochsStayWithinTheBudget()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.epochs = 20;
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        const auto all = keptEpochs(config.checkpoint);
        QCOMPARE(all.size(), std::size_t(20));
        const auto size = std::filesystem::file_size(all.front().file);

        config.checkpoint = folder / "small.h5";
        config.keepBudgetBytes = 6 * size;
        QVERIFY_RESULT(runTiny(config).report);
        const auto few = keptEpochs(config.checkpoint);
        QVERIFY(few.size() >= 3 && few.size() <= 6);
        const int spacing = few[1].epoch - few[0].epoch;
        for (std::size_t i = 1; i < few.size(); ++i)
            QCOMPARE(few[i].epoch - few[i - 1].epoch, spacing);
        const auto kept = readModel(few[1].file);
        QVERIFY_RESULT(kept);
        QCOMPARE(kept->epoch, few[1].epoch + 1);
        QVERIFY_RESULT(readModel(bestModelFile(config.checkpoint)));
    }

    void batchLargerThanTheSetIsRefused()
    {
        TrainingConfig config = tinyConfig();
        config.batchSize = 241;
        const Outcome outcome = runTiny(config);
        QVERIFY(!outcome.report);
        QCOMPARE(outcome.report.error().code, base::ErrorCode::OptionInvalid);
        QVERIFY(base::describe(outcome.report.error()).find("240") != std::string::npos);
    }

    void schedules()
    {
        TrainingConfig config;
        config.epochs = 100;
        QCOMPARE(scheduledRate(config, 0.01, 99), 0.01);
        config.schedule = Schedule::Halving;
        QCOMPARE(scheduledRate(config, 0.01, 49), 0.01);
        QCOMPARE(scheduledRate(config, 0.01, 50), 0.005);
        config.schedule = Schedule::Cosine;
        QCOMPARE(scheduledRate(config, 0.01, 0), 0.01);
        QCOMPARE(scheduledRate(config, 0.01, 50), 0.005);
    }

    void settingsOutOfRange_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("option");
        QTest::newRow("learning rate 0") << 0 << "--lr";
        QTest::newRow("no hidden layer") << 1 << "--hidden";
        QTest::newRow("batch 0") << 2 << "--batch";
        QTest::newRow("weights 0") << 3 << "--weights-sc";
        QTest::newRow("NaN rate") << 4 << "--lr";
        QTest::newRow("epochs") << 5 << "--epochs";
    }
    void settingsOutOfRange()
    {
        QFETCH(int, which);
        QFETCH(QString, option);
        TrainingConfig config;
        switch (which) {
        case 0:
            config.live.learningRate = 0.0;
            break;
        case 1:
            config.hidden.clear();
            break;
        case 2:
            config.batchSize = 0;
            break;
        case 3:
            config.live.weightSc = config.live.weightLc = 0.0;
            break;
        case 4:
            config.live.learningRate = std::nan("");
            break;
        default:
            config.epochs = 0;
        }
        const auto result = validate(config);
        QVERIFY(!result);
        QVERIFY(QString::fromStdString(result.error().place).contains(option));
    }
};

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"

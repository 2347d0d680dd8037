#include "core/robust/robust_checkpoint.h"
#include "core/robust/robust_trainer.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>

using namespace maury;
using namespace maury::robust;
using test::TemporaryFolder;
using train::TrainingEvent;

namespace {

using React = std::function<void(const TrainingEvent&, RobustControl&)>;

mk::AtlasPtr library(double shift = 0.0)
{
    return test::starAtlas({ 12.0 + shift, 16.0, 20.0, 23.0, 26.0, 30.0, 34.0 }, libraryGrid());
}

/// Three epochs a member, the last one short.
RobustConfig smallConfig()
{
    RobustConfig config;
    config.hidden = { 24, 12 };
    config.batchSize = 32;
    config.steps = 50;
    config.warmUpSteps = 10;
    config.learningRate = 5e-3;
    config.heldOut = 96;
    config.threads = 1;
    config.seed = 5;
    return config;
}

struct Told {
    std::vector<TrainingEvent> events;

    template <typename Event> [[nodiscard]] std::vector<Event> all() const
    {
        std::vector<Event> found;
        for (const TrainingEvent& event : events)
            if (const auto* one = std::get_if<Event>(&event))
                found.push_back(*one);
        return found;
    }
};

base::Result<RobustReport> run(const RobustConfig& config, const React& react = {},
    Told* told = nullptr, std::stop_token stop = {}, bool resume = false,
    const RobustData& data = { { { library() } }, {} }, const std::string& device = "cpu")
{
    const auto backend = train::createBackend(device, config.threads).value();
    RobustControl control;
    const auto work = resume ? RobustTrainer::resume : RobustTrainer::run;
    return work(config, data, *backend, control,
        [&](const TrainingEvent& event) {
            if (told != nullptr)
                told->events.push_back(event);
            if (react)
                react(event, control);
        },
        std::move(stop), {});
}

bool same(const nn::Parameters& a, const nn::Parameters& b)
{
    bool equal = a.sc.weights == b.sc.weights && a.lc.weights == b.lc.weights
        && a.sc.biases == b.sc.biases && a.lc.biases == b.lc.biases;
    for (std::size_t i = 0; i < a.hidden.size(); ++i)
        equal = equal && a.hidden[i].weights == b.hidden[i].weights
            && a.hidden[i].biases == b.hidden[i].biases;
    return equal;
}

/// Changes what a hand changes in a run, at the beginning of its second epoch.
void changeInSecondEpoch(const TrainingEvent& event, RobustControl& control)
{
    const auto* done = std::get_if<train::EpochDone>(&event);
    if (done == nullptr || done->epoch != 0)
        return;
    RobustLive live = control.live();
    live.learningRate = 2e-3;
    live.weightDecay = 0.5;
    live.variation.velocitySigmaKms = 5.0;
    control.setLive(live);
}

} // namespace

class TestRobustRun : public QObject {
    Q_OBJECT
private slots:
    void tellsWhatTheOtherProtocolTells()
    {
        RobustConfig config = smallConfig();
        config.members = 2;
        Told told;
        const auto report = run(config, {}, &told);
        QVERIFY_RESULT(report);
        const auto started = told.all<train::RunStarted>();
        QCOMPARE(started.size(), std::size_t { 1 });
        QCOMPARE(started[0].epochs, 6);
        QCOMPARE(started[0].stepsPerEpoch, 20);
        QCOMPARE(started[0].testSamples, 96);
        QCOMPARE(started[0].classes.size(), std::size_t { 7 });
        const auto steps = told.all<train::StepDone>();
        QCOMPARE(steps.size(), std::size_t { 100 });
        QCOMPARE(steps[49].epoch, 2);
        QCOMPARE(steps[49].step, 9); // the last epoch of a member is short
        QCOMPARE(steps[50].epoch, 3);
        QCOMPARE(steps[50].step, 0);
        const auto epochs = told.all<train::EpochDone>();
        QCOMPARE(epochs.size(), std::size_t { 6 });
        for (const int epoch : { 0, 1, 2, 3, 4, 5 })
            QCOMPARE(epochs[static_cast<std::size_t>(epoch)].best, epoch == 2 || epoch == 5);
        double sum = 0.0;
        for (std::size_t i = 20; i < 40; ++i)
            sum += steps[i].loss;
        QVERIFY(std::abs(epochs[1].train.loss - sum / 20.0) < 1e-12);
        QCOMPARE(report->history.size(), std::size_t { 6 });
        QCOMPARE(report->model.blue.members.size(), std::size_t { 2 });
    }

    // Scoring looks and does not touch: with and without it the weights are the same.
    void scoringChangesNothing()
    {
        RobustConfig config = smallConfig();
        const auto scored = run(config);
        config.heldOut = 0;
        const auto blind = run(config);
        QVERIFY_RESULT(scored);
        QVERIFY_RESULT(blind);
        QVERIFY(same(scored->model.blue.members[0], blind->model.blue.members[0]));
        QVERIFY(blind->test == nullptr);
        QCOMPARE(blind->history[0].test.samples, 0);
    }

    // Held-out variations: the loss falls and the accuracy rises, for both heads; batches likewise.
    void heldOutVariationsAreLearned()
    {
        RobustConfig config = smallConfig();
        config.steps = 160;
        const auto report = run(config);
        QVERIFY_RESULT(report);
        const auto& first = report->history.front();
        const auto& last = report->history.back();
        QVERIFY(last.test.loss < first.test.loss - 0.3);
        QVERIFY(last.test.sc.accuracy > first.test.sc.accuracy + 0.2);
        QVERIFY(last.test.lc.accuracy > 0.6);
        QVERIFY(last.train.accuracySc > first.train.accuracySc + 0.2);
        QVERIFY(std::abs(last.train.accuracySc - last.test.sc.accuracy) < 0.25);
        // One member: the model's score is that of the last epoch.
        QCOMPARE(report->score.metrics.sc.accuracy, last.test.sc.accuracy);
        QVERIFY(std::abs(report->score.metrics.loss - last.test.loss) < 1e-5);
        QCOMPARE(report->score.predictions.sc.size(), std::size_t { 96 });
    }

    void testAtlasTakesTheirPlace()
    {
        const RobustData data { { { library() } }, Library { library(0.4) } };
        const auto report = run(smallConfig(), {}, nullptr, {}, false, data);
        QVERIFY_RESULT(report);
        QCOMPARE(report->test->size(), std::size_t { 21 });
        QCOMPARE(
            report->test->names[0], std::string("stars/") + data.test->atlas->standards()[0].name);
        QCOMPARE(report->test->sc[0], std::uint16_t { 0 }); // code 12.4: the class of 12
        const RobustData shorter { { { library() } },
            Library { test::starAtlas({ 12.0, 20.0 }, spectrum::mkGrid()) } };
        const auto refused = run(smallConfig(), {}, nullptr, {}, false, shorter);
        QCOMPARE(refused.error().code, base::ErrorCode::WavelengthsInvalid);
    }

    void changesActAtOnceAndAreMarked()
    {
        Told told;
        const auto plain = run(smallConfig());
        const auto changed = run(smallConfig(), changeInSecondEpoch, &told);
        QVERIFY_RESULT(changed);
        const auto changes = told.all<train::SettingChanged>();
        QCOMPARE(changes.size(), std::size_t { 3 });
        QCOMPARE(changes[0].setting, std::string("lr"));
        QCOMPARE(changes[1].setting, std::string("weight-decay"));
        QCOMPARE(changes[2].setting, std::string("velocity-sigma"));
        QCOMPARE(changes[2].before, 40.0);
        QCOMPARE(changes[2].after, 5.0);
        for (const auto& change : changes) {
            QCOMPARE(change.epoch, 1);
            QCOMPARE(change.step, 0);
        }
        const auto steps = told.all<train::StepDone>();
        RobustConfig slower = smallConfig();
        slower.learningRate = 2e-3;
        QCOMPARE(steps[19].learningRate, rateOf(smallConfig(), 19));
        QCOMPARE(steps[20].learningRate, rateOf(slower, 20));
        QVERIFY(!same(plain->model.blue.members[0], changed->model.blue.members[0]));
        QCOMPARE(changed->model.blue.variation.velocitySigmaKms, 5.0);
        QVERIFY(changed->model.atlas.find("settings changed on the way: 3") != std::string::npos);
    }

    // Each of the settings by itself changes what is learned.
    void everyLiveSettingActs()
    {
        const auto plain = run(smallConfig());
        QVERIFY_RESULT(plain);
        const std::vector<std::function<void(RobustLive&)>> edits {
            [](RobustLive& live) { live.dropout = 0.5; },
            [](RobustLive& live) { live.weightDecay = 1.0; },
            [](RobustLive& live) { live.weightLuminosity = 3.0; },
            [](RobustLive& live) { live.variation.widestFwhmAngstrom = 9.0; },
            [](RobustLive& live) { live.variation.lowestSignalToNoise = 5.0; },
        };
        for (const auto& edit : edits) {
            const auto changed
                = run(smallConfig(), [&edit](const TrainingEvent& event, RobustControl& control) {
                      const auto* step = std::get_if<train::StepDone>(&event);
                      if (step == nullptr || step->epoch != 0 || step->step != 4)
                          return;
                      RobustLive live = control.live();
                      edit(live);
                      control.setLive(live);
                  });
            QVERIFY_RESULT(changed);
            QCOMPARE(changed->changes.size(), std::size_t { 1 });
            QCOMPARE(changed->changes[0].step, 5);
            QVERIFY(!same(plain->model.blue.members[0], changed->model.blue.members[0]));
        }
    }

    void pausesAndTakesSingleBatches()
    {
        std::stop_source stop;
        int afterPause = 0;
        Told told;
        const auto report = run(
            smallConfig(),
            [&](const TrainingEvent& event, RobustControl& control) {
                if (const auto* step = std::get_if<train::StepDone>(&event)) {
                    afterPause += control.paused() ? 1 : 0;
                    if (step->epoch == 0 && step->step == 2)
                        control.pause();
                    if (control.paused() && afterPause < 3)
                        control.stepOnce();
                    if (afterPause == 3)
                        stop.request_stop();
                }
            },
            &told, stop.get_token());
        QVERIFY_RESULT(report);
        QVERIFY(report->stopped);
        // Three single batches, and the stop is heard in the pause after them.
        QCOMPARE(told.all<train::StepDone>().size(), std::size_t { 6 });
        QVERIFY(told.all<train::PauseChanged>().at(0).paused);
        QCOMPARE(report->model.blue.members.size(), std::size_t { 1 });
    }

    void stoppedRunKeepsFinishedMembers()
    {
        RobustConfig config = smallConfig();
        const auto alone = run(config);
        config.members = 3;
        std::stop_source stop;
        const auto report = run(
            config,
            [&](const TrainingEvent& event, RobustControl&) {
                if (const auto* step = std::get_if<train::StepDone>(&event))
                    if (step->epoch == 4)
                        stop.request_stop();
            },
            nullptr, stop.get_token());
        QVERIFY_RESULT(report);
        QVERIFY(report->stopped);
        QCOMPARE(report->model.blue.members.size(), std::size_t { 1 });
        QVERIFY(same(report->model.blue.members[0], alone->model.blue.members[0]));
    }

    void resumedRunEqualsTheUninterruptedOne_data()
    {
        QTest::addColumn<QString>("backend");
        QTest::addColumn<int>("stopAfter"); // epochs
        QTest::addColumn<bool>("wide");
        QTest::newRow("cpu, inside of the first member") << "cpu" << 2 << false;
        QTest::newRow("cpu, between the members") << "cpu" << 3 << false;
        QTest::newRow("cpu, inside of the second member") << "cpu" << 4 << false;
        QTest::newRow("reference") << "reference" << 4 << false;
        QTest::newRow("inside of the wide part") << "cpu" << 7 << true;
    }
    void resumedRunEqualsTheUninterruptedOne()
    {
        QFETCH(QString, backend);
        QFETCH(int, stopAfter);
        QFETCH(bool, wide);
        RobustData data { { { library() } }, {} };
        if (wide)
            data.libraries[0].wide = test::starAtlas({ 12.0, 20.0, 30.0 }, wideLibraryGrid());
        const TemporaryFolder folder;
        RobustConfig config = smallConfig();
        config.members = 2;
        const auto whole
            = run(config, changeInSecondEpoch, nullptr, {}, false, data, backend.toStdString());
        QVERIFY_RESULT(whole);
        config.checkpoint = folder / "run.h5";
        std::stop_source stop;
        const auto part = run(
            config,
            [&](const TrainingEvent& event, RobustControl& control) {
                changeInSecondEpoch(event, control);
                // Some batches of the next epoch are lost and done again.
                if (const auto* step = std::get_if<train::StepDone>(&event))
                    if (step->epoch == stopAfter && step->step == 3)
                        stop.request_stop();
            },
            nullptr, stop.get_token(), false, data, backend.toStdString());
        QVERIFY_RESULT(part);
        QVERIFY(part->stopped);
        Told told;
        const auto resumed = run(config, {}, &told, {}, true, data, backend.toStdString());
        QVERIFY_RESULT(resumed);
        QCOMPARE(told.all<train::RunStarted>().at(0).firstEpoch, stopAfter);
        QCOMPARE(resumed->model.blue.members.size(), std::size_t { 2 });
        for (std::size_t i = 0; i < 2; ++i)
            QVERIFY(same(resumed->model.blue.members[i], whole->model.blue.members[i]));
        QCOMPARE(resumed->model.wide.has_value(), wide);
        if (wide)
            QVERIFY(same(resumed->model.wide->members[1], whole->model.wide->members[1]));
        QCOMPARE(resumed->history.size(), whole->history.size());
        for (std::size_t i = 0; i < whole->history.size(); ++i) {
            QCOMPARE(resumed->history[i].train.loss, whole->history[i].train.loss);
            QCOMPARE(resumed->history[i].test.loss, whole->history[i].test.loss);
        }
        QCOMPARE(resumed->changes.size(), whole->changes.size());
        QCOMPARE(resumed->model.blue.variation.velocitySigmaKms, 5.0);
        QVERIFY(resumed->model.settings == whole->model.settings);
    }

    void resumingRefusesOtherRuns()
    {
        const TemporaryFolder folder;
        RobustConfig config = smallConfig();
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(run(config));
        const auto resumed = [&](const RobustConfig& with, const mk::AtlasPtr& atlas) {
            return run(with, {}, nullptr, {}, true, { { { atlas } }, {} });
        };
        QCOMPARE(resumed(config, library(0.5)).error().code, base::ErrorCode::ModelMismatch);
        RobustConfig other = config;
        other.seed = 6;
        QCOMPARE(resumed(other, library()).error().code, base::ErrorCode::ModelMismatch);
        other = config;
        other.checkpoint = folder / "none.h5";
        QCOMPARE(resumed(other, library()).error().code, base::ErrorCode::FileMissing);
        // A finished run has nothing to do and gives its network again.
        const auto again = resumed(config, library());
        QVERIFY_RESULT(again);
        QCOMPARE(again->model.blue.members.size(), std::size_t { 1 });
    }

    void damagedCheckpointsAreRefused()
    {
        const TemporaryFolder folder;
        RobustConfig config = smallConfig();
        config.checkpoint = folder / "run.h5";
        config.steps = 20;
        QVERIFY_RESULT(run(config));
        QVERIFY_RESULT(readRobustCheckpoint(config.checkpoint));
        std::filesystem::resize_file(
            config.checkpoint, std::filesystem::file_size(config.checkpoint) / 2);
        const auto cut = readRobustCheckpoint(config.checkpoint);
        QVERIFY(!cut);
        QVERIFY(base::describe(cut.error()).find("run.h5") != std::string::npos);
        std::ofstream(folder / "text.h5") << "no checkpoint";
        QVERIFY(!readRobustCheckpoint(folder / "text.h5"));
    }

    void settingsRoundTrip()
    {
        RobustConfig config = smallConfig();
        config.dropout = 0.31;
        config.variation.depthShapeSigma = 0.07;
        config.weightLuminosity = 2.5;
        const auto read = configFromJson(configToJson(config), "test");
        QVERIFY_RESULT(read);
        QCOMPARE(configToJson(*read), configToJson(config));
        QVERIFY(read->live() == config.live());
        QCOMPARE(configFromJson("{}", "a file").error().code, base::ErrorCode::FileDamaged);
        config.weightTemperature = config.weightLuminosity = 0.0;
        QVERIFY(!validate(config));
    }
};

QTEST_GUILESS_MAIN(TestRobustRun)
#include "tst_robust_run.moc"
